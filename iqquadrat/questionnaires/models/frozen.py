"""The trigger that keeps a published version as it was answered.

Translations may still be corrected (their states say how far they are); German, structure and scores may not, or answers
would change their meaning afterwards. It stands in the database, so that no script can go around it.
"""

import pgtrigger

# All languages that have columns but German. A fixed list: migrations hold the compiled text of the triggers.
_OTHER_LANGUAGES = ("ru", "vi", "ar", "fa", "tr", "uk", "ku", "en", "fr")


def translation_columns(*fields: str, also: tuple[str, ...] = ()) -> str:
    """Return, as an SQL array, the columns that may change: each field's translations, and the column without a language,
    which repeats whatever language was active at the last save and is never read."""
    columns = [
        column for name in fields for column in (name, *(f"{name}_{code}" for code in _OTHER_LANGUAGES))
    ] + list(also)
    # An empty array needs its type said.
    return "ARRAY[" + ", ".join(f"'{column}'" for column in columns) + "]" + ("" if columns else "::text[]")


def freeze_content(*fields: str, version_of: str, also: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """Refuse to insert, delete or change a part of a version that is no draft any more.

    ``also`` names further columns that may change.
    ``version_of`` is an SQL condition that finds the version ``v`` of the row ``ROW`` (replaced by OLD and NEW).
    """

    columns = translation_columns(*fields, also=also)

    def refuse(row: str) -> str:
        return f"""
            PERFORM 1 FROM questionnaires_version v WHERE {version_of.replace("ROW", row)} AND v.state <> 'draft' FOR SHARE;
            IF FOUND THEN RAISE EXCEPTION 'a published version of a questionnaire does not change (%)', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation'; END IF;"""

    return pgtrigger.Trigger(
        name="published_stays",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
            IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - {columns}
                    IS NOT DISTINCT FROM to_jsonb(OLD) - {columns} THEN
                RETURN NEW;
            END IF;
            IF TG_OP IN ('UPDATE', 'DELETE') THEN {refuse("OLD")} END IF;
            IF TG_OP IN ('UPDATE', 'INSERT') THEN {refuse("NEW")} END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;""",
    )


def freeze_version() -> pgtrigger.Trigger:
    """Refuse to delete, rewrite or reopen a version that is no draft any more."""
    columns = translation_columns("title", "intro")
    may_change = "ARRAY['state', 'published_at', 'content_stamp']"
    return pgtrigger.Trigger(
        name="published_stays",
        operation=pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        condition=pgtrigger.Condition("OLD.state <> 'draft'"),
        func=f"""
            IF TG_OP = 'DELETE' OR NEW.state = 'draft' OR (OLD.state = 'retired' AND NEW.state <> 'retired')
                    OR NEW.published_at IS DISTINCT FROM OLD.published_at
                    OR to_jsonb(NEW) - {columns} - {may_change} IS DISTINCT FROM to_jsonb(OLD) - {columns} - {may_change}
            THEN
                RAISE EXCEPTION 'a published version of a questionnaire does not change (%)', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;""",
    )
