"""What came of the visits, how completely was answered, and what the figures cannot say."""

from django.utils.translation import gettext as _

from businesses.enums import Disposition
from businesses.outcomes import Code, Rates
from businesses.survey_analysis.blocks import Block, Cell, Figure, Line, counted, lengths, per_cent
from businesses.survey_analysis.protection import Cut
from businesses.survey_analysis.rows import WaveRows
from businesses.survey_analysis.words import question_words

# The questions the other chapters rest on, in the order of the questionnaire. Of the voluntary question 6 the consent counts.
KEYS = (
    "v03_start", "v06_consent", "v07_languages", "v09_heads", "v10_full", "v11_part", "v12_marginal", "v14_trainees_now",
    "v19_suppliers", "v20_now", "v21_past", "v22_next", "v23_plan", "v24_right", "v25_willing", "v28_count", "v29_hires", "v31_german",
    "v31_tax", "v31_marketing", "v31_law", "v31_financing", "v31_staff", "v31_succession", "v33_interest",
)  # fmt: skip


def blocks(data: WaveRows, _cut: Cut | None) -> tuple[Block, ...]:
    """Return the blocks of the chapter; fieldwork is always told of the whole wave."""
    return (_response(data), _limits(data), _completeness(data))


def _response(data: WaveRows) -> Block:
    rates = Rates.of(data.standings)
    base = _("%(units)s units") % {"units": counted(rates.known + rates.counts[Code.UNKNOWN])}
    results = [
        (str(result.label), data.standings[result.value])
        for result in Disposition
        if data.standings.get(result.value)
    ]
    if data.standings.get(""):
        results.append((_("not visited yet"), data.standings[""]))
    drawn = lengths([number for _name, number in results])
    return Block(
        key="response", title=_("What came of the visits"), about=("rr1", "rr2"),
        figures=(
            Figure.of("rr1", _share(rates.rr1), base),
            Figure.of("rr2", _share(rates.rr2), base),
        ),
        head=(_("Result"), _("Units")),
        lines=tuple(
            Line(name, (Cell.of(number),), length) for (name, number), length in zip(results, drawn, strict=True)
        ),
        note=_("Units of the list of this wave, each once, by what stands in the end. The rates leave out what is closed or no business."),
    )  # fmt: skip


def _limits(data: WaveRows) -> Block:
    active, interviews = len(data.active), len(data.interviewed)
    return Block(
        key="limits", title=_("What the figures do not say"), about=("interval",),
        texts=(
            _("The survey attempts a census: all %(active)s active businesses were to be asked, %(interviews)s were. Who did not answer matters more than chance; the intervals only know chance, and they get narrower the more of the street has answered.")
            % {"active": counted(active), "interviews": counted(interviews)},
            _("Nothing is put in the place of missing answers, and nothing is weighted. Every share names how many answered."),
            _("What was seen from the street (units, vacancy, branches) is shown as it is. What was told in interviews is shown only where it points at no single business: no counts from 1 to 4, no sum with fewer than three businesses behind it or with one that holds more than 70 per cent, and nothing that would give these away."),
        ),
    )  # fmt: skip


def _completeness(data: WaveRows) -> Block:
    asked = len(data.interviewed)
    lines = []
    for key in KEYS:
        words = question_words(data.version, key)
        if not words:
            continue
        told = sum(value is not None for value in data.values(key).values())
        lines.append(
            Line(words, (Cell.of(told), Cell.share(told / asked if asked else None)), told / asked if asked else 0.0)
        )  # fmt: skip
    return Block(
        key="completeness", title=_("How completely was answered"),
        head=(_("Question"), _("Answers"), _("Share")), lines=tuple(lines) if asked else (),
        note=_("Of %(asked)s interviews, complete and partial ones.") % {"asked": counted(asked)},
    )  # fmt: skip


def _share(share: float | None) -> str | None:
    return None if share is None else per_cent(share)
