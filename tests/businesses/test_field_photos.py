"""Photos of shop signs: once, drawn anew without what else the file tells, of the own door only, gone with what they belong to."""

import datetime as dt
import struct
import zlib
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageFile

from businesses.models import FieldOperation, Unit, UnitPhoto
from businesses.photos import LONGEST_EDGE, MAX_BYTES, NoPhotoError, drawn_anew
from businesses.services import delete_wave, keep_photo, remove_photo
from iqquadrat.accounts.models import User
from iqquadrat.core.retention import Scope, clocks, months_before
from iqquadrat.rights import services as rights
from tests.businesses.factories import UnitFactory, UnitPhotoFactory, picture
from tests.businesses.field_helpers import Device, results
from tests.fixtures.people import UserFactory

URL = "businesses:field_photo"


@pytest.fixture
def client(as_user: Any, surveyor: User) -> Any:
    return as_user(surveyor)


@pytest.fixture(autouse=True)
def photos_wanted(unit: Unit) -> None:
    type(unit.wave).objects.update(with_photos=True)


def _send(client: Any, **facts: Any) -> Any:
    image = facts.pop("image", picture())
    sent = {"uuid": str(uuid4()), "taken_at": timezone.now().isoformat()} | facts
    sent = {name: value for name, value in sent.items() if value is not None}
    return client.post(reverse(URL), sent | {"image": SimpleUploadedFile("sign.jpg", image)})


