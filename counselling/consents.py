"""The texts people agree to, with their versions. A changed text gets a new version; old ones stay readable here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counselling.enums import Purpose


@dataclass(frozen=True)
class ConsentText:
    """What is explained before somebody agrees."""

    version: str
    purpose: Purpose
    text: str | Promise


TEXTS = [
    ConsentText(
        "2026-1", Purpose.COUNSELLING_DATA,
        _("We write down what we need for your counselling: your name, how we reach you, and what we talked about. Only your "
          "counsellor and the deputy read it. You may see it, correct it and have it deleted at any time."),
    ),
    ConsentText(
        "2026-1", Purpose.SWITCH_MEASURING,
        _("When you fill in the questions on the computer, we look at where you switch to your language. It helps us to find "
          "the right course with you. It is no test, and nobody outside sees it. You may refuse without any disadvantage."),
    ),
    ConsentText(
        "2026-1", Purpose.SHARE_WITH_EMPLOYER,
        _("We pass your name, how you can be reached and the short profile you have read to this one business. Nothing else, "
          "and to nobody else."),
    ),
    ConsentText(
        "2026-1", Purpose.ASK_LATER,
        _("We may call or write to you after three, six and twelve months and ask how you are getting on at work."),
    ),
    ConsentText(
        "2026-1", Purpose.REFERRAL,
        _("We pass on to this one institution what we have agreed with you, so that you need not explain everything again. "
          "After two weeks we ask you whether it worked out."),
    ),
]  # fmt: skip


def current_text(purpose: str) -> ConsentText:
    """Return the text in force for a purpose: the last one listed."""
    return [text for text in TEXTS if text.purpose == purpose][-1]


def is_known(purpose: str, version: str) -> bool:
    """Tell whether this version of the text for this purpose ever existed."""
    return any(text.purpose == purpose and text.version == version for text in TEXTS)
