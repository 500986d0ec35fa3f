"""The street view, the map, streets and sections: what is drawn, who sees it, how many queries it takes."""

import datetime as dt
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse

from businesses.enums import PositionSource
from businesses.errors import NameTakenError
from businesses.geometry import house_point
from businesses.models import Business, Premises, Section, Street
from businesses.services import BusinessFacts, Door, create_business, save_section, save_street
from businesses.street import FRONTS_IN_A_ROW, present, stretches_of
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from tests.businesses.factories import BusinessFactory, StreetFactory, UnitFactory, WaveFactory

pytestmark = pytest.mark.django_db

LINE = [[12.3965, 51.3456], [12.4160, 51.3466]]


def _shop(user: User, number: int, **facts: Any) -> Business:
    street = StreetFactory(centre=user.centre)
    place = {"premises__street": street, "premises__house_number": number}
    made: Business = BusinessFactory(centre=user.centre, **place, **facts)
    return made


def test_both_sides_house_by_house(counsellor: User) -> None:
    left = _shop(counsellor, 52, premises__position="left")
    right = _shop(counsellor, 52, premises__position="right")
    odd = _shop(counsellor, 47)
    letter = _shop(counsellor, 52, premises__addition="a", status="vacant", sign_name="")
    (stretch,) = stretches_of(present([right, letter, odd, left]), [(50, "Konradstraße")])
    assert [house.name for house in stretch.even] == ["52", "52a"]
    assert [[front.business for front in house.fronts] for house in stretch.even] == [[left, right], [letter]]
    assert [front.x for front in stretch.even[0].fronts] == [0, 40]
    assert [house.name for house in stretch.odd] == ["47"]
    assert stretch.crossings == ["Konradstraße"]
    assert stretch.numbers == (47, 52)
    assert stretch.even[0].fronts[0].css == "s-o b-g"
    # An empty shop has no trade to be coloured by.
    assert stretch.even[1].fronts[0].css == "s-l"


def test_a_crossing_opens_a_gap_between_the_houses_it_lies_between(counsellor: User) -> None:
    shops = present([_shop(counsellor, number) for number in (2, 4, 6)])
    (stretch,) = stretches_of(shops, [(4, "Konradstraße")])
    assert [house.after_crossing for house in stretch.even] == ["", "", "Konradstraße"]


def test_a_door_shows_what_was_seen_there_last(counsellor: User) -> None:
    before = _shop(counsellor, 2, confirmed_on=dt.date(2024, 1, 1), confirmed_by=counsellor)
    now = BusinessFactory(
        centre=counsellor.centre,
        premises=before.premises,
        confirmed_on=dt.date(2026, 1, 1),
        confirmed_by=counsellor,
    )
    assert present([now, before]) == [now]
    assert present([before, now]) == [now]


def test_two_hundred_units_of_one_side_go_on_in_rows(counsellor: User) -> None:
    shops = present([_shop(counsellor, number) for number in range(2, 402, 2)])
    rows = stretches_of(shops)
    assert len(rows) == 9
    assert all(sum(len(house.fronts) for house in row.even) <= FRONTS_IN_A_ROW for row in rows)
    assert [house.number for row in rows for house in row.even] == list(range(2, 402, 2))


def test_a_house_looks_the_same_every_time_and_houses_differ(counsellor: User) -> None:
    shops = present([_shop(counsellor, number) for number in range(2, 42, 2)])
    drawn = [[(h.top, h.roof) for row in stretches_of(shops) for h in row.even] for _twice in (1, 2)]
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) > 3


def test_the_page_chooses_a_unit_filters_and_reads_as_a_table(as_user: Any, counsellor: User) -> None:
    shop = _shop(counsellor, 52, sign_name="Imbiss Aleppo")
    vacant = _shop(counsellor, 54, status="vacant", sign_name="", branch=None)
    client, address = as_user(counsellor), reverse("businesses:street_view")
    assert client.get(address).context["here"] is None
    chosen = client.get(address, {"unit": shop.public_id})
    assert chosen.context["here"] == shop
    assert 'aria-current="true"' in chosen.content.decode()
    fronts = [
        front
        for row in client.get(address, {"status": "vacant"}).context["stretches"]
        for house in row.even
        for front in house.fronts
    ]
    assert {front.business: front.is_dim for front in fronts} == {shop: True, vacant: False}
    table = client.get(address, {"table": "1"}).content.decode()
    assert '<svg class="house"' not in table
    assert "Imbiss Aleppo" in table
    odd = client.get(address, {"street": "x", "section": "-1", "unit": "nonsense", "kind": "none"})
    assert odd.status_code == 200


