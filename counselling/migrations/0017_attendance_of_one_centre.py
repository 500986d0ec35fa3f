"""Client and talk or event of an attendance belong to one centre: the database judges."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('counselling', '0016_several_persons_events_and_volunteers'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='attendance',
            trigger=pgtrigger.compiler.Trigger(name='of_one_centre', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF (SELECT centre_id FROM counselling_client WHERE id = NEW.client_id) IS DISTINCT FROM (SELECT centre_id FROM counselling_consultation WHERE id = NEW.consultation_id) THEN\n            RAISE EXCEPTION 'client and % belong to different centres', TG_TABLE_NAME\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_of_one_centre';\n        END IF;\n        RETURN NEW;", hash='2fae88c89b360dae5c981c5c256528466e906b44', operation='INSERT OR UPDATE', pgid='pgtrigger_of_one_centre_a3505', table='counselling_attendance', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='client',
            trigger=pgtrigger.compiler.Trigger(name='keeps_centre', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.centre_id IS DISTINCT FROM NEW.centre_id)', func="\n        IF EXISTS (SELECT 1 FROM counselling_attendance WHERE client_id = NEW.id) OR EXISTS (SELECT 1 FROM counselling_eventattendance WHERE client_id = NEW.id) THEN\n            RAISE EXCEPTION 'client and % belong to different centres', TG_TABLE_NAME\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_keeps_centre';\n        END IF;\n        RETURN NEW;", hash='3b486cd126bf108b737f972c8e6fd9ccd8698164', operation='UPDATE OF "centre_id"', pgid='pgtrigger_keeps_centre_f2a11', table='counselling_client', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consultation',
            trigger=pgtrigger.compiler.Trigger(name='keeps_centre', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.centre_id IS DISTINCT FROM NEW.centre_id)', func="\n        IF EXISTS (SELECT 1 FROM counselling_attendance WHERE consultation_id = NEW.id) THEN\n            RAISE EXCEPTION 'client and % belong to different centres', TG_TABLE_NAME\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_keeps_centre';\n        END IF;\n        RETURN NEW;", hash='e443c52ab0ab501b8acac92298dd025d2ac9d556', operation='UPDATE OF "centre_id"', pgid='pgtrigger_keeps_centre_6bcf8', table='counselling_consultation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='eventattendance',
            trigger=pgtrigger.compiler.Trigger(name='of_one_centre', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF (SELECT centre_id FROM counselling_client WHERE id = NEW.client_id) IS DISTINCT FROM (SELECT centre_id FROM counselling_groupevent WHERE id = NEW.event_id) THEN\n            RAISE EXCEPTION 'client and % belong to different centres', TG_TABLE_NAME\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'event_attendance_of_one_centre';\n        END IF;\n        RETURN NEW;", hash='16f38b9f7381525ee704341a8480941ac2f82f46', operation='INSERT OR UPDATE', pgid='pgtrigger_of_one_centre_74c51', table='counselling_eventattendance', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupevent',
            trigger=pgtrigger.compiler.Trigger(name='keeps_centre', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.centre_id IS DISTINCT FROM NEW.centre_id)', func="\n        IF EXISTS (SELECT 1 FROM counselling_eventattendance WHERE event_id = NEW.id) THEN\n            RAISE EXCEPTION 'client and % belong to different centres', TG_TABLE_NAME\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_keeps_centre';\n        END IF;\n        RETURN NEW;", hash='49aea82adffeb495974254153d930735a9a2cb71', operation='UPDATE OF "centre_id"', pgid='pgtrigger_keeps_centre_e0b7f', table='counselling_groupevent', when='BEFORE')),
        ),
    ]
