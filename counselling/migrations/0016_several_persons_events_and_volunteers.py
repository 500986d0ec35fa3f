"""Several persons in one contact, lists of events, volunteers' hours."""

import django.db.models.deletion
import uuid
from typing import Any
from django.conf import settings
from django.db import migrations, models


def name_events(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's signature
    """Give every event that is there already an address of its own."""
    events = apps.get_model("counselling", "GroupEvent")
    for event in events.objects.filter(public_id__isnull=True).only("pk"):
        events.objects.filter(pk=event.pk).update(public_id=uuid.uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_what_clients_are_told'),
        ('counselling', '0015_keys_found_by_one_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='groupevent',
            name='minutes',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes'),
        ),
        migrations.AddField(
            model_name='groupevent',
            name='place',
            field=models.CharField(blank=True, max_length=200, verbose_name='place'),
        ),
        migrations.AddField(
            model_name='groupevent',
            name='public_id',
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunPython(name_events, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='groupevent',
            name='public_id',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name='groupevent',
            name='submission',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='groupevent',
            name='topic',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='counselling.topic', verbose_name='topic'),
        ),
        migrations.AddField(
            model_name='groupevent',
            name='volunteers',
            field=models.CharField(blank=True, max_length=300, verbose_name='volunteers who helped'),
        ),
        migrations.AlterField(
            model_name='groupevent',
            name='kind',
            field=models.CharField(choices=[('information', 'information event'), ('course', 'course'), ('outreach', 'outreach'), ('other', 'other event')], default='information', max_length=15, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='counselling.client', verbose_name='client')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='counselling.consultation', verbose_name='consultation')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendances',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('consultation', 'client'), name='attendance_counts_once')],
            },
        ),
        migrations.CreateModel(
            name='EventAttendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('came', models.BooleanField(blank=True, null=True, verbose_name='was there')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='event_attendances', to='counselling.client', verbose_name='client')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='counselling.groupevent', verbose_name='group event')),
            ],
            options={
                'verbose_name': 'event attendance',
                'verbose_name_plural': 'event attendances',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('event', 'client'), name='event_attendance_counts_once')],
            },
        ),
        migrations.CreateModel(
            name='VolunteerWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('submission', models.UUIDField(editable=False, null=True, unique=True)),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name or pseudonym')),
                ('on', models.DateField(verbose_name='day')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('activity', models.CharField(choices=[('interpreting', 'interpreting'), ('counselling', 'helping with counselling'), ('accompaniment', 'accompaniment'), ('forms', 'filling in forms together'), ('language', 'practising German'), ('event', 'events and courses'), ('computer', 'help at the PC'), ('office', 'office and organisation'), ('other', 'other')], max_length=20, verbose_name='activity')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('programme_code', models.CharField(blank=True, db_index=True, max_length=30, verbose_name='programme')),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.centre', verbose_name='centre')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': "volunteers' hours",
                'verbose_name_plural': "volunteers' hours",
                'ordering': ['-on', '-pk'],
                'indexes': [models.Index(fields=['centre', '-on'], name='volunteer_work_of_centre')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('user__isnull', False)), models.Q(('user__isnull', True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='volunteer_work_by_account_or_name'), models.CheckConstraint(condition=models.Q(('minutes__range', (1, 1440))), name='volunteer_work_minutes_of_a_day')],
            },
        ),
    ]
