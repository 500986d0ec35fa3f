"""How business goes: balances of good and poor answers, and what businesses plan."""

from django.utils.translation import gettext as _

from businesses.analysis.shares import Balance
from businesses.survey_analysis.blocks import Block, Cell, Figure, Line, answered, lengths, points
from businesses.survey_analysis.protection import Cut, Spread, spread
from businesses.survey_analysis.rows import WaveRows
from businesses.survey_analysis.words import choice_words, question_words

KEYS = ("v20_now", "v21_past", "v22_next", "v23_plan")
# The question, and its answers from good to poor.
_SCALES = {
    "v20_now": ("good", "fair", "poor"),
    "v21_past": ("better", "same", "worse"),
    "v22_next": ("better", "same", "worse"),
}


def blocks(data: WaveRows, cut: Cut | None) -> tuple[Block, ...]:
    """Return the blocks of the chapter."""
    return (
        _balances(data, cut),
        *(_answers(data, key, cut) for key in KEYS if choice_words(data.version, key)),
    )


def spread_of(data: WaveRows, key: str, cut: Cut | None) -> Spread:
    """Return the answers to a question with one answer, as far as they may be shown."""
    answers = {
        business: value if isinstance(value, str) else None for business, value in data.values(key).items()
    }
    return spread(answers, list(choice_words(data.version, key)), cut)


def balance_of(found: Spread, scale: tuple[str, str, str]) -> Balance | None:
    """Return the balance of a question; None where one of its counts is hidden, for it would give that one away."""
    if not found.is_open or found.n is None:
        return None
    good, fair, poor = (found.counts.get(answer) or 0 for answer in scale)
    return Balance(good, fair, poor, found.asked - found.n)


def _balances(data: WaveRows, cut: Cut | None) -> Block:
    names = {
        "v20_now": _("Now"),
        "v21_past": _("Compared with a year ago"),
        "v22_next": _("Expected in a year"),
    }
    figures = []
    for key, scale in _SCALES.items():
        if not choice_words(data.version, key):
            continue
        found = spread_of(data, key, cut)
        balance = balance_of(found, scale)
        value = None if balance is None or balance.value is None else points(balance.value)
        figures.append(
            Figure.of(
                "balance", value, _with_bounds(found, balance), key=f"balance_{key}", name=names[key], hidden=balance is None
            )
        )  # fmt: skip
    return Block(
        key="balances", title=_("Business situation, balances"), about=("balance",), figures=tuple(figures)
    )


def _with_bounds(found: Spread, balance: Balance | None) -> str:
    base = answered(found.n, found.asked)
    if balance is None or balance.bounds is None or not balance.missing:
        return base
    return _("%(base)s; with all missing answers poor or all good: %(low)s to %(high)s") % {
        "base": base, "low": points(balance.bounds.low), "high": points(balance.bounds.high),
    }  # fmt: skip


def _answers(data: WaveRows, key: str, cut: Cut | None) -> Block:
    found, words = spread_of(data, key, cut), choice_words(data.version, key)
    drawn = lengths([found.counts[answer] for answer in words])
    return Block(
        key=key, title=question_words(data.version, key), head=(_("Answer"), _("Businesses"), _("Share")),
        lines=tuple(
            Line(word, (Cell.of(found.counts[answer]), Cell.share(found.share(answer), hidden=found.counts[answer] is None)), length)
            for (answer, word), length in zip(words.items(), drawn, strict=True)
        ),
        note=answered(found.n, found.asked),
    )  # fmt: skip
