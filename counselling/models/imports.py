"""Coming from spreadsheets: a run, the rows it read, what is wrong with them, and what came of them.

Rows, problems and the file are there to be worked on and go when that is over: right after the import, at the latest 14 days after
the file came. What was made by a run is remembered as long as it can be undone.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.models.client import Client
from counselling.models.consultation import Consultation
from counselling.models.short_contact import ShortContact
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.importing.models import FilePart, FileRun, FoundProblem, StagedRow, period_conditions

RESULTS: list[tuple[str, Promise]] = [
    ("client", _("clients")), ("consultation", _("consultations")), ("short_contact", _("short contacts")),
    ("same", _("were here already")), ("skipped", _("left out")), ("undone", _("deleted again")), ("kept", _("stayed")),
]  # fmt: skip


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Runs; ``visible_to`` first, always."""

    def visible_to(self, user: User) -> "ImportRunQuerySet":
        """One's own: the file lies in the hands of whoever brought it, with all that stands in it."""
        if not user.may(Permission.CLIENT_IMPORT):
            return self.none()
        return self.filter(centre_id=user.centre_id, created_by_id=user.pk)


class ImportRun(FileRun):
    """One file on its way in."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="import_runs"
    )
    kind = models.CharField(_("what comes in"), max_length=15, choices=enums.ImportKind)
    # The numbers kept free for the new clients, by year: the first one and how many.
    numbers = models.JSONField(default=dict, editable=False)
    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name=f"import_run_{name}", condition=condition)
            for name, condition in period_conditions().items()
        ]
        indexes = [models.Index(fields=["created_by", "-created_at"], name="import_run_of_user")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def result_lines(self) -> list[tuple[Promise, int]]:
        """What came of it, in words and numbers; what came to nothing is left out."""
        return [(label, self.result[key]) for key, label in RESULTS if self.result.get(key)]


class ImportFilePart(FilePart):
    """A piece of the uploaded file, until it is read: in pieces, so that no process holds it whole."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="file_parts")

    class Meta:
        verbose_name = _("piece of an uploaded file")
        verbose_name_plural = _("pieces of uploaded files")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_file_part_once")]


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    """Rows."""

    def doubtful(self) -> "ImportRowQuerySet":
        """Those that may be here already."""
        return self.filter(facts__isnull=False).exclude(grounds=[])

    def undecided(self) -> "ImportRowQuerySet":
        """Doubtful ones about which nobody has said anything."""
        return self.doubtful().filter(choice="")


class ImportRow(StagedRow):
    """One row of the file: as it stood there, and after the check as it will be stored."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="staged_rows")
    # What will be stored; null before the check and where something is wrong.
    facts = models.JSONField(_("facts"), null=True, encoder=DjangoJSONEncoder)
    # The number this person had in the old list: past consultations find the client by it.
    reference = models.CharField(_("own number"), max_length=60, blank=True)
    # By what two rows are the same: the whole name (or client and time), each name alone, exact birth date, phone.
    whole_key = models.CharField(max_length=300, blank=True)
    part_keys = ArrayField(models.CharField(max_length=80), default=list)
    birth_date = models.DateField(null=True)
    phone_key = models.CharField(max_length=40, blank=True)
    # Who or what is here already, and by what it was known again.
    match = models.ForeignKey(Client, null=True, on_delete=models.SET_NULL, related_name="+")
    match_line = models.PositiveIntegerField(null=True)
    grounds = ArrayField(models.CharField(max_length=10, choices=enums.MatchGround), default=list)
    choice = models.CharField(_("decision"), max_length=10, choices=enums.ImportChoice, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="import_row_once")]

    def __str__(self) -> str:
        return str(self.line)

    @property
    def ground_labels(self) -> list[str]:
        """In words what it has in common with the other one."""
        return [str(enums.MatchGround(ground).label) for ground in self.grounds]


class ImportProblem(FoundProblem):
    """What is wrong with one cell, in words."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")

    class Meta:
        verbose_name = _("error in an import")
        verbose_name_plural = _("errors in imports")
        ordering = ["line", "column", "pk"]
        indexes = [models.Index(fields=["run", "line", "column"], name="import_problem_place")]


class ImportedRecord(models.Model):
    """What one row became: for taking it back, and for past consultations that name the old number."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="records")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField(_("line"))
    reference = models.CharField(_("own number"), max_length=60, blank=True)
    # False: the row belongs to a person who was here before; nothing was made.
    was_made = models.BooleanField(default=True)
    client = models.ForeignKey(Client, null=True, on_delete=models.CASCADE, related_name="+")
    consultation = models.ForeignKey(Consultation, null=True, on_delete=models.CASCADE, related_name="+")
    short_contact = models.ForeignKey(ShortContact, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        ordering = ["line"]
        constraints = [
            models.CheckConstraint(
                name="imported_record_is_one_thing",
                condition=Q(client__isnull=False, consultation__isnull=True, short_contact__isnull=True)
                | Q(client__isnull=True, consultation__isnull=False, short_contact__isnull=True)
                | Q(client__isnull=True, consultation__isnull=True, short_contact__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["run", "line"], name="imported_record_of_run"),
            models.Index(
                fields=["centre", "reference"],
                condition=~Q(reference=""),
                name="imported_record_by_reference",
            ),
        ]

    def __str__(self) -> str:
        return str(self.line)


class ImportMapping(models.Model):
    """What a centre said about a list with these columns: the next one of the kind need not be explained again."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.CASCADE, related_name="import_mappings"
    )
    kind = models.CharField(_("what comes in"), max_length=15, choices=enums.ImportKind)
    header_key = models.CharField(max_length=64)
    # By the folded name of a column: which field it is; by field and folded value: which code.
    columns = models.JSONField(default=dict)
    meanings = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        constraints = [
            models.UniqueConstraint(fields=["centre", "kind", "header_key"], name="import_mapping_once")
        ]

    def __str__(self) -> str:
        return self.kind
