"""Recordings: told by their content, heard by anybody under the hash, outdated with the text, gone with the last that names them."""

import io
import wave
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from iqquadrat.questionnaires import services
from iqquadrat.questionnaires.audio import MAX_BYTES, address_of, audio_for, kind_of
from iqquadrat.questionnaires.doors import AUDIO_PATH
from iqquadrat.questionnaires.enums import Origin
from iqquadrat.questionnaires.models import Recording, Version
from tests.questionnaires.factories import both, small_specification, small_version
from tests.questionnaires.test_translations import slot_of

ID3 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"\0" * 10
MP3 = b"\xff\xfb\x90\x64" + b"\0" * 400
OGG = b"OggS\x00\x02" + b"\0" * 22 + b"OpusHead\x01\x01" + b"\0" * 100
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + b"\0" * 100 + b"\x86\x86A_OPUS" + b"\0" * 100
M4A = b"\0\0\0\x20ftypM4A \0\0\0\0" + b"\0" * 40 + b"moovsounmp4a" + b"\0" * 100


def wav(seconds: float = 0.1, tone: int = 0) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes([tone, 0]) * int(8000 * seconds))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [(OGG, "ogg"), (WEBM, "webm"), (MP3, "mp3"), (ID3 + MP3, "mp3"), (M4A, "m4a"), (wav(), "wav")],
)
def test_sound_is_known_by_its_content(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0" * 50, b"<html><script>alert(1)</script></html>", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"%PDF-1.7", b"PK\x03\x04" + b"\0" * 60,
        b"MZ" + b"\0" * 60, b"OggS" + b"\0" * 200, b"RIFF\0\0\0\0AVI LIST", b"ID3\x04\0\0", ID3 + b"<html>", b"\xff\xfb\xf0\x00", b"\xff\xd8\xff\xe0" + b"\0" * 50,
        WEBM.replace(b"A_OPUS", b"V_VP8\0A_OPUS"), b"\0\0\0\x20ftypmp42" + b"\0" * 40 + b"vide" + b"mp4a", b"\0\0\0\x20ftypheic" + b"\0" * 60,
    ],
)  # fmt: skip
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    assert kind_of(data) is None


@pytest.fixture
def version(db: None) -> Version:
    return small_version()


def _fresh(version: Version) -> Version:
    return Version.objects.with_content().get(pk=version.pk)


def _keep(
    version: Version, by: Any, *, language: str = "ar", data: bytes | None = None, key: str = "ever"
) -> Recording:
    slot = slot_of(version, "item", key, "label")
    return services.keep_recording(version=version, slot=slot, language=language, data=data or wav(), by=by)


def test_a_recording_is_heard_where_its_text_stands(version: Version, coordinator: Any) -> None:
    stamp = version.content_stamp
    recording = _keep(version, coordinator)
    fresh = _fresh(version)
    assert fresh.content_stamp != stamp
    assert audio_for(fresh, "ar") == {("item", "ever", "label"): address_of(recording)}
    assert audio_for(fresh, "vi") == {}
    assert address_of(recording).startswith(AUDIO_PATH)


def test_asking_where_takes_no_query(
    version: Version, coordinator: Any, django_assert_num_queries: Any
) -> None:
    _keep(version, coordinator)
    fresh = _fresh(version)
    with django_assert_num_queries(0):
        assert len(audio_for(fresh, "ar")) == 1


def test_another_text_is_not_spoken(version: Version, coordinator: Any) -> None:
    recording = _keep(version, coordinator)
    slot = slot_of(version, "item", "ever", "label")
    services.translate(version=version, slot=slot, language="ar", text="هل تعمل؟", by=coordinator)
    assert audio_for(_fresh(version), "ar") == {}
    again = services.keep_recording(version=version, slot=slot, language="ar", data=wav(), by=coordinator)
    assert again.pk == recording.pk
    assert len(audio_for(_fresh(version), "ar")) == 1