def _png(width: int, height: int) -> bytes:
    """A small file that says it is a picture of any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_photo_arrives_once(
    client: Any, unit: Unit, surveyor: User, coordinator: User, as_user: Any
) -> None:
    number = str(uuid4())
    taken = (timezone.now() - dt.timedelta(hours=1)).isoformat()
    first = _send(client, uuid=number, unit=unit.pk, taken_at=taken)
    assert first.json() == {"uuid": number, "result": "applied", "final": True}
    again = _send(client, uuid=number, unit=unit.pk, taken_at=taken)
    assert again.json() == {"uuid": number, "result": "duplicate", "final": True}
    other = _send(client, uuid=number, unit=unit.pk, taken_at=taken, image=picture(9, 9))
    assert (other.json()["result"], other.json()["code"]) == ("refused", "other_content")
    photo = UnitPhoto.objects.get()
    assert (photo.unit, photo.by, photo.taken_at.isoformat()) == (
        unit,
        surveyor,
        dt.datetime.fromisoformat(taken).isoformat(),
    )
    data = client.get(reverse("businesses:field_data")).json()
    assert (data["photos"], data["waves"][0]["photos"], data["units"][0]["photo"]) == (True, True, True)
    page = as_user(coordinator).get(reverse("businesses:business_detail", args=[unit.business.public_id]))
    assert reverse("businesses:photo", args=[photo.public_id]) in page.content.decode()
    shown = as_user(coordinator).get(reverse("businesses:photo", args=[photo.public_id]))
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert Image.open(BytesIO(shown.content)).size == (60, 40)


def test_a_newer_one_replaces_it_an_older_one_does_not(client: Any, unit: Unit) -> None:
    now = timezone.now()
    told = [
        _send(client, unit=unit.pk, taken_at=(now - dt.timedelta(hours=hours)).isoformat(), image=picture(size, 40)).json()["result"]
        for hours, size in ((3, 30), (1, 10), (2, 20))
    ]  # fmt: skip
    assert told == ["applied", "applied", "duplicate"]
    photo = UnitPhoto.objects.get()
    assert Image.open(photo.file.open()).size == (10, 40)


def test_the_photo_of_a_find(client: Any, unit: Unit) -> None:
    device = Device()
    found = device.find(unit.wave, unit.business.premises.street, number="7", sign_name="Kiosk")
    waiting = _send(client, found=found["uuid"]).json()
    assert (waiting["code"], waiting["final"]) == ("found_unknown", False)
    assert results(client, found) == [("applied", "")]
    assert _send(client, found=found["uuid"]).json()["result"] == "applied"
    assert UnitPhoto.objects.get().unit.business.sign_name == "Kiosk"


def test_what_a_phone_writes_into_a_photo_is_gone(unit: Unit, surveyor: User) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Fairphone", 6
    exif.get_ifd(0x8825)[2] = (51.0, 20.0, 30.0)
    wide = picture(4000, 2000, exif=exif.tobytes(), comment=b"Frau Linh")
    stored = Image.open(BytesIO(drawn_anew(wide)))
    assert stored.size == (LONGEST_EDGE // 2, LONGEST_EDGE), "turned upright, then made smaller"
    assert dict(stored.getexif()) == {}
    assert "comment" not in stored.info
    assert b"Fairphone" not in drawn_anew(wide)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_kinds_are_taken(kind: str) -> None:
    assert Image.open(BytesIO(drawn_anew(picture(kind=kind)))).format == "JPEG"


def test_what_is_transparent_is_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(BytesIO(drawn_anew(out.getvalue()))).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0" * 500, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", picture(kind="GIF"), picture(kind="BMP"),
        picture()[:200], picture(kind="PNG")[:60], _png(60_000, 60_000), _png(20_000, 20_000), _png(6000, 6000), _png(0, 5),
        picture() + b"x" * MAX_BYTES, b"\xff\xd8\xff\xe0" + b"\0" * 4000,
    ],
    ids=lambda data: f"{data[:8]!r} {len(data)}",
)  # fmt: skip
@pytest.mark.parametrize("filled_up", [False, True])
def test_what_is_no_photo(data: bytes, filled_up: bool, monkeypatch: Any) -> None:
    # The maker of PDFs switches this on for the whole process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", filled_up)
    with pytest.raises(NoPhotoError):
        drawn_anew(data)


def test_no_photo_is_refused_for_good(client: Any, unit: Unit) -> None:
    for bad in (b"nothing", _png(60_000, 60_000)):
        told = _send(client, unit=unit.pk, image=bad).json()
        assert (told["result"], told["code"], told["final"]) == ("refused", "no_photo", True)
        assert "JPEG" in told["words"]
    assert not UnitPhoto.objects.exists()
    big = _send(client, unit=unit.pk, image=b"x" * (MAX_BYTES + 1))
    assert (big.status_code, big.json()) == (413, {"error": "too_large"})


def test_a_wave_without_photos(client: Any, unit: Unit) -> None:
    type(unit.wave).objects.update(with_photos=False)
    told = _send(client, unit=unit.pk).json()
    assert (told["result"], told["code"]) == ("refused", "photos_off")
    assert client.get(reverse("businesses:field_data")).json()["photos"] is False


@pytest.mark.parametrize(
    "facts",
    [
        {"uuid": "x"}, {"uuid": None}, {"taken_at": "gestern"}, {"taken_at": None}, {"unit": "eins"}, {"unit": None}, {"unit": "-1"},
        {"unit": "9" * 40}, {"found": "x", "unit": None}, {"found": str(uuid4())}, {"unit": "²"},
    ],
)  # fmt: skip
def test_what_cannot_be_read(client: Any, unit: Unit, facts: dict[str, Any]) -> None:
    answer = _send(client, **({"unit": unit.pk} | facts))
    assert (answer.status_code, answer.json()) == (400, {"error": "malformed"})
    assert not UnitPhoto.objects.exists()


def test_other_ways_of_sending(client: Any, unit: Unit) -> None:
    url = reverse(URL)
    assert client.post(url, {"unit": unit.pk}).status_code == 400
    assert client.post(url, {"unit": unit.pk, "image": "text"}).status_code == 400
    assert client.post(url, {"unit": unit.pk}, content_type="application/json").status_code == 400
    assert client.get(url).status_code == 405


def test_no_photo_of_another_door(
    client: Any, as_user: Any, unit: Unit, surveyor: User, probes: dict[str, Unit]
) -> None:
    """Nothing is taken for, and nothing shown of, a door that is not in the own section of a running wave; nor a colleague's find."""
    type(unit.wave).objects.update(with_photos=True)
    leaks = []
    for what, other in probes.items():
        told = _send(client, unit=other.pk).json()
        if (told["result"], told["code"], told["final"]) != ("refused", "not_found", False):
            leaks.append((what, "sent"))
        photo = UnitPhotoFactory(unit=other)
        if client.get(reverse("businesses:photo", args=[photo.public_id])).status_code != 404:
            leaks.append((what, "shown"))
    assert leaks == []
    assert len(probes) == 8
    colleague = UserFactory(centre=unit.wave.centre, roles=["surveyor"])
    unit.wave.assignments.create(surveyor=colleague, street=unit.business.premises.street)
    find = Device().find(unit.wave, unit.business.premises.street, number="8", sign_name="Kiosk")
    assert results(as_user(colleague), find) == [("applied", "")]
    assert _send(client, found=find["uuid"]).json()["code"] == "found_unknown"


