"""What an employer must not ask for. Pure: reads the words of a vacancy, writes nothing.

The grounds are those of § 1 of the General Act on Equal Treatment (AGG); § 7 forbids to disadvantage people for them, § 11 to advertise
in such words. Nationality, family and appearance are no grounds of their own, but mostly stand for one (§ 3 (2)). The list is small
and German on purpose: it stops what employers really say, not every sentence in which such a word occurs. Languages that the work
needs may be asked for.
"""

import re
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Ground(Enum):
    """For what reason the wish is unlawful: its name in words, and what may be asked for instead."""

    ORIGIN = _("ethnic origin"), _("the German or another language that the work needs, with its level")
    RELIGION = _("religion"), _("working clothes or protection that everybody wears for safety or hygiene")
    GENDER = _("gender"), _("what has to be done: “lift boxes of up to 25 kg”, “shifts also at night”")
    AGE = (
        _("age"),
        _("what the person should be able to do or has done: “experience is welcome, we train newcomers”"),
    )
    FAMILY = (
        _("family, which is mostly about gender"),
        _("the working times: “Monday to Friday from 6 to 14 o'clock”"),
    )
    HEALTH = (
        _("disability and health"),
        _("the strain of the work: “standing for the whole shift, lifting up to 15 kg”"),
    )
    SEXUAL_IDENTITY = _("sexual identity"), _("nothing: it is a private matter")
    APPEARANCE = (
        _("appearance, which is mostly about gender, age or origin"),
        _("“friendly with customers”, or the working clothes"),
    )

    def __init__(self, words: Promise, instead: Promise) -> None:
        self.words, self.instead = words, instead


@dataclass(frozen=True)
class Finding:
    """Words that were found. ``is_refused`` is false for what is only worth a second thought."""

    said: str
    ground: Ground
    is_refused: bool


@dataclass(frozen=True)
class _Rule:
    ground: Ground
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    is_refused: bool


def _rule(ground: Ground, pattern: str, *, unless: str = "", is_refused: bool = True) -> _Rule:
    return _Rule(ground, _compiled(pattern), _compiled(unless) if unless else None, is_refused)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


# "nur", "keine" and what else makes a wish of a word.
_WISH = r"\b(?:nur|ausschließlich|ausschliesslich|lieber|bevorzugt|vorzugsweise|am[ ]liebsten|möglichst|kein|keine|keinen)[ ](?:an[ ]|für[ ])?"
_END = r"(?=[ ]*(?:$|[.,;:!?/)\n]|und\b|oder\b|bitte\b|gesucht\b|bewerb|mitarbeit|angestellt|kolleg|kräfte\b|leute\b|personal\b))"
_PEOPLE = r"(?:leute|menschen|männer|frauen|mann|frau|person|personen|mitarbeiter\w*|kraft|kräfte|bewerber\w*|verkäufer\w*|kolleg\w+)"
_NATIONS = (
    r"(?:deutsche[nr]?|ausländer\w*|flüchtling\w*|geflüchtete\w*|migrant\w*|zuwander\w*|türk(?:en|innen)|araber\w*|syrer\w*|polen|russen|ukrainer\w*|"
    r"vietnames(?:en|innen)|kurden|afghanen|iraner\w*|afrikaner\w*|rumänen|bulgaren|roma|landsleute|europäer\w*|eu-bürger\w*)"
)
_NATIONAL = r"(?:deutsch|türkisch|arabisch|syrisch|polnisch|russisch|ukrainisch|vietnamesisch|kurdisch|afghanisch|iranisch|afrikanisch|europäisch)"

