"""The access log lets go what its clock has run for, and nothing else, whoever asks.

A second wall beside the trigger that the rooms may switch off for a transaction: this one knows no switch. An entry goes when it is
older than the clock of its centre, at the earliest after the months below; of an entry nothing changes but that erasing a person
empties its facts; emptying the whole table is refused.
"""

from django.db import migrations

_MONTHS, _LEAST = 36, 12  # as in iqquadrat/rights/retention.py; a test compares

_UP = f"""
CREATE FUNCTION public.accesslog_kept_since(centre bigint) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT now() - make_interval(months => greatest({_LEAST}, coalesce((
        SELECT set_here.months FROM public.rights_retentionperiod AS set_here
        WHERE set_here.centre_id = centre AND set_here.clock = 'access_log' AND set_here.valid_from <= current_date
        ORDER BY set_here.valid_from DESC, set_here.id DESC LIMIT 1
    ), {_MONTHS})))
$$;
CREATE FUNCTION public.accesslog_entry_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < public.accesslog_kept_since(OLD.centre_id) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.detail = '{{}}'::jsonb
        AND (NEW.id, NEW.at, NEW.action, NEW.user_id, NEW.centre_id, NEW.object_type, NEW.object_id)
        IS NOT DISTINCT FROM (OLD.id, OLD.at, OLD.action, OLD.user_id, OLD.centre_id, OLD.object_type, OLD.object_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the access log is append-only: an entry stays until its time is over';
END
$$;
CREATE TRIGGER accesslog_entry_stays BEFORE UPDATE OR DELETE ON public.accesslog_entry
    FOR EACH ROW EXECUTE FUNCTION public.accesslog_entry_stays();
CREATE TRIGGER accesslog_entry_stays_whole BEFORE TRUNCATE ON public.accesslog_entry
    FOR EACH STATEMENT EXECUTE FUNCTION public.accesslog_entry_stays();
"""

_DOWN = """
DROP TRIGGER accesslog_entry_stays_whole ON public.accesslog_entry;
DROP TRIGGER accesslog_entry_stays ON public.accesslog_entry;
DROP FUNCTION public.accesslog_entry_stays();
DROP FUNCTION public.accesslog_kept_since(bigint);
"""


class Migration(migrations.Migration):
    """Reversible: the trigger of the room itself stays in either direction."""

    dependencies = [
        ("accesslog", "0002_emergency_openings"),
        ("rights", "0002_erasing_by_two"),
    ]
    operations = [migrations.RunSQL(_UP, _DOWN)]