def test_a_section_narrows_the_street(as_user: Any, counsellor: User) -> None:
    inside, _outside, _across = (_shop(counsellor, number) for number in (10, 30, 11))
    section = Section.objects.create(
        street=inside.premises.street, name="Abschnitt A", side="even", number_from=1, number_to=20
    )
    client = as_user(counsellor)
    assert client.get(reverse("businesses:street_view"), {"section": section.pk}).context["units"] == [inside]
    listed = client.get(reverse("businesses:business_list"), {"section": section.pk}).context["page_obj"]
    assert list(listed) == [inside]


def test_the_new_filters_of_the_list(as_user: Any, counsellor: User) -> None:
    old = _shop(counsellor, 2, confirmed_on=dt.date(2024, 1, 1), confirmed_by=counsellor, languages=["vi"])
    new = _shop(counsellor, 4, confirmed_on=dt.date(2026, 1, 1), confirmed_by=counsellor, size_band="5-9")
    never = _shop(counsellor, 6)
    client = as_user(counsellor)

    def found(**wanted: str) -> set[Business]:
        return set(client.get(reverse("businesses:business_list"), wanted).context["page_obj"])

    assert found(before="2025-06-01") == {old, never}
    assert found(sign="vi") == {old}
    assert found(size_band="5-9") == {new}
    assert found(before="gestern") == {old, new, never}


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(rows: int, as_user: Any, coordinator: User, django_assert_num_queries: Any) -> None:
    wave = WaveFactory(centre=coordinator.centre)
    for _row in range(rows):
        UnitFactory(wave=wave)
    street = Street.objects.get(centre=coordinator.centre)
    save_street(
        centre=coordinator.centre, street=street, name=street.name, by=coordinator, line=LINE, number_at_start=1, number_at_end=99
    )  # fmt: skip
    for row in range(rows):
        Section.objects.create(street=street, name=f"Abschnitt {row}")
    client = as_user(coordinator)
    client.get(reverse("businesses:wave_list"))  # the first page of a session notes the time
    with django_assert_num_queries(11):
        client.get(reverse("businesses:street_view"))
    with django_assert_num_queries(10):
        client.get(reverse("businesses:business_map"))
    with django_assert_num_queries(7):
        client.get(reverse("businesses:business_points"))
    with django_assert_num_queries(8):
        client.get(reverse("businesses:street_list"))


def test_nothing_of_a_foreign_centre_is_on_street_or_map(
    as_user: Any, counsellor: User, stranger: User
) -> None:
    foreign = _shop(stranger, 52, sign_name="Fremder Laden")
    save_street(
        centre=stranger.centre, street=foreign.premises.street, name="Eisenbahnstraße", by=stranger, line=LINE,
        number_at_start=1, number_at_end=99,
    )  # fmt: skip
    client = as_user(counsellor)
    street = client.get(
        reverse("businesses:street_view"), {"street": foreign.premises.street_id, "unit": foreign.public_id}
    )
    assert "Fremder Laden" not in street.content.decode()
    assert client.get(reverse("businesses:business_points")).json()["features"] == []
    assert "Fremder Laden" not in client.get(reverse("businesses:business_map")).content.decode()


def test_a_surveyor_gets_neither_street_nor_points(as_user: Any, surveyor: User) -> None:
    client = as_user(surveyor)
    for name in ("street_view", "business_map", "business_points", "street_list"):
        assert client.get(reverse(f"businesses:{name}")).status_code == 403


def test_points_are_the_filtered_units_and_the_lines(as_user: Any, counsellor: User) -> None:
    street = save_street(
        centre=counsellor.centre,
        name="Eisenbahnstraße",
        by=counsellor,
        line=LINE,
        number_at_start=1,
        number_at_end=99,
    )
    facts = BusinessFacts(door=Door(street=street.name, house_number=50), sign_name="Imbiss Aleppo")
    shop = create_business(centre=counsellor.centre, facts=facts, by=counsellor)
    answer = as_user(counsellor).get(reverse("businesses:business_points")).json()
    line, unit = answer["features"]
    assert line["geometry"] == {"type": "LineString", "coordinates": LINE}
    assert unit["geometry"]["coordinates"] == pytest.approx(house_point(LINE, 1, 99, 50), abs=1e-6)
    assert unit["properties"]["url"].endswith(f"/{shop.public_id}/")
    empty = as_user(counsellor).get(reverse("businesses:business_points"), {"status": "vacant"}).json()
    assert [one["properties"]["what"] for one in empty["features"]] == ["street"]