_RULES = (
    _rule(Ground.GENDER, _WISH + r"(?:\w+e[ ])?(?:männer|frauen|herren|damen|jungs|mädchen|einen[ ]mann|eine[ ]frau)\b",
          unless=r"gleicher[ ](?:eignung|qualifikation)"),
    _rule(Ground.GENDER, r"\b(?:männer|frauen|mann|frau|damen|herren)[ ](?:bevorzugt|erwünscht|gesucht)\b", unless=r"gleicher[ ](?:eignung|qualifikation)|männer[ ]und[ ]frauen|frauen[ ]und[ ]männer"),
    _rule(Ground.GENDER, r"\bmännlich\w*", unless=r"weiblich|divers"),
    _rule(Ground.GENDER, r"\bweiblich\w*", unless=r"männlich|divers"),
    _rule(Ground.GENDER, r"\b(?:kräftige[rn]?|starke[rn]?)[ ](?:mann|männer|junge|jungen|jungs)\b"),
    _rule(Ground.AGE, r"\b(?:nicht|nur|keine|niemand)[ ](?:älter|jünger)(?:[ ]als)?[ ](?!18\b)\d{2}\b"),
    _rule(Ground.AGE, r"\b(?:nicht|nur|keine|niemand)[ ](?:über|unter)[ ](?!18\b)\d{2}[ ]?(?:jahre|j\.)"),
    _rule(Ground.AGE, r"\b(?:bis|höchstens|maximal|max\.?)[ ](?:zu[ ])?[2-6]\d[ ]jahren?\b(?![ ]\w*(?:erfahrung|praxis))"),
    _rule(Ground.AGE, r"\bzwischen[ ]\d{2}[ ]und[ ]\d{2}[ ]jahren?\b|\b\d{2}[ ]?(?:-|–|bis)[ ]?\d{2}[ ]?(?:jahre[ ]alt|-?jährig\w*)"),
    _rule(Ground.AGE, r"(?<!mit[ ])(?<!für[ ])(?<!von[ ])\b(?:junge[ns]?[ ]" + _PEOPLE + r"|junger[ ](?:mann|mitarbeiter|verkäufer|kollege)|junges[ ]mädchen)\b"),
    _rule(Ground.AGE, r"\bjung\b(?![ ](?:geblieben|gebliebene)|[ ]und[ ]alt)(?<!alt[ ]und[ ]jung)"),
    _rule(Ground.AGE, _WISH + r"(?:rentner\w*|ältere\w*|alten?[ ]leute|senioren)\b"),
    _rule(Ground.AGE, r"\bjung(?:es|en)?,?[ ](?:und[ ])?(?:\w+,?[ ]){0,2}team\b|\bdynamische[sn]?[ ]team\b", is_refused=False),
    _rule(Ground.ORIGIN, _WISH + _NATIONS + r"\b" + _END),
    _rule(Ground.ORIGIN, r"\bmuttersprachler\w*|\bmuttersprache[:]?[ ](?:ist[ ])?" + _NATIONAL + r"\w*|\b" + _NATIONAL + r"\w*[ ]als[ ]muttersprache|\b" + _NATIONAL + r"\w*[ ]muttersprachlich\w*"),
    _rule(Ground.ORIGIN, r"\bmuttersprachliche?[ms]?[ ]niveau", is_refused=False),
    _rule(Ground.ORIGIN, r"\b(?:akzentfrei\w*|ohne[ ]akzent|kein[ ]akzent)\b"),
    _rule(Ground.ORIGIN, r"\b" + _NATIONAL + r"e[rn]?[ ](?:pass|staatsangehörigkeit|staatsbürgerschaft|herkunft|abstammung|wurzeln)\b"),
    _rule(Ground.ORIGIN, r"\b(?:nationalität|staatsangehörigkeit|herkunft)[:]?[ ](?:muss[ ]|nur[ ])?" + _NATIONAL),
    _rule(Ground.ORIGIN, r"\b(?:hautfarbe|hellhäutig\w*|dunkelhäutig\w*)\b", unless=r"egal|keine[ ]rolle|unabhängig"),
    _rule(Ground.RELIGION, r"\bohne[ ]kopftuch\b|\bkeine?[ ]kopft(?:uch|ücher)\b|\bkopftuch[ ](?:nicht|verboten|unerwünscht|abnehmen|ab)\b"),
    _rule(Ground.RELIGION, _WISH + r"(?:muslim\w*|moslem\w*|christ(?:en|innen)?|juden|jüdinnen|alevit\w+|hindus?|jesid\w+|evangelische\w*|katholische\w*)\b"),
    _rule(Ground.RELIGION, r"\b(?:muslimisch|christlich|jüdisch|evangelisch|katholisch|alevitisch)e[nrsm]?[ ](?:glaube\w*|" + _PEOPLE + r")\b"),
    _rule(Ground.RELIGION, r"\b(?:ohne|keine?n?)[ ](?:bart|bärte|turban)\b"),
    _rule(Ground.FAMILY, r"\b(?:ohne|keine)[ ](?:kleinen?[ ]|eigenen?[ ])?kinder\b|\b(?:kinderlos\w*|alleinstehend\w*|ledige?[rn]?|unverheiratet\w*)\b|\b(?:nicht|keine)[ ](?:verheiratet\w*|schwanger\w*)|\bfamilienplanung\b",
          unless=r"betreuung[ ]alleinstehend|für[ ]alleinstehend"),
    _rule(Ground.FAMILY, r"\bungebunden\w*\b", is_refused=False),
    _rule(Ground.HEALTH, r"\b(?:ohne|keine?n?)[ ](?:schwer)?behinder\w+|\b(?:ohne|keine)[ ](?:krankheit\w*|vorerkrankung\w*|chronisch\w*|kranken?)\b|\b(?:kerngesund\w*|nur[ ]gesunde\w*|völlig[ ]gesund\w*|gesund[ ]und[ ](?:kräftig|belastbar|fit))\b",
          unless=r"behinderungsgerecht|keine[ ]behinderung[ ]der"),
    _rule(Ground.HEALTH, r"\bkörperlich\w*[ ](?:fit|belastbar\w*|gesund)\b|\bkräftig\w*\b", is_refused=False),
    _rule(Ground.SEXUAL_IDENTITY, _WISH + r"(?:schwule\w*|lesben|lesbische\w*|homosexuelle\w*|heterosexuelle\w*|queere\w*)\b"),
    _rule(Ground.APPEARANCE, r"\bgut[ ]?aussehend\w*|\battraktive[rsn]?[ ](?:äu(?:ß|ss)eres|erscheinung|" + _PEOPLE + r")\b|\bhübsche?[rsn]?\b|\bschlanke?[rn]?[ ](?:figur|typ|" + _PEOPLE + r")\b|\bjugendliche[rsn]?[ ](?:aussehen|auftreten|typ)\b"),
)  # fmt: skip


def findings(text: str) -> list[Finding]:
    """Return what the words of a vacancy ask for unlawfully, each place once, in their order; an empty list when all is well."""
    said = " ".join(text.split())
    found: dict[tuple[int, int], Finding] = {}
    for rule in _RULES:
        if rule.unless is not None and rule.unless.search(said):
            continue
        for match in rule.pattern.finditer(said):
            place = match.span()
            if not any(start < place[1] and place[0] < end for start, end in found):
                found[place] = Finding(match[0].strip(), rule.ground, rule.is_refused)
    return [found[place] for place in sorted(found)]


def refused(text: str) -> list[Finding]:
    """Return what the form does not take."""
    return [one for one in findings(text) if one.is_refused]


def hints(text: str) -> list[Finding]:
    """Return what is worth a second thought."""
    return [one for one in findings(text) if not one.is_refused]
