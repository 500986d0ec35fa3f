"""Consent texts: those that come with the site, versions of a centre's own, read and found good."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from counselling.consents import shipped
from counselling.enums import Purpose
from counselling.errors import ConsentTextUsedError, NotAllowedError, RecordChangedError
from counselling.models import Consent, ConsentText, ConsentVersion
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.submissions import take_turns

_USES: list[Callable[[ConsentVersion], bool]] = []


@transaction.atomic
def ensure_consent_texts() -> None:
    """Bring the versions that come with the site up to what is delivered.

    A language that is not here yet is added. A draft follows the delivered words only until the first person has agreed to
    its version: what somebody agreed to, or what somebody has read and found good, stays as it is.
    """
    for entry in shipped():
        version, _made = ConsentVersion.objects.get_or_create(
            centre=None, purpose=entry.purpose, version=entry.version
        )
        here = {text.language: text for text in version.texts.all()}
        ConsentText.objects.bulk_create(
            ConsentText(version=version, language=language, text=text)
            for language, text in entry.texts.items()
            if language not in here
        )
        drafts = [
            text for language, text in here.items()
            if text.reviewed_at is None and entry.texts.get(language, text.text) != text.text
        ]  # fmt: skip
        if drafts and not is_used(version):
            for text in drafts:
                text.text = entry.texts[text.language]
                text.revision += 1
            ConsentText.objects.bulk_update(drafts, ["text", "revision"])


def _allowed(by: User) -> None:
    if not by.may(Permission.CONSENT_TEXT_WRITE):
        raise NotAllowedError


@transaction.atomic
def create_consent_version(
    *, purpose: str, texts: Mapping[str, str], by: User, submission: UUID | None = None
) -> ConsentVersion:
    """Write a new version for the own centre: from now on it is what clients are asked to agree to.

    A text that is word for word that of the version before keeps its mark of having been read. German is needed.
    """
    _allowed(by)
    take_turns(submission)
    if submission and (twin := ConsentVersion.objects.filter(submission=submission).first()):
        return twin
    before = ConsentVersion.objects.of_centre(by.centre_id).newest_first().filter(purpose=purpose).first()
    known = {text.language: text for text in before.texts.all()} if before else {}
    version = ConsentVersion.objects.create(
        centre=by.centre, purpose=Purpose(purpose), version=_next_name(purpose, by), made_by=by, submission=submission
    )  # fmt: skip
    ConsentText.objects.bulk_create(
        _same(version, known[language]) if language in known and known[language].text == text
        else ConsentText(version=version, language=language, text=text, written_by=by)
        for language, text in texts.items()
        if text
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=version, purpose=purpose, version=version.version)
    return version


def _same(version: ConsentVersion, text: ConsentText) -> ConsentText:
    return ConsentText(
        version=version, language=text.language, text=text.text, written_at=text.written_at, written_by=text.written_by,
        reviewed_at=text.reviewed_at, reviewed_by=text.reviewed_by,
    )  # fmt: skip


def _next_name(purpose: str, by: User) -> str:
    """The year and a number that no version of this purpose has here."""
    year = timezone.localdate().year
    taken = set(
        ConsentVersion.objects.of_centre(by.centre_id)
        .filter(purpose=purpose)
        .values_list("version", flat=True)
    )
    return next(name for number in range(1, 1000) if (name := f"{year}-{number}") not in taken)


def register_use(use: Callable[[ConsentVersion], bool]) -> None:
    """Let a higher room say where else somebody has agreed to a version."""
    if use not in _USES:
        _USES.append(use)


def is_used(version: ConsentVersion) -> bool:
    """Tell whether somebody has agreed to this version, in whichever room."""
    agreed = Consent.objects.filter(purpose=version.purpose, text_version=version.version)
    here = agreed.filter(client__centre_id=version.centre_id) if version.centre_id else agreed
    return here.exists() or any(use(version) for use in _USES)


@transaction.atomic
def change_consent_text(
    *, version: ConsentVersion, language: str, text: str, by: User, revision: int | None = None
) -> ConsentText:
    """Correct a text, or add a language. Raises ``RecordChangedError`` when it is newer than ``revision`` (0: none), and ``ConsentTextUsedError`` for a text that somebody has agreed to already."""
    _own(version, by)
    # Two who add the same language take turns, too.
    ConsentVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    stored = ConsentText.objects.filter(version=version, language=language).first()
    if stored is not None and stored.text == text:
        return stored
    if stored is not None and is_used(version):
        raise ConsentTextUsedError
    if revision is not None and revision != (stored.revision if stored else 0):
        raise RecordChangedError
    stored = stored or ConsentText(version=version, language=language, revision=0)
    stored.text, stored.written_by, stored.written_at = text, by, timezone.now()
    stored.revision += 1
    stored.reviewed_at = stored.reviewed_by = None
    stored.save()
    record(Action.CHANGE, by=by, obj=version, language=language)
    return stored


@transaction.atomic
def review_consent_text(*, text: ConsentText, by: User, good: bool = True) -> ConsentText:
    """Note that somebody who speaks the language has read the text and found it good, or take that back."""
    _own(text.version, by)
    stored = ConsentText.objects.select_for_update(of=("self",)).get(pk=text.pk)
    if bool(stored.reviewed_at) != good:
        stored.reviewed_at, stored.reviewed_by = (timezone.now(), by) if good else (None, None)
        stored.save()
        record(Action.CHANGE, by=by, obj=text.version, language=text.language, fields=["reviewed_at"])
    return stored


def _own(version: ConsentVersion, by: User) -> None:
    """A text of the site is changed by nobody: whoever wants another one writes a version of the own centre."""
    _allowed(by)
    if version.centre_id != by.centre_id:
        raise NotAllowedError
