"""All that a surveyor's device needs to work without connection: the doors of the own section, and the questions in every language.

``tag`` is a hash of all of it: a device that has the newest state is told so instead of loading it again. Times are local, ISO 8601.
"""

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Prefetch
from django.utils import timezone
from django.utils.crypto import salted_hmac

from businesses import languages
from businesses.earlier import before_of
from businesses.enums import WITHOUT_INTERVIEW, RefusalReason, SinceBand, SizeBand, Status, Told
from businesses.interviewing import question_number
from businesses.models import Assignment, Business, ContactAttempt, FieldOperation, Unit, UnitPhoto, Wave
from businesses.models.register import covering
from businesses.outcomes import still_wanted
from businesses.queries import with_door
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.compiled import compiled
from iqquadrat.questionnaires.models import Choice, Item, Section, Version
from iqquadrat.questionnaires.queries import version_content
from iqquadrat.questionnaires.texts import LANGUAGE_CODES, Carrier, text

Json = dict[str, Any]


def data_for(user: User) -> tuple[Json, str]:
    """Return what the device of this surveyor needs, and its tag."""
    waves = {wave.pk: wave for wave in _waves(user)}
    streets = _streets(user, waves)
    versions = sorted({wave.version_id for wave in waves.values()})
    data: Json = {
        "user": owner_of(user),
        "waves": [
            {
                "pk": wave.pk, "name": wave.name, "starts_on": wave.starts_on.isoformat(), "ends_on": wave.ends_on.isoformat(),
                "questionnaire": wave.version_id, "photos": wave.with_photos, "streets": streets.get(wave.pk, []),
            }
            for wave in waves.values()
        ],
        "units": _doors(_units(user, waves), user),
        "photos": any(wave.with_photos for wave in waves.values()),
        "questionnaires": {str(pk): _questionnaire(pk) for pk in versions},
        "lists": _lists(),
        # A device that begins anew counts on from here.
        "seq": FieldOperation.objects.filter(surveyor=user).aggregate(last=Max("seq"))["last"] or 0,
    }  # fmt: skip
    return data, hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:32]


def owner_of(user: User) -> str:
    """Return a name for this account to which a device binds what it keeps; it does not tell which account it is."""
    return salted_hmac("businesses.field", str(user.pk), algorithm="sha256").hexdigest()[:32]


def _waves(user: User) -> Iterable[Wave]:
    """Running waves in which the reader walks a section, also where the reader may read more."""
    mine = Assignment.objects.filter(wave=OuterRef("pk"), surveyor=user)
    return Wave.objects.visible_to(user).running().filter(Exists(mine))


def _units(user: User, waves: Iterable[int]) -> Iterable[Unit]:
    mine = Assignment.objects.filter(surveyor=user, wave=OuterRef("wave"))
    units = Unit.objects.visible_to(user).filter(
        Exists(covering(mine, "business__premises__")), wave__in=list(waves)
    )
    photo = UnitPhoto.objects.filter(unit=OuterRef("pk"))
    return (
        with_door(units)
        .annotate(has_photo=Exists(photo))
        .prefetch_related(
            Prefetch("attempts", ContactAttempt.objects.select_related("doorstep").order_by("at", "pk"))
        )
    )


def _streets(user: User, waves: Iterable[int]) -> dict[int, list[Json]]:
    """The streets of the own sections, by wave: where a shop may be found that is on no list."""
    mine = Assignment.objects.filter(surveyor=user, wave__in=list(waves)).order_by("street__name", "street")
    found: dict[int, list[Json]] = {}
    for wave, pk, name in mine.values_list("wave", "street", "street__name").distinct():
        found.setdefault(wave, []).append({"pk": pk, "name": name})
    return found


def _doors(units: Iterable[Unit], user: User) -> list[Json]:
    listed = list(units)
    before = before_of(listed)
    return [
        _unit(unit, user) | {"known": _known(unit.business), "before": before.get(unit.pk)} for unit in listed
    ]


def _known(business: Business) -> Json:
    """What the register says: shown again, and asked whether it changed."""
    return {
        "sign_name": business.sign_name, "trade": business.branch_words, "status": business.status, "languages": business.languages,
        "size_band": business.size_band, "seen_on": business.confirmed_on.isoformat() if business.confirmed_on else None,
    }  # fmt: skip


