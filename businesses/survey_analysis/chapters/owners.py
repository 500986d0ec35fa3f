"""Who runs the businesses, which languages are spoken in them, and how they hang together with the street."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from businesses.analysis.needs_profile import ON_THE_STREET
from businesses.analysis.shares import Share
from businesses.survey_analysis.blocks import Block, Cell, Figure, Line, answered, lengths, per_cent
from businesses.survey_analysis.chapters.economy import spread_of
from businesses.survey_analysis.cuts import within
from businesses.survey_analysis.protection import Cut, Spread, spread
from businesses.survey_analysis.rows import Answers, WaveRows
from businesses.survey_analysis.words import choice_words, question_words

KEYS = ("v06_consent", "v06_country", "v07_languages", "v19_suppliers", "v33_interest")
YES, NO = "yes", "no"
GERMANY = "de"
INTERESTED = ("quite", "very")


def blocks(data: WaveRows, cut: Cut | None) -> tuple[Block, ...]:
    """Return the blocks of the chapter."""
    return (
        _owned(data, cut),
        *(_ticked(data, key, cut) for key in ("v07_languages",) if choice_words(data.version, key)),
        _linked(data, cut),
        *(_ticked(data, key, cut) for key in ("v19_suppliers",) if choice_words(data.version, key)),
    )


def is_immigrant_owned(answers: Answers) -> bool | None:
    """Tell what was told of the owner's or the parents' country of birth, with consent; None without it. Never from a name or a sign."""
    country = answers.get("v06_country")
    if answers.get("v06_consent") != YES or not isinstance(country, str):
        return None
    return country != GERMANY


def supplies_from_street(answers: Answers) -> bool | None:
    """Tell whether a business has a supplier on the street; None when it did not say where it buys."""
    chosen = answers.get("v19_suppliers")
    return ON_THE_STREET in chosen if isinstance(chosen, list) and chosen else None


def yes_or_no(data: WaveRows, tell: Callable[[Answers], bool | None], cut: Cut | None) -> Spread:
    """Return how often something is told to be so and not so, as far as it may be shown."""
    told = {unit.business: tell(data.answers[unit.business]) for unit in data.interviewed}
    words = {True: YES, False: NO, None: None}
    return spread({business: words[answer] for business, answer in told.items()}, (YES, NO), cut)


def share_of(found: Spread) -> Share | None:
    """Return yes, no and missing; None where they are hidden."""
    yes, no = found.counts[YES], found.counts[NO]
    return None if yes is None or no is None else Share(yes, no, found.asked - yes - no)


def share_figure(code: str, found: Spread, *, population: int, with_bounds: bool = False) -> Figure:
    """Return a share with its n, its interval, and how far missing answers could move it."""
    share = share_of(found)
    if share is None or share.share is None:
        return Figure.of(code, None, answered(found.n, found.asked), hidden=share is None)
    parts = [answered(share.n, found.asked)]
    # A census that reached more than it counts is none; then chance is all that is known.
    interval = share.interval(population=population if population >= share.n else None)
    if interval is not None and share.n < population:
        parts.append(
            _("interval %(low)s to %(high)s")
            % {"low": per_cent(interval.low), "high": per_cent(interval.high)}
        )
    if with_bounds and share.bounds is not None:
        parts.append(
            _("with all missing answers no or all yes: %(low)s to %(high)s")
            % {"low": per_cent(share.bounds.low), "high": per_cent(share.bounds.high)}
        )
    return Figure.of(code, per_cent(share.share), "; ".join(parts))


def _owned(data: WaveRows, cut: Cut | None) -> Block:
    found = yes_or_no(data, is_immigrant_owned, cut)
    population = len(within(data.active, cut, data))
    return Block(
        key="owned", title=_("Owners"), about=("immigrant_owned", "interval"),
        figures=(share_figure("immigrant_owned", found, population=population, with_bounds=True),),
        note=_("The owner's own or the parents' country of birth; asked with consent only."),
    )  # fmt: skip


def _ticked(data: WaveRows, key: str, cut: Cut | None) -> Block:
    """A question with several answers: each is judged alone, for they do not add up."""
    words = choice_words(data.version, key)

    def chose(answer: str) -> Callable[[Answers], bool | None]:
        def tell(answers: Answers) -> bool | None:
            chosen = answers.get(key)
            return answer in chosen if isinstance(chosen, list) and chosen else None

        return tell

    found = {answer: yes_or_no(data, chose(answer), cut) for answer in words}
    ordered = sorted(words, key=lambda answer: -(found[answer].counts[YES] or -1))
    drawn = lengths([found[answer].share(YES) for answer in ordered])
    first = next(iter(found.values()), None)
    return Block(
        key=key, title=question_words(data.version, key), head=(_("Answer"), _("Businesses"), _("Share")),
        lines=tuple(
            Line(
                words[answer],
                (Cell.of(found[answer].counts[YES]), Cell.share(found[answer].share(YES), hidden=found[answer].counts[YES] is None)),
                length,
            )
            for answer, length in zip(ordered, drawn, strict=True)
        ),
        note=answered(first.n, first.asked) if first else "",
    )  # fmt: skip


def _linked(data: WaveRows, cut: Cut | None) -> Block:
    population = len(within(data.active, cut, data))
    linked = yes_or_no(data, supplies_from_street, cut)
    return Block(
        key="linked", title=_("Network"), about=("linkage", "association_interest", "interval"),
        figures=(
            share_figure("linkage", linked, population=population),
            _interest(data, cut),
        ),
    )  # fmt: skip


def _interest(data: WaveRows, cut: Cut | None) -> Figure:
    found = spread_of(data, "v33_interest", cut)
    share = found.share(*INTERESTED) if found.counts else None
    hidden = bool(found.counts) and any(found.counts[answer] is None for answer in INTERESTED)
    return Figure.of(
        "association_interest", None if share is None else per_cent(share), answered(found.n, found.asked), hidden=hidden
    )  # fmt: skip
