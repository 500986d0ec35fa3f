"""Participations in a programme in the words of a client: tables, columns and values. A part of ``words.py``."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

PARTICIPATION_WORDS: tuple[Promise, ...] = (
    pgettext_lazy("client", "participation"), pgettext_lazy("client", "participations"), pgettext_lazy("client", "voluntary answers"),
    pgettext_lazy("client", "questions after leaving"), pgettext_lazy("client", "own businesses"), pgettext_lazy("client", "first day"),
    pgettext_lazy("client", "last day"), pgettext_lazy("client", "third-country national"), pgettext_lazy("client", "foreign background"),
    pgettext_lazy("client", "minority"), pgettext_lazy("client", "disability"), pgettext_lazy("client", "homeless or housing exclusion"),
    pgettext_lazy("client", "lives in a rural area"), pgettext_lazy("client", "looks for work"),
    pgettext_lazy("client", "in education or training"), pgettext_lazy("client", "gained a qualification"),
    pgettext_lazy("client", "at work or self-employed"), pgettext_lazy("client", "better situation at work"),
    pgettext_lazy("client", "unemployed, up to 12 months"), pgettext_lazy("client", "inactive: neither at work nor looking for it"),
    pgettext_lazy("client", "employed or self-employed"), pgettext_lazy("client", "woman"), pgettext_lazy("client", "man"),
    pgettext_lazy("client", "yes"), pgettext_lazy("client", "non-binary"), pgettext_lazy("client", "not stated"), pgettext_lazy("client", "on leaving"),
    pgettext_lazy("client", "six months after leaving"), pgettext_lazy("client", "found out"),
    pgettext_lazy("client", "could not be found out"), pgettext_lazy("client", "the employer"), pgettext_lazy("client", "a document"),
    pgettext_lazy("client", "a placement on record"), pgettext_lazy("client", "Voluntary questions of the European Social Fund"),
)  # fmt: skip
