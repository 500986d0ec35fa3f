"""The six questions at the door of a business that refused."""

from collections.abc import Sequence

from django.db import transaction

from businesses.enums import Disposition
from businesses.errors import NoRefusalError, NothingToldError
from businesses.models import ContactAttempt, Doorstep
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def note_doorstep(
    *,
    attempt: ContactAttempt,
    by: User,
    branch_words: str = "",
    size_band: str = "",
    since_year: int | None = None,
    since_band: str = "",
    languages: Sequence[str] = (),
    trains: str = "",
    come_again: str = "",
    contact: str = "",
) -> Doorstep:
    """Keep what was told at the door; an attempt has one form, and sending it again replaces what was told.

    A year is worth more than a band: where both come, the band goes. Raises ``NoRefusalError`` when the attempt is no refusal,
    ``NothingToldError`` when no question was answered.
    """
    attempt = (
        ContactAttempt.objects.select_for_update(of=("self",)).select_related("unit__wave").get(pk=attempt.pk)
    )
    if attempt.disposition != Disposition.REFUSAL:
        raise NoRefusalError
    told = {
        "branch_words": branch_words.strip(), "size_band": size_band, "since_year": since_year,
        "since_band": "" if since_year else since_band, "languages": list(languages), "trains": trains,
        "come_again": come_again, "contact": contact.strip(),
    }  # fmt: skip
    if not any(told.values()):
        raise NothingToldError
    stored = Doorstep.objects.filter(attempt=attempt).first()
    if stored and all(getattr(stored, name) == value for name, value in told.items()):
        return stored
    form, new = Doorstep.objects.update_or_create(attempt=attempt, defaults=told)
    record(
        Action.CREATE if new else Action.CHANGE, by=by, obj=form, centre_id=attempt.unit.wave.centre_id,
        answered=[name for name, value in told.items() if value],
    )  # fmt: skip
    return form
