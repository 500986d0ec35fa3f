"""Which files are sound, told by what stands in them and never by their names; and where the recordings of a version are heard."""

import re

from django.urls import reverse

from iqquadrat.questionnaires.enums import AudioKind, Element
from iqquadrat.questionnaires.models import Recording, Version
from iqquadrat.questionnaires.specification import source_hash
from iqquadrat.questionnaires.texts import Slot, slots

MAX_BYTES = 5 * 1024 * 1024
CONTENT_TYPES = {
    AudioKind.OGG: "audio/ogg",
    AudioKind.WEBM: "audio/webm",
    AudioKind.MP3: "audio/mpeg",
    AudioKind.M4A: "audio/mp4",
    AudioKind.WAV: "audio/wav",
}
# Sound or picture is said near the beginning; a film is told by its picture track.
_HEAD = 8192
_FRAME = re.compile(rb"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]", re.DOTALL)


def kind_of(data: bytes) -> AudioKind | None:
    """Return what a file is, or None when it is none of the kinds a browser plays as sound."""
    head = data[:_HEAD]
    if head.startswith(b"OggS"):
        return AudioKind.OGG if b"OpusHead" in head[:200] or b"\x01vorbis" in head[:200] else None
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        sounds = b"A_OPUS" in head or b"A_VORBIS" in head
        return AudioKind.WEBM if b"webm" in head[:64] and sounds and b"V_" not in head else None
    if head[4:8] == b"ftyp":
        # The description of the tracks stands at the end where nobody moved it to the front.
        return AudioKind.M4A if (b"mp4a" in data or b"Opus" in data) and b"vide" not in data else None
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return AudioKind.WAV if b"fmt " in head[12:200] else None
    return AudioKind.MP3 if _is_mp3(data) else None


def _is_mp3(data: bytes) -> bool:
    """An MP3 begins with frames, or with an ID3 mark and frames behind it."""
    begin = 0
    if data.startswith(b"ID3"):
        if len(data) < 10:
            return False
        size = 0
        for byte in data[6:10]:
            size = size * 128 + (byte & 0x7F)
        begin = 10 + size
    head = data[begin : begin + 4]
    if len(head) < 4 or not _FRAME.match(head):
        return False
    layer, rate, sampling = (head[1] >> 1) & 3, head[2] >> 4, (head[2] >> 2) & 3
    return layer == 1 and rate not in (0, 15) and sampling != 3


def address_of(recording: Recording) -> str:
    """Return where a recording is heard: an address by its content, that never means another one."""
    return reverse("questionnaires:audio", kwargs={"name": f"{recording.sha256}.{recording.kind}"})


def may_be_spoken(slot: Slot) -> bool:
    """Whether a text is read aloud: questions, hints and answers. What a probe shows and its answers, which stay German, are not."""
    return slot.element == Element.ITEM or (slot.element == Element.CHOICE and not slot.fixed)


def audio_for(version: Version, language: str) -> dict[tuple[str, str, str], str]:
    """Return where the texts of a version, in memory with its content, are heard in a language: (element, key, field) to address.

    A recording of another wording is left out: nobody hears what does not stand there. Pure: asks the database nothing.
    """
    recorded = {one.place: one for one in version.recordings.all() if one.language == language}
    if not recorded:
        return {}
    return {
        slot.place: address_of(recorded[slot.place])
        for slot in slots(version)
        if slot.place in recorded
        and may_be_spoken(slot)
        and recorded[slot.place].text_hash == source_hash(slot.text(language))
    }
