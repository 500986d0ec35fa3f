"""Several funders at once, and targets for single years."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def to_funders(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The one funder of a programme becomes the first of its funders; a reference without a name keeps its place."""
    programmes = apps.get_model("reporting", "Programme").objects.exclude(funder="", reference="")
    funders = apps.get_model("reporting", "ProgrammeFunder").objects
    for programme in programmes:
        funders.create(programme=programme, position=1, name=programme.funder or "–", reference=programme.reference)


def to_one_funder(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """All funders in one line, as far as it reaches; targets of single years have no place any more."""
    for programme in apps.get_model("reporting", "Programme").objects.prefetch_related("funders"):
        found = sorted(programme.funders.all(), key=lambda one: one.position)
        programme.funder = "; ".join(one.name for one in found if one.name != "–")[:300]
        programme.reference = "; ".join(one.reference for one in found if one.reference)[:100]
        programme.save(update_fields=["funder", "reference"])
    apps.get_model("reporting", "Target").objects.exclude(year=None).delete()


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_corrections_by_record_and_programme")]

    operations = [
        migrations.CreateModel(
            name="ProgrammeFunder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("name", models.CharField(max_length=300, verbose_name="funder")),
                ("reference", models.CharField(blank=True, max_length=100, verbose_name="funder's reference")),
                ("share", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="share in per cent")),
                ("programme", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="funders", to="reporting.programme")),
            ],
            options={
                "verbose_name": "funder of a programme",
                "verbose_name_plural": "funders of programmes",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "position"), name="reporting_funder_position"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="reporting_funder_named"),
                    models.CheckConstraint(
                        condition=models.Q(("share__isnull", True), models.Q(("share__gt", 0), ("share__lte", 100)), _connector="OR"),
                        name="reporting_funder_share",
                    ),
                ],
            },
        ),
        migrations.AddField("target", "year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
        migrations.RunPython(to_funders, to_one_funder),
        migrations.RemoveField("programme", "funder"),
        migrations.RemoveField("programme", "reference"),
        migrations.RemoveConstraint("target", "reporting_one_target_per_figure"),
        migrations.AddConstraint(
            "target",
            models.UniqueConstraint(fields=("programme", "figure", "year"), name="reporting_one_target_per_figure", nulls_distinct=False),
        ),
        migrations.AddConstraint(
            "target",
            models.CheckConstraint(
                condition=models.Q(("year__isnull", True), models.Q(("year__gte", 1990), ("year__lte", 2200)), _connector="OR"),
                name="reporting_target_year",
            ),
        ),
    ]
