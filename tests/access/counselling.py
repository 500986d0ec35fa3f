"""Who meets what in counselling."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from counselling.models import Draft
from tests.access.table import EVERYBODY, C, K, Route
from tests.counselling.factories import (
    AppointmentFactory,
    ClientFactory,
    ConsentFactory,
    ConsultationFactory,
    FollowUpFactory,
    InstitutionFactory,
    ReferralFactory,
    ShortContactFactory,
    topic,
)

COUNSEL, SEE = frozenset({C}), frozenset({C, K})
WRITE = ("GET", "POST")


def client(users: dict[str, Any]) -> Any:
    return ClientFactory(counsellor=users[C])


def by_client(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": client(users).public_id}


def by_consultation(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": ConsultationFactory(client=client(users)).public_id}


def by_appointment(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": AppointmentFactory(client=client(users)).public_id}


def by_draft(users: dict[str, Any]) -> dict[str, Any]:
    now = timezone.now()
    draft = Draft.objects.create(key=uuid4(), author=users[C], typed={}, begun_at=now, changed_at=now)
    return {"key": draft.key}


def by_gone_draft(users: dict[str, Any]) -> dict[str, Any]:
    made = by_draft(users)
    Draft.objects.filter(key=made["key"]).update(discarded_at=timezone.now())
    return made


def by_referral(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": ReferralFactory(client=client(users)).public_id}


def by_institution(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": InstitutionFactory(centre=users[C].centre).pk}


def by_topic(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": topic("housing").pk}


KEEP = frozenset({K})
ROUTES = [
    Route("home", roles=EVERYBODY, other_centre=0),
    Route("counselling:client_list", roles=SEE, other_centre=0),
    Route("counselling:client_search", roles=SEE, other_centre=0),
    Route("counselling:client_export", roles=COUNSEL, other_centre=0),
    Route("counselling:client_check", roles=COUNSEL, other_centre=0),
    Route("counselling:client_create", roles=COUNSEL, methods=WRITE, other_centre=0),
    Route("counselling:client_detail", roles=SEE, kwargs=by_client),
    Route("counselling:client_data", roles=COUNSEL, kwargs=by_client),
    Route(
        "counselling:client_panel",
        roles=COUNSEL,
        kwargs=lambda users: by_client(users) | {"key": "no-such"},
        get_status=404,
    ),
    Route("counselling:client_edit", roles=COUNSEL, methods=WRITE, kwargs=by_client),
    Route("counselling:client_reassign", roles=frozenset({K}), methods=WRITE, kwargs=by_client),
    Route("counselling:consent_give", roles=COUNSEL, methods=("POST",), kwargs=by_client),
    Route(
        "counselling:consent_withdraw",
        roles=COUNSEL,
        methods=("POST",),
        kwargs=lambda users: {"pk": ConsentFactory(client=client(users)).pk},
    ),
    Route("counselling:follow_up_create", roles=COUNSEL, methods=("POST",), kwargs=by_client),
    Route("counselling:follow_up_list", roles=COUNSEL, other_centre=0),
    Route(
        "counselling:follow_up_done",
        roles=COUNSEL,
        methods=("POST",),
        kwargs=lambda users: {"pk": FollowUpFactory(client=client(users)).pk},
    ),
    Route(
        "counselling:follow_up_reopen",
        roles=COUNSEL,
        methods=("POST",),
        kwargs=lambda users: {"pk": FollowUpFactory(client=client(users)).pk},
    ),
    Route("counselling:consultation_list", roles=SEE, other_centre=0),
    Route("counselling:consultation_export", roles=SEE, other_centre=0),
    Route("counselling:consultation_create", roles=COUNSEL, methods=WRITE, other_centre=0),
    Route("counselling:consultation_aside", roles=COUNSEL, other_centre=0),
    Route("counselling:consultation_edit", roles=COUNSEL, methods=WRITE, kwargs=by_consultation),
    Route("counselling:draft_list", roles=COUNSEL, other_centre=0),
    Route("counselling:draft_keep", roles=COUNSEL, methods=("POST",), kwargs=by_draft, other_centre=0),
    Route("counselling:draft_discard", roles=COUNSEL, methods=("POST",), kwargs=by_draft),
    Route("counselling:draft_restore", roles=COUNSEL, methods=("POST",), kwargs=by_gone_draft),
    Route("counselling:addendum_add", roles=COUNSEL, methods=WRITE, kwargs=by_consultation),
    Route("counselling:emergency_file", roles=frozenset({K}), methods=WRITE, kwargs=by_client),
    Route("counselling:short_contacts", roles=SEE, other_centre=0),
    Route("counselling:short_contact_log", roles=COUNSEL, methods=("POST",), other_centre=0),
    Route(
        "counselling:short_contact_undo",
        roles=COUNSEL,
        methods=("POST",),
        kwargs=lambda users: {
            "pk": ShortContactFactory(counsellor=users[C], created_by=users[C]).pk,
        },
    ),
    Route("counselling:appointment_create", roles=COUNSEL, methods=WRITE, other_centre=0),
    Route("counselling:appointment_edit", roles=COUNSEL, methods=WRITE, kwargs=by_appointment),
    Route("counselling:appointment_delete", roles=COUNSEL, methods=("POST",), kwargs=by_appointment),
    Route("counselling:referral_create", roles=COUNSEL, methods=WRITE, kwargs=by_client),
    Route("counselling:client_referrals", roles=COUNSEL, kwargs=by_client, get_status=302),
    Route("counselling:referral_list", roles=COUNSEL, other_centre=0),
    Route("counselling:referrals_today", roles=COUNSEL, other_centre=0),
    Route("counselling:referral_arrival", roles=COUNSEL, methods=("POST",), kwargs=by_referral),
    Route("counselling:referral_delete", roles=COUNSEL, methods=("POST",), kwargs=by_referral),
    Route("counselling:institution_list", roles=SEE, other_centre=0),
    Route("counselling:institution_create", roles=SEE, methods=WRITE, other_centre=0),
    Route("counselling:institution_detail", roles=SEE, kwargs=by_institution),
    Route("counselling:institution_slip", roles=SEE, kwargs=by_institution),
    Route("counselling:institution_edit", roles=SEE, methods=WRITE, kwargs=by_institution),
    Route("counselling:institution_retire", roles=KEEP, methods=("POST",), kwargs=by_institution),
    Route("counselling:institution_restore", roles=KEEP, methods=("POST",), kwargs=by_institution),
    Route("counselling:topic_list", roles=KEEP, other_centre=0),
    Route("counselling:topic_create", roles=KEEP, methods=WRITE, other_centre=0),
    # Topics belong to the site: the coordination of every centre keeps them.
    Route("counselling:topic_edit", roles=KEEP, methods=WRITE, kwargs=by_topic, other_centre=0),
    Route("counselling:topic_move", roles=KEEP, methods=("POST",), kwargs=by_topic, other_centre=0),
    Route("counselling:topic_retire", roles=KEEP, methods=("POST",), kwargs=by_topic, other_centre=0),
    Route("counselling:topic_delete", roles=KEEP, methods=("POST",), kwargs=by_topic, other_centre=0),
]
