"""What is noted around a placement, in the words of a client: columns and codes of answers, trials and subsidies. A part of ``words.py``."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

PLACEMENT_WORDS: tuple[Promise, ...] = (
    pgettext_lazy("client", "pay a month, in euros"), pgettext_lazy("client", "trial from"),
    pgettext_lazy("client", "why the trial takes longer"), pgettext_lazy("client", "Without work for a year or longer"),
    pgettext_lazy("client", "Severe obstacles to finding work"), pgettext_lazy("client", "wage subsidies"),
    pgettext_lazy("client", "authority"), pgettext_lazy("client", "share of the pay, per cent"), pgettext_lazy("client", "applied on"),
    pgettext_lazy("client", "granted on"), pgettext_lazy("client", "declined on"),
    pgettext_lazy("client", "Work opportunity with wages (until 2012)"), pgettext_lazy("client", "answers of employers"),
    pgettext_lazy("client", "By phone"), pgettext_lazy("client", "By e-mail"), pgettext_lazy("client", "By letter"),
    pgettext_lazy("client", "In person"), pgettext_lazy("client", "Other way"), pgettext_lazy("client", "Not decided yet"),
    pgettext_lazy("client", "Is interested"), pgettext_lazy("client", "Invites to an interview"), pgettext_lazy("client", "Offers a trial"),
    pgettext_lazy("client", "Declines"), pgettext_lazy("client", "German is not enough yet"),
    pgettext_lazy("client", "Licence or certificate is missing"), pgettext_lazy("client", "Too little experience"),
    pgettext_lazy("client", "Working times do not fit"), pgettext_lazy("client", "Another lawful reason"),
    pgettext_lazy("client", "A reason that the law forbids (AGG)"),
)  # fmt: skip
