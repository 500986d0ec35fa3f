"""How long this room keeps what it makes: frozen reports for good, the files made of them for two days."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.retention import Clock, Scope, register_clock
from iqquadrat.reporting.models import ReportFile


def _old_files(scope: Scope) -> QuerySet[ReportFile]:
    return ReportFile.objects.outlived().filter(report__centre_id=scope.centre_id)


def register_clocks() -> None:
    """Open the door to the retention run."""
    register_clock(Clock(
        key="report_files", label=_("Files of reports that were made"), months=1, fixed=True, order=84,
        text=_("Two days after they were ordered. The frozen figures stay, and a file can be made of them again at any time."),
        due=lambda scope: _old_files(scope).count(), clear=lambda scope: _old_files(scope).delete()[0],
    ))  # fmt: skip