def test_what_has_no_text_or_is_never_read_aloud_takes_none(version: Version, coordinator: Any) -> None:
    with pytest.raises(services.NoTextError):
        _keep(version, coordinator, language="vi")
    for place in (("version", "", "intro"), ("section", "work", "title")):
        with pytest.raises(services.NoTextError):
            services.keep_recording(
                version=version, slot=slot_of(version, *place), language="ar", data=wav(), by=coordinator
            )
    for data in (b"no sound", wav() + b"\0" * MAX_BYTES):
        with pytest.raises(services.NotSoundError):
            _keep(version, coordinator, data=data)
    assert not Recording.objects.exists()


def test_the_file_goes_with_the_last_that_names_it(
    version: Version, coordinator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    one = _keep(version, coordinator)
    _keep(version, coordinator, key="field")
    name = str(one.file.name)
    slot = slot_of(version, "item", "ever", "label")
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_recording(version=version, slot=slot, language="ar", by=coordinator)
    assert default_storage.exists(name), "another text still speaks it"
    with django_capture_on_commit_callbacks(execute=True):
        _keep(version, coordinator, key="field", data=wav(tone=7))
    assert not default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_recording(version=version, slot=slot, language="ar", by=coordinator)


def test_a_new_version_takes_its_recordings_over(version: Version, coordinator: Any) -> None:
    _keep(version, coordinator)
    _keep(version, coordinator, language="de", data=wav(tone=3))
    draft, _new = services.store(
        specification=small_specification(title=both("Neu")), origin=Origin.FILES, by=None
    )
    for language in ("ar", "de"):
        assert audio_for(_fresh(draft), language) == audio_for(_fresh(version), language) != {}


def test_anybody_hears_it_by_its_hash(version: Version, coordinator: Any) -> None:
    data = wav()
    address = address_of(_keep(version, coordinator))
    answer = Client().get(address)
    assert answer.content == data
    assert answer["Content-Type"] == "audio/wav"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    for wrong in (
        address[:-3] + "mp3",
        address.replace("audio/", "audio/0"),
        AUDIO_PATH + "x.wav",
        AUDIO_PATH + "..%2fsettings",
    ):
        assert Client().get(wrong).status_code in (400, 404)


@pytest.mark.parametrize(
    ("wanted", "begin", "end"),
    [("bytes=0-3", 0, 4), ("bytes=10-", 10, None), ("bytes=-5", -5, None), ("bytes=5-999999", 5, None)],
)
def test_players_may_ask_for_a_part(
    version: Version, coordinator: Any, wanted: str, begin: int, end: int | None
) -> None:
    data = wav()
    answer = Client().get(address_of(_keep(version, coordinator)), headers={"Range": wanted})
    assert answer.status_code == 206
    assert answer.content == data[begin:end]
    assert Client().get(answer.wsgi_request.path, headers={"Range": "bytes=999999-"}).status_code == 416


def test_over_the_pages(version: Version, as_user: Any, counsellor: Any) -> None:
    arguments = {"pk": version.pk, "language": "ar", "name": "item.ever.label"}
    url = reverse("questionnaires:put_recording", kwargs=arguments)
    client = as_user(counsellor)
    bad = client.post(url, {"file": SimpleUploadedFile("sound.wav", b"<html>", content_type="audio/wav")})
    assert bad.status_code == 422
    assert "keine Tondatei" in bad.content.decode()
    assert client.post(url, {}).status_code == 422
    good = client.post(url, {"file": SimpleUploadedFile("x.exe", wav())}, follow=True)
    address = address_of(Recording.objects.get())
    assert f'src="{address}"' in good.content.decode()
    client.post(reverse("questionnaires:remove_recording", kwargs=arguments))
    assert not Recording.objects.exists()
    wrong = {"pk": version.pk, "language": "ar", "name": "section.work.title"}
    assert client.post(reverse("questionnaires:put_recording", kwargs=wrong), {"file": SimpleUploadedFile("a.wav", wav())}).status_code == 404  # fmt: skip
