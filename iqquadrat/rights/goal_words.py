"""What was agreed on a profile, in the words of a client: columns, kinds, doers and states. A part of ``words.py``."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

GOAL_WORDS: tuple[Promise, ...] = (
    pgettext_lazy("client", "agreed goal"), pgettext_lazy("client", "agreed goals"), pgettext_lazy("client", "agreed on"),
    pgettext_lazy("client", "changed by"), pgettext_lazy("client", "earlier wordings of goals"),
    pgettext_lazy("client", "in the client's own language"), pgettext_lazy("client", "kind of goal"),
    pgettext_lazy("client", "language of the client's words"), pgettext_lazy("client", "stood until"),
    pgettext_lazy("client", "until a day or a month"), pgettext_lazy("client", "until when"), pgettext_lazy("client", "what became of it"),
    pgettext_lazy("client", "who does it"), pgettext_lazy("client", "paid work"), pgettext_lazy("client", "vocational training"),
    pgettext_lazy("client", "German course"), pgettext_lazy("client", "recognition of a qualification"),
    pgettext_lazy("client", "certificate or further qualification"), pgettext_lazy("client", "application papers"),
    pgettext_lazy("client", "something else"), pgettext_lazy("client", "the client"), pgettext_lazy("client", "the counselling centre"),
    pgettext_lazy("client", "both together"), pgettext_lazy("client", "open"), pgettext_lazy("client", "changed to something else"),
    pgettext_lazy("client", "a day"), pgettext_lazy("client", "a month"),
)  # fmt: skip
