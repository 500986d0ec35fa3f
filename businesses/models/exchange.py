"""The register coming in from lists: a run, the rows it read, what is wrong with them, what came of them; and what values mean."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from businesses.enums import RowChoice, RowPlan
from businesses.models.register import Business
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.importing.models import FilePart, FileRun, FoundProblem, StagedRow, period_conditions

RESULTS: list[tuple[str, Promise]] = [
    ("made", _("new")), ("changed", _("changed")), ("same", _("were here already")), ("joined", _("put together with a row above")),
    ("skipped", _("left out")),
    ("undone", _("deleted again")), ("put_back", _("as before again")), ("kept", _("stayed")),
]  # fmt: skip
WITHOUT_ASKING = (RowPlan.NEW, RowPlan.CHANGED, RowPlan.SAME)


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    """Runs; ``visible_to`` first, always."""

    def visible_to(self, user: User) -> Self:
        """One's own: the file lies in the hands of whoever brought it."""
        if not user.may(Permission.BUSINESS_IMPORT):
            return self.none()
        return self.filter(centre_id=user.centre_id, created_by_id=user.pk)


class RegisterImport(FileRun):
    """One list of businesses on its way into the register."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="register_imports"
    )

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of businesses")
        verbose_name_plural = _("imports of businesses")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name=f"businesses_import_{name}", condition=condition)
            for name, condition in period_conditions().items()
        ]
        indexes = [models.Index(fields=["created_by", "-created_at"], name="businesses_import_of_user")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def result_lines(self) -> list[tuple[Promise, int]]:
        """What came of it, in words and numbers; what came to nothing is left out."""
        return [(label, self.result[key]) for key, label in RESULTS if self.result.get(key)]


class RegisterFilePart(FilePart):
    """A piece of the uploaded list."""

    run = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="file_parts")

    class Meta:
        verbose_name = _("piece of an uploaded file")
        verbose_name_plural = _("pieces of uploaded files")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="businesses_file_part_once")]


class RegisterRowQuerySet(models.QuerySet["RegisterRow"]):
    """Rows."""

    def doubtful(self) -> Self:
        """Those that may be here already."""
        return self.filter(plan=RowPlan.DOUBT)

    def undecided(self) -> Self:
        """Doubtful ones about which nobody has said anything."""
        return self.doubtful().filter(choice="")

    def coming(self) -> Self:
        """Those that change the register, as it is decided now."""
        return self.filter(
            Q(plan__in=[RowPlan.NEW, RowPlan.CHANGED])
            | Q(plan=RowPlan.DOUBT, choice__in=[RowChoice.CREATE, RowChoice.UPDATE])
        )


class RegisterRow(StagedRow):
    """One row of the list: as it stood there, and after the check as it will be stored."""

    run = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="staged_rows")
    # What will be stored; null before the check and where something is wrong.
    facts = models.JSONField(_("facts"), null=True, encoder=DjangoJSONEncoder)
    reference = models.CharField(_("own number"), max_length=60, blank=True)
    # By what two rows are the same: the door and the folded name.
    place_key = models.CharField(max_length=400, blank=True)
    plan = models.CharField(_("what becomes of it"), max_length=10, choices=RowPlan, blank=True)
    match = models.ForeignKey(Business, null=True, on_delete=models.SET_NULL, related_name="+")
    # The first row of the list that says the same; null for that one itself.
    match_line = models.PositiveIntegerField(null=True)
    changes = ArrayField(models.CharField(max_length=40), verbose_name=_("what changes"), default=list)
    choice = models.CharField(_("decision"), max_length=10, choices=RowChoice, blank=True)
    # The row above that this one is the same business as, where somebody has said so.
    chosen_line = models.PositiveIntegerField(null=True)

    objects = RegisterRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import of businesses")
        verbose_name_plural = _("rows of imports of businesses")
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["run", "line"], name="businesses_row_once"),
            models.CheckConstraint(
                name="businesses_row_planned",
                condition=Q(facts__isnull=True, plan="") | Q(facts__isnull=False, plan__in=RowPlan.values),
            ),
            models.CheckConstraint(
                name="businesses_row_choice",
                condition=Q(choice="") | Q(plan=RowPlan.DOUBT, choice__in=RowChoice.values),
            ),
            models.CheckConstraint(
                name="businesses_row_chosen_above",
                condition=Q(chosen_line__isnull=True) | Q(choice=RowChoice.UPDATE, chosen_line__lt=F("line")),
            ),
        ]
        indexes = [models.Index(fields=["run", "place_key", "line"], name="businesses_row_place_line")]


class RegisterProblem(FoundProblem):
    """What is wrong with one cell, in words."""

    run = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="problems")

    class Meta:
        verbose_name = _("error in an import of businesses")
        verbose_name_plural = _("errors in imports of businesses")
        ordering = ["line", "column", "pk"]
        indexes = [models.Index(fields=["run", "line", "column"], name="businesses_problem_place")]


class RegisterRecord(models.Model):
    """What one row became, for taking it back. ``before`` holds what a changed business said, ``revision`` how it stood afterwards."""

    run = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="records")
    line = models.PositiveIntegerField(_("line"))
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="+")
    was_made = models.BooleanField(default=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    revision = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("imported business")
        verbose_name_plural = _("imported businesses")
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["run", "line"], name="businesses_imported_once"),
            models.CheckConstraint(
                name="businesses_imported_before", condition=Q(was_made=False) | Q(before={})
            ),
        ]

    def __str__(self) -> str:
        return str(self.line)


class ValueMeaning(models.Model):
    """What a centre has said that a value of its lists means: proposed when a list has it again. An empty code leaves the field empty."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.CASCADE, related_name="+")
    field = models.CharField(_("field"), max_length=40)
    # Folded: however it is spelled.
    written = models.CharField(_("value"), max_length=400)
    code = models.CharField(_("meaning"), max_length=40, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("meaning of a value")
        verbose_name_plural = _("meanings of values")
        constraints = [
            models.UniqueConstraint(fields=["centre", "field", "written"], name="businesses_value_once"),
            models.CheckConstraint(name="businesses_value_written", condition=~Q(field="") & ~Q(written="")),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.written}"
