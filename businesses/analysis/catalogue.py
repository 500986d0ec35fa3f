"""What every indicator is, in words for the pages and the report: name, formula, source and caveat. The formulas live beside it.

Sources are literature and stay as they are cited. The units stand in the docstrings; a page multiplies shares by 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator as it is explained; ``code`` never changes, for exports name it."""

    code: str
    name: Text
    formula: Text
    source: str
    caveat: Text


_ALL = (
    Indicator(
        code="hhi",
        name=_("Concentration of branches (HHI)"),
        formula=_("sum of s_i², s_i: share of branch i among the active units"),
        source="Hirschman 1964, American Economic Review 54; Herfindahl 1950",
        caveat=_(
            "Large branches rule it. It depends on how finely branches are told apart: compare one level and one version only."
        ),
    ),
    Indicator(
        code="hhi_normalised",
        name=_("Concentration, normalised"),
        formula=_("(HHI − 1/K) / (1 − 1/K), K: number of branches"),
        source="Cracau and Durán Lima 2016, International Journal of Financial Studies 4(7)",
        caveat=_("It hides how many branches there are; K stands beside it. Not defined for one branch."),
    ),
    Indicator(
        code="entropy",
        name=_("Diversity of branches (entropy)"),
        formula=_("H = − sum of s_i ln s_i"),
        source="Shannon 1948, Bell System Technical Journal 27",
        caveat=_(
            "In a sample it lies too low, by about (K − 1)/(2N); for a full census no correction is due."
        ),
    ),
    Indicator(
        code="evenness",
        name=_("Evenness of branches"),
        formula=_("H / ln K"),
        source="Pielou 1966, Journal of Theoretical Biology 13",
        caveat=_("It says nothing about how many branches there are. Not defined for one branch."),
    ),
    Indicator(
        code="effective_branches",
        name=_("Effective number of branches"),
        formula=_("exp(H)"),
        source="Hill 1973, Ecology 54; Jost 2006, Oikos 113",
        caveat=_(
            "So many equally large branches would be as mixed. Longer streets have more branches by themselves."
        ),
    ),
    Indicator(
        code="effective_large_branches",
        name=_("Effective number of large branches"),
        formula=_("1 / HHI"),
        source="Hill 1973, Ecology 54; Laakso and Taagepera 1979, Comparative Political Studies 12",
        caveat=_("As the effective number of branches, but rare branches hardly count."),
    ),
    Indicator(
        code="location_quotient",
        name=_("Location quotient"),
        formula=_("(e_i / e) / (E_i / E): share of the branch on the street over its share in the city"),
        source="Isard 1960, Methods of Regional Analysis, chapter 7",
        caveat=_(
            "Only with the same version of the classification and from 5 units on. The city counts its register, we count doors."
        ),
    ),
    Indicator(
        code="density",
        name=_("Units per 100 m of frontage"),
        formula=_("100 N / length of the fronts in metres"),
        source="Usual measure of retail geography; no standard",
        caveat=_("Both sides of a street count as frontage; the length is printed beside it."),
    ),
    Indicator(
        code="vacancy_rate",
        name=_("Vacancy rate"),
        formula=_("vacant / (vacant + occupied) premises"),
        source="Usual rate by number of premises; no standard",
        caveat=_("As seen from the street, by number and not by floor space."),
    ),
    Indicator(
        code="immigrant_owned",
        name=_("Businesses owned by immigrants"),
        formula=_("yes / (yes + no), with bounds: all missing answers no, all of them yes"),
        source="Manski 1989, Journal of Human Resources 24",
        caveat=_(
            "Only from voluntary answers, never from a name or a sign. Missing answers are not shared out; the bounds say what they could change."
        ),
    ),
    Indicator(
        code="interval",
        name=_("Interval of a share (95 per cent)"),
        formula=_("Wilson's interval with n (N − 1)/(N − n) in place of n"),
        source="Wilson 1927, JASA 22; Cochran 1977, Sampling Techniques, chapter 2; Korn and Graubard 1998, Survey Methodology 24",
        caveat=_(
            "The survey attempts a census: who did not answer matters more than chance, and the interval does not know of it."
        ),
    ),
    Indicator(
        code="balance",
        name=_("Business situation, balance"),
        formula=_("(good − poor) / n, now and expected"),
        source="European Commission, Joint Harmonised EU Programme of Business and Consumer Surveys, User Guide",
        caveat=_(
            'The same balance may stand for "all fair" and for "half good, half poor": see the three shares.'
        ),
    ),
    Indicator(
        code="heads",
        name=_("Persons working"),
        formula=_("sum of persons, owners included"),
        source="Question 9 of the survey",
        caveat=_("Nothing is put in the place of missing answers. A person with two jobs counts twice."),
    ),
    Indicator(
        code="full_time_equivalents",
        name=_("Full-time equivalents"),
        formula=_("owner + full-time + 0.5 part-time + 0.25 marginal"),
        source="Assumption of this survey, near the IAB Establishment Panel and IfM Bonn",
        caveat=_(
            "Hours are not asked. Owners often work more than a full week; family helpers without a contract are not in it."
        ),
    ),
    Indicator(
        code="top_share",
        name=_("Share of the five largest businesses"),
        formula=_("heads in the 5 largest / all heads"),
        source="Bain 1951, Quarterly Journal of Economics 65",
        caveat=_(
            "With few businesses it is near 1 by itself. Not shown where it would tell of one business."
        ),
    ),
    Indicator(
        code="employment_potential",
        name=_("Employment potential"),
        formula=_("(vacancies + hires expected in 12 months) / heads"),
        source="Questions 9, 28 and 29 of the survey; IAB Job Vacancy Survey for vacancies",
        caveat=_("The counts come first. An expectation is no job, and one place may be named twice."),
    ),
    Indicator(
        code="training_ladder",
        name=_("Training ladder"),
        formula=_('businesses on each of five steps, from "trains" to "may not and does not want to"'),
        source="Questions 24 to 27 of the survey; BBiG sections 27 to 30, HwO sections 21 to 22b",
        caveat=_("What is told about the right to train is not checked."),
    ),
    Indicator(
        code="training_potential",
        name=_("Training potential"),
        formula=_("second + third step: would train, but do not yet"),
        source="Questions 24 and 25 of the survey",
        caveat=_("To be willing is quickly said; on the third step the right to train comes first."),
    ),
    Indicator(
        code="training_ratio",
        name=_("Training ratio"),
        formula=_("trainees / insured employees, trainees included"),
        source="BIBB, Datenreport zum Berufsbildungsbericht",
        caveat=_(
            "With few employees one trainee moves it far. Contradictory answers are left out and counted."
        ),
    ),
    Indicator(
        code="need_profile",
        name=_("Profile of needs"),
        formula=_("urgent / n and (some + urgent) / n, per topic"),
        source="Question 31 of the survey",
        caveat=_("Each topic has its own n. Who is asked by a helper names needs more easily."),
    ),
    Indicator(
        code="linkage",
        name=_("Suppliers on the street"),
        formula=_("with a supplier on the street / n"),
        source="Hirschman 1958, The Strategy of Economic Development; question 19 of the survey",
        caveat=_("It says whether, not how much."),
    ),
    Indicator(
        code="association_interest",
        name=_("Interest in an association"),
        formula=_("(quite + very interested) / n"),
        source="Question 33 of the survey",
        caveat=_("Interest is not attendance."),
    ),
    Indicator(
        code="births",
        name=_("Births"),
        formula=_(
            "businesses of this wave that are new and took over none; rate: by businesses of this wave"
        ),
        source="Eurostat and OECD 2007, Manual on Business Demography Statistics",
        caveat=_("A takeover is no birth. Who opened and closed between the waves is never seen."),
    ),
    Indicator(
        code="deaths",
        name=_("Closures"),
        formula=_(
            "businesses of the last wave that are gone without a successor; rate: by businesses of the last wave"
        ),
        source="Eurostat and OECD 2007, Manual on Business Demography Statistics",
        caveat=_("A takeover is no closure. Who moved to another street counts as gone."),
    ),
    Indicator(
        code="survival",
        name=_("Survival"),
        formula=_("(stayed + taken over) / businesses of the last wave"),
        source="Eurostat and OECD 2007, Manual on Business Demography Statistics",
        caveat=_("Over the time between the waves, not per year."),
    ),
    Indicator(
        code="paired_share",
        name=_("Change of a share among the same businesses"),
        formula=_("(gained − lost) / pairs, exact McNemar test"),
        source="McNemar 1947, Psychometrika 12; Agresti 2013, Categorical Data Analysis, 11.1",
        caveat=_('Only who answered both times. A large p says "not shown", not "no change".'),
    ),
    Indicator(
        code="paired_direction",
        name=_("Direction of change among the same businesses"),
        formula=_("rose against fell, exact sign test without ties"),
        source="Conover 1999, Practical Nonparametric Statistics, 3.4",
        caveat=_("It sees directions, not how far."),
    ),
    Indicator(
        code="decomposition",
        name=_("Where a change comes from"),
        formula=_("after − before = continuing + entries − exits"),
        source="Davis, Haltiwanger and Schuh 1996, Job Creation and Destruction",
        caveat=_(
            "Of continuing businesses only the net change is seen; without both answers they are left out of both sums."
        ),
    ),
    Indicator(
        code="rr1",
        name=_("Response rate 1"),
        formula=_("I / ((I + P) + (R + NC + O) + U)"),
        source="AAPOR, Standard Definitions, RR1",
        caveat=_(
            "The least that can be claimed: whoever is unknown counts as a business that did not answer."
        ),
    ),
    Indicator(
        code="rr2",
        name=_("Response rate 2"),
        formula=_("(I + P) / ((I + P) + (R + NC + O) + U)"),
        source="AAPOR, Standard Definitions, RR2",
        caveat=_("As RR1, partial interviews included."),
    ),
)

INDICATORS: Mapping[str, Indicator] = {indicator.code: indicator for indicator in _ALL}
