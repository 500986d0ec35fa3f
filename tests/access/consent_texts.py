"""Who meets what about the texts of consents."""

from typing import Any

from counselling.models import ConsentText, ConsentVersion
from tests.access.table import C, K, Route
from tests.counselling.factories import ClientFactory

COUNSEL, COORDINATE = frozenset({C}), frozenset({K})
WRITE = ("GET", "POST")


def _version(users: dict[str, Any]) -> ConsentVersion:
    made = ConsentVersion.objects.filter(centre=users[K].centre).first()
    return made or ConsentVersion.objects.create(
        centre=users[K].centre, purpose="ask_later", version="2026-2"
    )


def by_version(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": _version(users).pk}


def by_language(users: dict[str, Any]) -> dict[str, Any]:
    return by_version(users) | {"language": "ar"}


def by_text(users: dict[str, Any]) -> dict[str, Any]:
    version = _version(users)
    text, _made = ConsentText.objects.get_or_create(
        version=version, language="de", defaults={"text": "Wir fragen."}
    )
    return {"pk": text.pk}


def by_paper(users: dict[str, Any]) -> dict[str, Any]:
    client = ClientFactory(counsellor=users[C])
    return {"public_id": client.public_id, "purpose": "counselling_data", "language": "ar"}


ROUTES = [
    Route("counselling:consent_text_list", COORDINATE, other_centre=0),
    Route("counselling:consent_version_detail", COORDINATE, kwargs=by_version),
    Route(
        "counselling:consent_version_create",
        COORDINATE,
        WRITE,
        kwargs=lambda users: {"purpose": "referral"},
        other_centre=0,
    ),
    Route("counselling:consent_text_edit", COORDINATE, WRITE, kwargs=by_language),
    Route("counselling:consent_text_review", COORDINATE, ("POST",), kwargs=by_text),
    Route(
        "counselling:consent_text_part", COUNSEL, kwargs=lambda users: {"purpose": "referral"}, other_centre=0
    ),
    Route("counselling:consent_paper", COUNSEL, kwargs=by_paper),
]
