"""``manage.py check``: erasing a client must know every table, or it must not start."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from django.db.models import ForeignKey

from iqquadrat.core.classification import Apart, Remains


@register()
def erasing_knows_every_table(**kwargs: Any) -> list[Error]:  # noqa: ARG001 - Django's signature
    """A table with personal columns, or one that hangs on a client, has a rule; a rule that keeps rows says what of each column."""
    from iqquadrat.rights import belongings  # noqa: PLC0415 - models are loaded by now

    rules, hanging = belongings.rules(), belongings.hanging()
    errors = []
    for model in apps.get_models(include_auto_created=False):
        if model._meta.app_label == "tests":
            continue
        if model not in rules and (model in hanging or belongings.personal(model)):
            errors.append(
                Error(
                    f"{model._meta.label} says something about persons, and nothing says what erasing a client does to it.",
                    hint="Add it to ERASING in the classification.py of its room: Goes, Remains or Apart.",
                    obj=model, id="rights.E001",
                )
            )  # fmt: skip
    for model, rule in rules.items():
        if isinstance(rule, Remains):
            errors += list(_wrong_columns(model, rule))
        elif isinstance(rule, Apart) and not rule.reason:
            errors.append(
                Error(f"{model._meta.label} stands apart without a reason.", obj=model, id="rights.E004")
            )
    return errors


def _wrong_columns(model: Any, rule: Remains) -> Iterator[Error]:
    from iqquadrat.rights.emptying import CannotBeEmptyError, empty_value  # noqa: PLC0415 - models are loaded by now

    names = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    for name in sorted((rule.kept | set(rule.put) | set(rule.owns)) - names):
        yield Error(f"{model._meta.label} has no column {name}.", obj=model, id="rights.E002")
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in rule.kept or field.name in rule.put:
            continue
        try:
            empty_value(field)
        except CannotBeEmptyError:
            kind = "tie" if isinstance(field, ForeignKey) else "column"
            yield Error(
                f"{model._meta.label}.{field.name} cannot be emptied when a client is erased.",
                hint=f"Say in ERASING why this {kind} stays (figures, ties), or what it gets instead (put).",
                obj=model, id="rights.E003",
            )  # fmt: skip
