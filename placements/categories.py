"""The categories of placements and what each counts as: one page, so that a headline can be explained.

"34 employment relationships, of which 14 on the primary labour market" is one query over these two marks.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """What somebody started."""

    SV_FT = "SV_FT", _("Insured, full time")
    SV_PT = "SV_PT", _("Insured, part time")
    SUBS = "SUBS", _("Subsidised")
    MINI = "MINI", _("Minijob")
    SELF = "SELF", _("Self-employed")
    VET_DUAL = "VET_DUAL", _("Dual vocational training")
    VET_SCHOOL = "VET_SCHOOL", _("School-based vocational training")
    EQ = "EQ", _("Introductory qualification (EQ)")
    INT = "INT", _("Internship")
    FT = "FT", _("Further training or retraining")


class Headline(TextChoices):
    """The lines of the report; a person counts once in each, in the highest category reached."""

    INSURED = "insured", _("Insured employment")
    SUBSIDISED = "subsidised", _("Subsidised employment")
    MARGINAL = "marginal", _("Marginal employment")
    SELF_EMPLOYED = "self_employed", _("Self-employment")
    TRAINING = "training", _("Training places taken up")
    STEPS = "steps", _("Steps on the way")


@dataclass(frozen=True)
class Counting:
    """What a category counts as. ``rank``: 1 is the highest within its headline."""

    headline: Headline
    rank: int
    employment_relationship: bool
    primary_labour_market: bool


COUNTING: dict[Category, Counting] = {
    Category.SV_FT: Counting(Headline.INSURED, 1, employment_relationship=True, primary_labour_market=True),
    Category.SV_PT: Counting(Headline.INSURED, 2, employment_relationship=True, primary_labour_market=True),
    Category.SUBS: Counting(
        Headline.SUBSIDISED, 1, employment_relationship=True, primary_labour_market=False
    ),
    Category.MINI: Counting(Headline.MARGINAL, 1, employment_relationship=True, primary_labour_market=False),
    Category.SELF: Counting(
        Headline.SELF_EMPLOYED, 1, employment_relationship=False, primary_labour_market=False
    ),
    Category.VET_DUAL: Counting(
        Headline.TRAINING, 1, employment_relationship=False, primary_labour_market=False
    ),
    Category.VET_SCHOOL: Counting(
        Headline.TRAINING, 2, employment_relationship=False, primary_labour_market=False
    ),
    Category.EQ: Counting(Headline.STEPS, 1, employment_relationship=False, primary_labour_market=False),
    Category.INT: Counting(Headline.STEPS, 3, employment_relationship=False, primary_labour_market=False),
    Category.FT: Counting(Headline.STEPS, 2, employment_relationship=False, primary_labour_market=False),
}

EMPLOYMENT = tuple(category for category, counting in COUNTING.items() if counting.employment_relationship)
PRIMARY = tuple(category for category, counting in COUNTING.items() if counting.primary_labour_market)
TRAINING = tuple(
    category for category, counting in COUNTING.items() if counting.headline is Headline.TRAINING
)
# What is asked about again after the start. Steps such as an internship end by themselves after some weeks.
FOLLOWED_UP = tuple(
    category for category, counting in COUNTING.items() if counting.headline is not Headline.STEPS
)
