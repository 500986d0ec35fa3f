"""Reports that are counted once and stand, what of them is public, and files made of them."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_how_to_get_there'),
        ('reporting', '0004_funders_and_targets_a_year'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FrozenReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('attempt', models.PositiveIntegerField(default=0, editable=False, verbose_name='attempt')),
                ('queued_at', models.DateTimeField(editable=False, null=True, verbose_name='handed over')),
                ('heard_at', models.DateTimeField(editable=False, null=True, verbose_name='last heard of')),
                ('done', models.PositiveIntegerField(default=0, editable=False, verbose_name='done')),
                ('total', models.PositiveIntegerField(default=0, editable=False, verbose_name='of')),
                ('stop_asked', models.BooleanField(default=False, editable=False, verbose_name='end asked for')),
                ('fault', models.CharField(blank=True, editable=False, max_length=30, verbose_name='fault')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('state', models.CharField(choices=[('counting', 'is being counted'), ('cancelled', 'cancelled'), ('draft', 'waits for approval'), ('sent_back', 'sent back'), ('approved', 'approved'), ('handed_in', 'handed in')], default='counting', max_length=10, verbose_name='state')),
                ('content', models.TextField(blank=True, editable=False, verbose_name='figures')),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='hash')),
                ('counted_at', models.DateTimeField(editable=False, null=True, verbose_name='counted')),
                ('software', models.CharField(blank=True, editable=False, max_length=60, verbose_name='software')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved')),
                ('sent_back_at', models.DateTimeField(blank=True, null=True, verbose_name='sent back')),
                ('sent_back_reason', models.CharField(blank=True, max_length=500, validators=[django.core.validators.MinLengthValidator(10)], verbose_name='reason')),
                ('handed_in_on', models.DateField(blank=True, null=True, verbose_name='handed in on')),
                ('handed_in_to', models.CharField(blank=True, max_length=200, verbose_name='handed in to')),
                ('submission', models.UUIDField(editable=False, null=True, unique=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by')),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.centre', verbose_name='centre')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                ('handed_in_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed in by')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frozen_reports', to='reporting.programme', verbose_name='programme')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='reporting.frozenreport', verbose_name='replaces')),
                ('sent_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent back by')),
            ],
            options={
                'verbose_name': 'frozen report',
                'verbose_name_plural': 'frozen reports',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PublishedReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('content', models.TextField(editable=False, verbose_name='public figures')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='hash')),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='published')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='reporting.frozenreport', verbose_name='frozen report')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by')),
            ],
            options={
                'verbose_name': 'published report',
                'verbose_name_plural': 'published reports',
                'ordering': ['-published_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('attempt', models.PositiveIntegerField(default=0, editable=False, verbose_name='attempt')),
                ('queued_at', models.DateTimeField(editable=False, null=True, verbose_name='handed over')),
                ('heard_at', models.DateTimeField(editable=False, null=True, verbose_name='last heard of')),
                ('done', models.PositiveIntegerField(default=0, editable=False, verbose_name='done')),
                ('total', models.PositiveIntegerField(default=0, editable=False, verbose_name='of')),
                ('stop_asked', models.BooleanField(default=False, editable=False, verbose_name='end asked for')),
                ('fault', models.CharField(blank=True, editable=False, max_length=30, verbose_name='fault')),
                ('kind', models.CharField(choices=[('pdf_de', 'PDF, German'), ('pdf_en', 'PDF, English'), ('xlsx', 'XLSX'), ('public', 'Public version, PDF')], max_length=10, verbose_name='kind')),
                ('state', models.CharField(choices=[('working', 'in work'), ('ready', 'ready'), ('cancelled', 'cancelled')], default='working', max_length=10, verbose_name='state')),
                ('content', models.BinaryField(null=True, verbose_name='file')),
                ('submission', models.UUIDField(editable=False, null=True, unique=True)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='reporting.frozenreport', verbose_name='frozen report')),
            ],
            options={
                'verbose_name': 'file of a report',
                'verbose_name_plural': 'files of reports',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='frozenreport',
            index=models.Index(fields=['centre', '-created_at'], name='reporting_frozen_of_centre'),
        ),
        migrations.AddConstraint(
            model_name='frozenreport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['counting', 'cancelled', 'draft', 'sent_back', 'approved', 'handed_in'])), name='reporting_frozen_state'),
        ),
        migrations.AddConstraint(
            model_name='frozenreport',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='reporting_frozen_period'),
        ),
        migrations.AddConstraint(
            model_name='frozenreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counted_at__isnull', False), ('state__in', ('draft', 'sent_back', 'approved', 'handed_in')), models.Q(('content', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), models.Q(models.Q(('state__in', ('draft', 'sent_back', 'approved', 'handed_in')), _negated=True), ('content', ''), ('counted_at__isnull', True), ('sha256', '')), _connector='OR'), name='reporting_frozen_with_content'),
        ),
        migrations.AddConstraint(
            model_name='frozenreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), models.Q(models.Q(('approved_at__isnull', False), ('state__in', ('approved', 'handed_in'))), models.Q(models.Q(('state__in', ('approved', 'handed_in')), _negated=True), ('approved_at__isnull', True)), _connector='OR')), name='reporting_frozen_approved'),
        ),
        migrations.AddConstraint(
            model_name='frozenreport',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), ('created_by__isnull', True), models.Q(('approved_by', models.F('created_by')), _negated=True), _connector='OR'), name='reporting_frozen_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='frozenreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('sent_back_at__isnull', True), ('sent_back_by__isnull', True), ('sent_back_reason', '')), models.Q(('sent_back_at__isnull', False), ('sent_back_by__isnull', False), models.Q(('sent_back_reason', ''), _negated=True)), _connector='OR'), models.Q(models.Q(('sent_back_at__isnull', False), ('state', 'sent_back')), models.Q(models.Q(('state', 'sent_back'), _negated=True), ('sent_back_at__isnull', True)), _connector='OR')), name='reporting_frozen_sent_back'),
        ),
        migrations.AddConstraint(
            model_name='frozenreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('handed_in_by__isnull', True), ('handed_in_on__isnull', True), ('handed_in_to', '')), models.Q(('handed_in_by__isnull', False), ('handed_in_on__isnull', False), models.Q(('handed_in_to', ''), _negated=True)), _connector='OR'), models.Q(models.Q(('handed_in_on__isnull', False), ('state', 'handed_in')), models.Q(models.Q(('state', 'handed_in'), _negated=True), ('handed_in_on__isnull', True)), _connector='OR')), name='reporting_frozen_handed_in'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='frozenreport',
            trigger=pgtrigger.compiler.Trigger(name='stays_as_counted', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.sha256 <> '' AND (OLD.public_id IS DISTINCT FROM NEW.public_id OR OLD.centre_id IS DISTINCT FROM NEW.centre_id OR OLD.programme_id IS DISTINCT FROM NEW.programme_id OR OLD.starts_on IS DISTINCT FROM NEW.starts_on OR OLD.ends_on IS DISTINCT FROM NEW.ends_on OR OLD.content IS DISTINCT FROM NEW.content OR OLD.sha256 IS DISTINCT FROM NEW.sha256 OR OLD.counted_at IS DISTINCT FROM NEW.counted_at OR OLD.software IS DISTINCT FROM NEW.software OR OLD.replaces_id IS DISTINCT FROM NEW.replaces_id))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='48427b056d47e8a45af6fd57b64019d2f8b01031', operation='UPDATE', pgid='pgtrigger_stays_as_counted_e34dc', table='reporting_frozenreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='frozenreport',
            trigger=pgtrigger.compiler.Trigger(name='stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."sha256" > \'\')', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='467ed8a4b1ec99b5ff6b90e5861d231376048d1b', operation='DELETE', pgid='pgtrigger_stays_044fc', table='reporting_frozenreport', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='publishedreport',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('report',), name='reporting_published_once'),
        ),
        migrations.AddConstraint(
            model_name='publishedreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='reporting_withdrawn'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedreport',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='263b270b71838993a29246977fe5730899727b59', operation='UPDATE', pgid='pgtrigger_append_only_3ecff', table='reporting_publishedreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedreport',
            trigger=pgtrigger.compiler.Trigger(name='withdrawn_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."withdrawn_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3504b6f951fa8142fe8c280139c4930698c6e5b7', operation='UPDATE', pgid='pgtrigger_withdrawn_once_403e0', table='reporting_publishedreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedreport',
            trigger=pgtrigger.compiler.Trigger(name='stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f18f5f68f62ad94ff0464464969a018b37dafea2', operation='DELETE', pgid='pgtrigger_stays_e5ca1', table='reporting_publishedreport', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reportfile',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['pdf_de', 'pdf_en', 'xlsx', 'public']), ('state__in', ['working', 'ready', 'cancelled'])), name='reporting_file_words'),
        ),
        migrations.AddConstraint(
            model_name='reportfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content__isnull', False), ('state', 'ready')), models.Q(models.Q(('state', 'ready'), _negated=True), ('content__isnull', True)), _connector='OR'), name='reporting_file_ready_with_content'),
        ),
    ]
