"""Who takes part belongs to the centre of what is taken part in: the database says so, whatever writes into it."""

import pgtrigger


def _refuse(when: str, name: str) -> str:
    return f"""
        IF {when} THEN
            RAISE EXCEPTION 'client and % belong to different centres', TG_TABLE_NAME
                USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
        END IF;
        RETURN NEW;"""


def of_one_centre(*, column: str, table: str, name: str) -> pgtrigger.Trigger:
    """Refuse a row whose client belongs to another centre than the row of ``table`` that ``column`` names."""
    client = "(SELECT centre_id FROM counselling_client WHERE id = NEW.client_id)"
    other = f"(SELECT centre_id FROM {table} WHERE id = NEW.{column})"  # noqa: S608 - names of our own tables and columns
    return pgtrigger.Trigger(
        name="of_one_centre",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=_refuse(f"{client} IS DISTINCT FROM {other}", name),
    )


def keeps_centre(**named_by: str) -> pgtrigger.Trigger:
    """Refuse to move a row to another centre while a row of one of these tables names it (table=column)."""
    named = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {column} = NEW.id)"  # noqa: S608 - as above
        for table, column in named_by.items()
    )
    return pgtrigger.Trigger(
        name="keeps_centre",
        operation=pgtrigger.UpdateOf("centre_id"),  # type: ignore[no-untyped-call]
        when=pgtrigger.Before,
        condition=pgtrigger.Condition("OLD.centre_id IS DISTINCT FROM NEW.centre_id"),
        func=_refuse(named, "attendance_keeps_centre"),
    )
