"""That nothing gets lost, and that nobody gets in or comes back: backups, second factors, the list of the erased."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Role
from iqquadrat.operations.backup.keeping import last_backup
from iqquadrat.operations.doctor.findings import Asked, Finding, fault, ok, skipped, warning

# A nightly backup that failed once; one that has failed for days.
LATE, TOO_LATE = timedelta(hours=30), timedelta(days=3)
# Since when an account has one, in versions that know it.
FACTOR = "second_factor_since"


def is_backed_up(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """The last good backup is not older than a night."""
    if not settings.BACKUP_FOLDER:
        yield fault(
            _("No folder for backups is named."),
            _("Set IQ_BACKUP_FOLDER and start the timer: systemctl enable --now iqquadrat-backup.timer"),
        )
        return
    last = last_backup()
    advice = _("Look at: journalctl -u iqquadrat-backup; make one now: systemctl start iqquadrat-backup")
    if last is None:
        yield fault(_("There is no good backup yet."), advice)
        return
    if not last.is_there:
        yield fault(
            _("The file of the last backup is gone or was changed: %(file)s.") % {"file": last.path}, advice
        )
        return
    words = {"moment": date_format(timezone.localtime(last.at), "SHORT_DATETIME_FORMAT")}
    age = timezone.now() - last.at
    if age > TOO_LATE:
        yield fault(_("The last good backup is of %(moment)s.") % words, advice)
    elif age > LATE:
        yield warning(_("The last good backup is of %(moment)s.") % words, advice)
    else:
        yield ok(_("The last good backup is of %(moment)s.") % words)


def erasures_are_listed(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """The list of the erased lies outside the database, where the site may write."""
    if not settings.ERASURE_LIST:
        yield fault(
            _(
                "Erasures are not written down outside the database: a restored backup would bring the erased back."
            ),
            _("Name a file in IQ_ERASURE_LIST, for example /var/lib/iqquadrat/erased.jsonl."),
        )
        return
    path = Path(settings.ERASURE_LIST)
    place = path if path.exists() else path.parent
    if path.is_dir() or not place.exists() or not os.access(place, os.W_OK):
        yield fault(
            _("The list of the erased cannot be written: nobody can be erased."),
            _("Let the site write the file of IQ_ERASURE_LIST and its folder."),
        )
    else:
        yield ok(_("Erasures are written down outside the database."))


def second_factors_are_set(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """Who can see or change much signs in with more than a password."""
    if FACTOR not in {field.name for field in User._meta.get_fields()}:
        yield skipped(_("This version knows the sign-in by password only."))
        return
    strong = User.objects.filter(
        is_active=True, roles__overlap=[Role.COORDINATOR.value, Role.ADMINISTRATOR.value]
    )
    lacking = strong.filter(Q((FACTOR, None))).count()
    if lacking:
        yield warning(
            _("Coordinators and administrators without a second factor: %(count)s.") % {"count": lacking},
            _(
                "Ask them to set one up at “My account”; IQ_SECOND_FACTOR=required asks for it at the next sign-in."
            ),
        )
    else:
        yield ok(_("All coordinators and administrators have a second factor."))
