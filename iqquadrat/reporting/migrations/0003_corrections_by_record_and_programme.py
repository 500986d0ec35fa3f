"""Corrections are found by their record, and told in the report of their programme."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0002_closed_periods'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='latechange',
            name='programme_code',
            field=models.CharField(blank=True, max_length=30, verbose_name='programme'),
        ),
        migrations.AddIndex(
            model_name='latechange',
            index=models.Index(fields=['object_type', 'object_id'], name='reporting_late_of_record'),
        ),
    ]