def test_a_photo_of_another_centre(as_user: Any, unit: Unit, surveyor: User) -> None:
    photo = UnitPhotoFactory(unit=unit, by=surveyor)
    foreign = as_user(UserFactory(roles=["coordinator"]))
    address = reverse("businesses:photo", args=[photo.public_id])
    assert foreign.get(address).status_code == 404
    assert foreign.post(reverse("businesses:photo_remove", args=[photo.public_id])).status_code == 404
    assert Client().get(address).status_code == 302
    assert UnitPhoto.objects.exists()


def test_the_file_goes_with_the_row(
    unit: Unit, surveyor: User, coordinator: User, django_capture_on_commit_callbacks: Any
) -> None:
    names = []
    for minutes in (9, 5):
        taken = timezone.now() - dt.timedelta(minutes=minutes)
        with django_capture_on_commit_callbacks(execute=True):
            names.append(keep_photo(unit=unit, data=picture(), taken_at=taken, by=surveyor).file.name)
    assert [default_storage.exists(name) for name in names] == [False, True]
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(photo=UnitPhoto.objects.get(), by=coordinator)
    assert not default_storage.exists(names[1])
    with django_capture_on_commit_callbacks(execute=True):
        last = keep_photo(unit=unit, data=picture(), taken_at=timezone.now(), by=surveyor).file.name
        FieldOperation.objects.all().delete()
        delete_wave(wave=unit.wave, by=coordinator)
    assert not Unit.objects.exists()
    assert not default_storage.exists(last)


def test_the_office_removes_a_photo(as_user: Any, counsellor: User, unit: Unit, surveyor: User) -> None:
    photo = UnitPhotoFactory(unit=unit, by=surveyor)
    answer = as_user(counsellor).post(reverse("businesses:photo_remove", args=[photo.public_id]))
    assert answer.status_code == 302
    assert not UnitPhoto.objects.exists()


def test_a_year_later_photos_are_gone(unit: Unit, surveyor: User, coordinator: User) -> None:
    now = timezone.now()
    old = UnitPhotoFactory(unit=unit, by=surveyor, taken_at=now - dt.timedelta(days=380))
    new = UnitPhotoFactory(
        unit=UnitFactory(wave=unit.wave), by=surveyor, taken_at=now - dt.timedelta(days=300)
    )
    due = next(due for due in rights.what_is_due(coordinator.centre, now) if due.clock.key == "sign_photo")
    assert due.count == 1
    clock = next(clock for clock in clocks() if clock.key == "sign_photo")
    assert clock.months == 12
    assert clock.clear(Scope(unit.wave.centre_id, months_before(now, 12))) == 1
    assert list(UnitPhoto.objects.all()) == [new]
    assert old != new