def test_a_measured_door_stays_and_a_reckoned_one_moves_with_the_line(counsellor: User) -> None:
    measured, reckoned = _shop(counsellor, 50).premises, _shop(counsellor, 52).premises
    Premises.objects.filter(pk=measured.pk).update(
        latitude="51.5", longitude="12.5", position_source="measured"
    )
    facts = {
        "centre": counsellor.centre,
        "name": "Eisenbahnstraße",
        "by": counsellor,
        "street": measured.street,
    }
    save_street(**facts, line=LINE, number_at_start=1, number_at_end=99)
    reckoned.refresh_from_db()
    assert reckoned.position_source == PositionSource.RECKONED
    first = reckoned.longitude
    save_street(**facts, line=LINE, number_at_start=1, number_at_end=199)
    measured.refresh_from_db()
    reckoned.refresh_from_db()
    assert (float(measured.latitude), float(measured.longitude)) == (51.5, 12.5)
    assert reckoned.longitude < first
    save_street(**facts)
    reckoned.refresh_from_db()
    assert (reckoned.latitude, reckoned.position_source) == (None, "")


def test_streets_and_sections_are_kept_by_the_coordination(as_user: Any, coordinator: User) -> None:
    client = as_user(coordinator)
    sent = {
        "name": "Konradstraße",
        "number_at_start": "1",
        "number_at_end": "99",
        "line": "51.3456, 12.3965\n51.3466, 12.4160",
    }
    assert client.post(reverse("businesses:street_create"), sent).status_code == 302
    street = Street.objects.get()
    assert street.line == LINE
    again = client.post(reverse("businesses:street_create"), sent)
    assert again.status_code == 422
    assert "51.3456, 12.3965" in again.content.decode()
    for wrong in ({"line": "hier"}, {"number_at_end": ""}, {"number_at_end": "1"}, {"name": ""}):
        assert (
            client.post(reverse("businesses:street_create"), sent | {"name": "Neu"} | wrong).status_code
            == 422
        )
    divide = reverse("businesses:street_section_create", kwargs={"pk": street.pk})
    part = {"name": "Abschnitt A", "side": "even", "number_from": "1", "number_to": "99"}
    assert client.post(divide, part).status_code == 302
    section = Section.objects.get()
    # 0.0195 degrees of longitude at 51.3461 degrees north are 1354 m, 0.001 of latitude 111 m: together 1359 m.
    assert section.frontage_m == pytest.approx(1359, abs=2)
    assert client.post(divide, part).status_code == 422
    assert client.post(divide, part | {"name": "B", "number_to": "0"}).status_code == 422
    change = reverse("businesses:street_section_edit", kwargs={"pk": section.pk})
    assert client.post(change, part | {"frontage_m": "700"}).status_code == 302
    section.refresh_from_db()
    assert section.frontage_m == 700
    assert (
        client.post(reverse("businesses:street_section_delete", kwargs={"pk": section.pk})).status_code == 302
    )
    assert not Section.objects.exists()
    assert Entry.objects.filter(object_type="businesses.section", action="delete").exists()


def test_a_name_is_taken_once(coordinator: User) -> None:
    first, second = (save_street(centre=coordinator.centre, name=name, by=coordinator) for name in ("A", "B"))
    with pytest.raises(NameTakenError):
        save_street(centre=coordinator.centre, name="A", by=coordinator, street=second)
    save_section(street=first, name="Abschnitt A", by=coordinator)
    save_section(street=second, name="Abschnitt A", by=coordinator)
    with pytest.raises(NameTakenError):
        save_section(street=first, name="Abschnitt A", by=coordinator)


def test_only_the_page_of_the_map_allows_the_host_of_the_tiles(as_user: Any, counsellor: User) -> None:
    client = as_user(counsellor)
    plain = client.get(reverse("businesses:business_map"))
    assert "img-src 'self' data:;" in plain["Content-Security-Policy"] + ";"
    with override_settings(
        MAP_TILES="https://{s}.tiles.example/{z}/{x}/{y}.png", MAP_ATTRIBUTION="Stadt Leipzig"
    ):
        page = client.get(reverse("businesses:business_map"))
        other = client.get(reverse("businesses:business_list"))
    assert "img-src 'self' data: https://*.tiles.example" in page["Content-Security-Policy"]
    assert "Stadt Leipzig" in page.content.decode()
    assert "tiles.example" not in other["Content-Security-Policy"]
