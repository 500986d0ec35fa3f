"""A copy that coordinators edit has an origin of its own, so that an update of the programme leaves it in use."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0004_translations_reviewed_spoken_and_remembered")]

    operations = [
        migrations.AlterField(
            model_name="version",
            name="origin",
            field=models.CharField(
                choices=[
                    ("files", "delivered with the programme"),
                    ("workbook", "from a workbook"),
                    ("editor", "edited here"),
                ],
                default="files",
                max_length=10,
                verbose_name="origin",
            ),
        ),
    ]