def _unit(unit: Any, user: User) -> Json:
    business, visits = unit.business, list(unit.attempts.all())
    premises = business.premises
    wanted = still_wanted(timezone.localtime(visit.at) for visit in visits)
    return {
        "pk": unit.pk, "wave": unit.wave_id, "name": business.display_name,
        "street": premises.street.name if premises else "", "door": premises.number if premises else "",
        "side": premises.side.value if premises else "",
        "trade": business.branch_words or (business.branch.name_de if business.branch else ""),
        "status": unit.status, "disposition": unit.disposition, "interview": _interview(unit, user),
        "begun": _begun(unit, user), "photo": unit.has_photo,
        "attempts": [
            {
                "at": timezone.localtime(visit.at).isoformat(), "disposition": visit.disposition, "reason": visit.reason,
                "note": visit.note, "doorstep": hasattr(visit, "doorstep"),
            }
            for visit in visits
        ],
        "still_wanted": {"visits": wanted.visits, "times": [time.value for time in wanted.times]},
    }  # fmt: skip


def _interview(unit: Any, user: User) -> str:
    """Whether there is an interview: none (empty), ``done``, ``own`` and running, or begun by a ``colleague``."""
    if unit.interview_surveyor is None:
        return ""
    if unit.interview_completed_at is not None:
        return "done"
    return "own" if unit.interview_surveyor == user.pk else "colleague"


def _begun(unit: Any, user: User) -> Json | None:
    """Who else has begun the interview, and when; None where nobody has."""
    if _interview(unit, user) != "colleague":
        return None
    at = timezone.localtime(unit.interview_started_at)
    return {"by": f"{unit.interview_given_name} {unit.interview_family_name}", "at": at.isoformat()}


def _lists() -> Json:
    """The closed lists in the reader's language."""
    return {
        "dispositions": [[choice.value, str(choice.label)] for choice in WITHOUT_INTERVIEW],
        "languages": [[code, str(name)] for code, name in languages.choices()],
    } | {
        name: [[value, str(label)] for value, label in choices]
        for name, choices in (
            ("reasons", RefusalReason.choices), ("statuses", Status.choices), ("size_bands", SizeBand.choices),
            ("since_bands", SinceBand.choices), ("told", Told.choices),
        )
    }  # fmt: skip


def _questionnaire(version_id: int) -> Json:
    version = version_content(version_id)
    return _structure(version_id, version.content_stamp)


@lru_cache(maxsize=16)
def _structure(version_id: int, content_stamp: UUID) -> Json:  # noqa: ARG001 - part of the key
    version = version_content(version_id)
    return {
        "key": version.questionnaire.key, "number": version.number, "title": _texts(version, "title"), "intro": _texts(version, "intro"),
        "languages": _spoken(version),
        "sections": [_section(section, version) for section in version.ordered_sections],
        "choice_lists": {
            str(found.pk): [_choice(choice) for choice in sorted(found.choices.all(), key=lambda choice: choice.position)]
            for found in version.lists.values()
        },
    }  # fmt: skip


def _section(section: Section, version: Version) -> Json:
    items = [_item(item) for item in version.ordered_items if item.section_id == section.pk]
    return {"key": section.key, "title": _texts(section, "title"), "items": items}


def _item(item: Item) -> Json:
    return {
        "key": item.key, "type": item.type, "number": question_number(item.key), "core": item.required_core,
        "appearance": item.appearance, "condition": compiled(item.condition), "label": _texts(item, "label"),
        "hint": _texts(item, "hint"), "choice_list": str(item.choice_list_id) if item.choice_list_id else None,
        "choice_filter": item.choice_filter, "min": item.min_value, "max": item.max_value,
    }  # fmt: skip


def _choice(choice: Choice) -> Json:
    return {
        "key": choice.key, "text": _texts(choice, "text"), "exclusive": choice.exclusive, "filter": choice.filter_value,
    }  # fmt: skip


def _texts(carrier: Carrier, name: str) -> dict[str, str]:
    """The text in every language that has it; never another one in its place."""
    found = {language: text(carrier, name, language) for language in LANGUAGE_CODES}
    return {language: words for language, words in found.items() if words}


def _spoken(version: Version) -> list[str]:
    """German, and every language in which a question has a text and that is not switched off."""
    off = set(version.questionnaire.languages_off)
    return [
        code
        for code, _name in settings.LANGUAGES
        if code == "de"
        or (code not in off and any(text(item, "label", code) for item in version.ordered_items))
    ]
