"""Who may open what of the register's office work: lists, merges, contact persons, consents."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from businesses.models import BusinessConsent, Contact, RegisterImport, RegisterRow
from businesses.services import merge_businesses
from tests.access.table import C, K, Route
from tests.businesses.factories import BusinessFactory

OFFICE = frozenset({C, K})
LISTS = frozenset({K})
BOTH = ("GET", "POST")
POST = ("POST",)


def _business(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": BusinessFactory(centre=users[C].centre).public_id}


def _two(users: dict[str, Any]) -> dict[str, Any]:
    return _business(users) | {"other": BusinessFactory(centre=users[C].centre, phone="1").public_id}


def _merge(users: dict[str, Any]) -> dict[str, Any]:
    kept, absorbed = BusinessFactory(centre=users[C].centre), BusinessFactory(centre=users[C].centre)
    return {"pk": merge_businesses(kept=kept, absorbed=absorbed, choices={}, by=users[C]).pk}


def _contact(users: dict[str, Any]) -> dict[str, Any]:
    business = BusinessFactory(centre=users[C].centre)
    return {"pk": Contact.objects.create(business=business, name="Linh").pk}


def _consent(users: dict[str, Any]) -> dict[str, Any]:
    business = BusinessFactory(centre=users[C].centre)
    consent = BusinessConsent.objects.create(
        business=business, purpose="panel", text_version="business_survey 1", given_at=timezone.now()
    )
    return {"pk": consent.pk}


def by_run(state: str, **facts: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A list of one's own in this state."""

    def make(users: dict[str, Any]) -> dict[str, Any]:
        me = users["me"]
        run = RegisterImport.objects.create(
            centre=me.centre, created_by=me, state=state, file_name="x.csv", headers=["Name"], rows=1, columns={"0": "sign_name"},
            **facts,
        )  # fmt: skip
        RegisterRow.objects.create(
            run=run, line=2, cells=["Imbiss"], facts={"sign_name": "Imbiss"}, plan="doubt", match=BusinessFactory(centre=me.centre)
        )  # fmt: skip
        return {"public_id": run.public_id}

    return make


READING, MAPPING = by_run("reading"), by_run("mapping")
CHECKED = by_run("checked", checked_at=timezone.now())
DONE = by_run("imported", imported_at=timezone.now(), ended_at=timezone.now())

ROUTES = [
    Route("businesses:register_export", LISTS, kwargs=lambda users: {"form": "csv"}, other_centre=0),
    Route("businesses:import_list", LISTS, other_centre=0),
    Route("businesses:import_create", LISTS, BOTH, other_centre=0),
    Route("businesses:import_template", LISTS, other_centre=0),
    Route("businesses:import_detail", LISTS, kwargs=CHECKED, own=True),
    Route("businesses:import_progress", LISTS, kwargs=READING, own=True),
    Route("businesses:import_columns", LISTS, BOTH, kwargs=MAPPING, own=True),
    Route("businesses:import_problems", LISTS, kwargs=CHECKED, own=True),
    Route("businesses:import_problems_export", LISTS, kwargs=CHECKED, own=True),
    Route("businesses:import_doubts", LISTS, BOTH, kwargs=CHECKED, own=True),
    Route("businesses:import_start", LISTS, POST, kwargs=CHECKED, own=True),
    Route("businesses:import_undo", LISTS, POST, kwargs=DONE, own=True),
    Route("businesses:import_again", LISTS, POST, kwargs=CHECKED, own=True),
    Route("businesses:import_stop", LISTS, POST, kwargs=READING, own=True),
    Route("businesses:import_discard", LISTS, POST, kwargs=CHECKED, own=True),
    Route("businesses:duplicates", OFFICE, other_centre=0),
    Route("businesses:merge_compare", OFFICE, BOTH, kwargs=_two),
    Route("businesses:merge_undo", OFFICE, BOTH, kwargs=_merge),
    Route("businesses:contact_create", OFFICE, BOTH, kwargs=_business),
    Route("businesses:contact_edit", OFFICE, BOTH, kwargs=_contact),
    # The second who may delete finds it gone.
    Route("businesses:contact_delete", OFFICE, POST, kwargs=_contact, post_statuses=(302, 404)),
    Route("businesses:consents", OFFICE, BOTH, kwargs=_business),
    Route("businesses:consent_withdraw", OFFICE, POST, kwargs=_consent),
    Route("businesses:business_confirm", OFFICE, POST, kwargs=_business),
    Route("businesses:business_predecessor", OFFICE, POST, kwargs=_business),
]
