"""Interviews of earlier waves: how they were held was known only where the business gave a consent."""

from django.db import migrations


def channels_of_consents(apps, schema_editor):
    consents = apps.get_model('businesses', 'BusinessConsent').objects.filter(interview__isnull=False).exclude(channel='on_site')
    interviews = apps.get_model('businesses', 'Interview').objects
    for interview, channel in consents.values_list('interview', 'channel').iterator():
        interviews.filter(pk=interview).update(channel=channel)


class Migration(migrations.Migration):

    dependencies = [
        ('businesses', '0008_field_positions_photos_and_hand_over'),
    ]

    operations = [
        migrations.RunPython(channels_of_consents, migrations.RunPython.noop, elidable=True),
    ]
