"""Two records made one: everything that hangs on a record, in every table of every room, found by asking the models, so that no new
table is forgotten; moving it, and putting it back."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.registry import MergeRule, merge_rule

M = TypeVar("M", bound=models.Model)
UNDO_FOR = dt.timedelta(days=30)


class MergeOfTwoQuerySet(models.QuerySet[M]):
    """Merges, whatever was merged."""

    def standing(self) -> Self:
        """Those not taken back."""
        return self.filter(undone_at__isnull=True)

    def undoable(self) -> Self:
        """Those that can still be taken back."""
        return self.standing().filter(
            merged_at__gt=timezone.now() - UNDO_FOR, details_cleared_at__isnull=True, kept__merged_into__isnull=True
        )  # fmt: skip


class MergeOfTwo(models.Model):
    """One merge; its room adds the centre, the kept and the absorbed record."""

    kept_id: int
    absorbed_id: int

    submission = models.UUIDField(unique=True, null=True, editable=False)
    merged_at = models.DateTimeField(_("merged"), default=timezone.now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("merged by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )  # fmt: skip
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("undone by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    details = models.JSONField(default=dict, editable=False)
    details_cleared_at = models.DateTimeField(_("details cleared"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.absorbed_id} > {self.kept_id}"

    @property
    def undo_until(self) -> dt.datetime:
        """Until when it can be taken back."""
        return self.merged_at + UNDO_FOR


@dataclass(frozen=True)
class Relation:
    """One column of one table that points at the kind of record that is merged."""

    model: type[models.Model]
    field: "models.ForeignKey[Any, Any]"

    @property
    def key(self) -> str:
        """Its name in the details of a merge."""
        return f"{self.model._meta.label_lower}:{self.field.name}"

    @property
    def label(self) -> str:
        """What its rows are called."""
        return str(self.model._meta.verbose_name_plural)

    @property
    def rule(self) -> MergeRule:
        """What its room says about merging."""
        return merge_rule(self.model._meta.label_lower)

    def rows(self, pk: int) -> "models.QuerySet[Any]":
        """The rows that point at this record."""
        return self.model._meta.base_manager.filter(**{self.field.attname: pk})

    def may_clash(self) -> bool:
        """Whether the database may refuse to let two records' rows hang on one."""
        meta = self.model._meta
        together = any(self.field.name in names for names in meta.unique_together)
        return self.field.unique or together or any(map(self._binds, meta.constraints))

    def _binds(self, constraint: models.BaseConstraint) -> bool:
        if isinstance(constraint, models.UniqueConstraint):
            return not constraint.fields or self.field.name in constraint.fields
        return isinstance(constraint, ExclusionConstraint)


def all_relations(merged: type[models.Model]) -> list[Relation]:
    """Return every column that points at this kind of record, those of many-to-many tables too, in a steady order."""
    found = [
        Relation(related.related_model, related.field)  # type: ignore[arg-type,union-attr]  # such a relation is a foreign key
        for related in merged._meta.get_fields(include_hidden=True)
        if related.auto_created and not related.concrete and (related.one_to_many or related.one_to_one)
    ]
    managed = [one for one in found if one.model._meta.managed and not one.model._meta.proxy]
    return sorted(managed, key=lambda one: one.key)


def moving_relations(merged: type[models.Model]) -> list[Relation]:
    """Return those whose rows go along in a merge."""
    return [one for one in all_relations(merged) if not one.rule.stays]


def relation(merged: type[models.Model], key: str) -> Relation | None:
    """Return the relation of that name, if its table still exists."""
    return next((one for one in all_relations(merged) if one.key == key), None)


def move(
    one: Relation, *, source: int, target: int, only: Iterable[Any] | None = None
) -> tuple[list[Any], list[Any]]:
    """Let rows of ``source`` point at ``target``; return those that moved and those that the database did not let go.

    ``only`` names the rows that may move; what does not point at ``source`` any more is left alone.
    """
    rows = one.rows(source)
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if not keys:
        return [], []
    with _unlocked(one.model):
        if not one.may_clash():
            one.rows(source).filter(pk__in=keys).update(**{one.field.attname: target})
            return keys, []
        moved = [key for key in keys if _moves(one, key, target)]
    return moved, [key for key in keys if key not in set(moved)]


def _moves(one: Relation, key: Any, target: int) -> bool:
    try:
        with transaction.atomic():
            one.model._meta.base_manager.filter(pk=key).update(**{one.field.attname: target})
    except IntegrityError:
        return False
    return True


@contextmanager
def _unlocked(model: type[models.Model]) -> Iterator[None]:
    """Rows that are otherwise never changed keep their content; only whose they are is put right."""
    with ExitStack() as stack:
        for trigger in getattr(model._meta, "triggers", []):
            if isinstance(trigger, pgtrigger.Protect):
                stack.enter_context(pgtrigger.ignore(f"{model._meta.label}:{trigger.name}"))
        yield


def check_at_once() -> None:
    """Let the database say at each row, not at the end, that it cannot stand beside another."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def frozen(row: models.Model, name: str) -> Any:
    """Return a field's value as it can be kept in the details of a merge, exact to the last digit."""
    field = row._meta.get_field(name)
    return None if getattr(row, field.attname) is None else field.value_to_string(row)  # type: ignore[union-attr]  # concrete


def thawed(model: type[models.Model], name: str, value: Any) -> Any:
    """Return the value that ``frozen`` kept."""
    return None if value is None else model._meta.get_field(name).to_python(value)  # type: ignore[union-attr]  # concrete


def set_values(model: type[models.Model], changes: dict[Any, dict[str, Any]]) -> list[dict[str, Any]]:
    """Change these rows, by primary key, and return what has to be kept to take it back."""
    kept = []
    with _unlocked(model):
        for row in model._meta.base_manager.filter(pk__in=list(changes)).order_by("pk"):
            before = {name: frozen(row, name) for name in changes[row.pk]}
            for name, value in changes[row.pk].items():
                setattr(row, name, value)
            after = {name: frozen(row, name) for name in changes[row.pk]}
            model._meta.base_manager.filter(pk=row.pk).update(**changes[row.pk])
            kept.append({"model": model._meta.label_lower, "pk": row.pk, "before": before, "after": after})
    return kept


def put_back(adjusted: dict[str, Any]) -> None:
    """Give a row the values it had, where nobody has changed them since and no newer row stands in the way."""
    model = apps.get_model(adjusted["model"])
    row = model._meta.base_manager.filter(pk=adjusted["pk"]).first()
    if row is None:
        return
    untouched = {
        name: thawed(model, name, adjusted["before"][name])
        for name, after in adjusted["after"].items()
        if frozen(row, name) == after
    }
    with _unlocked(model), suppress(IntegrityError), transaction.atomic():
        model._meta.base_manager.filter(pk=row.pk).update(**untouched)


def gather(kept: models.Model, absorbed: models.Model, now: dt.datetime) -> dict[str, Any]:
    """Adjust what has to be, move everything that moves from ``absorbed`` to ``kept``, and tell what was done."""
    merged = type(kept)
    adjusted: list[dict[str, Any]] = []
    moved: dict[str, list[Any]] = {}
    clashes: list[dict[str, Any]] = []
    for one in all_relations(merged):
        if one.rule.adjust is not None:
            adjusted += set_values(one.model, one.rule.adjust(kept.pk, absorbed.pk, now))
    for one in moving_relations(merged):
        went, stayed = move(one, source=absorbed.pk, target=kept.pk)
        if went:
            moved[one.key] = went
        if stayed and not one.rule.quiet:
            words = one.rule.words or str
            clashes += [
                {"relation": one.key, "pk": row.pk, "words": words(row)}
                for row in one.model._meta.base_manager.filter(pk__in=stayed).order_by("pk")
            ]
    return {"moved": moved, "clashes": clashes, "adjusted": adjusted}


def give_back(merged: type[models.Model], merge: MergeOfTwo) -> int:
    """Let the rows of a merge go back, put right what was adjusted, and let the other record stand for itself. Return how many rows."""
    changed = 0
    for key, pks in merge.details["moved"].items():
        if one := relation(merged, key):
            changed += len(move(one, source=merge.kept_id, target=merge.absorbed_id, only=pks)[0])
    for row in merge.details["adjusted"]:
        put_back(row)
    for one in all_relations(merged):
        if one.rule.adjust_back is not None:
            set_values(one.model, one.rule.adjust_back(merge.kept_id, merge.absorbed_id, merge.merged_at))
    merged._meta.base_manager.filter(pk=merge.absorbed_id).update(merged_into=None)
    return changed


@dataclass(frozen=True)
class Count:
    """So many rows of one kind."""

    label: str
    n: int


@dataclass
class WayBack:
    """What undoing does."""

    returning: list[Count] = field(default_factory=list)  # goes back to the other record
    staying: list[Count] = field(default_factory=list)  # was added since and stays with the kept one
    restored: list[str] = field(default_factory=list)  # details that become what they were
    edited: list[str] = field(default_factory=list)  # details changed since: the change stays


@dataclass(frozen=True)
class Clash:
    """A row that could not go along: the kept record has one of its own in that place."""

    label: str
    words: str


def what_moves(absorbed: models.Model) -> list[Count]:
    """Return how many rows of each kind would move."""
    counts = [
        Count(one.label, n)
        for one in moving_relations(type(absorbed))
        if not one.rule.quiet and (n := one.rows(absorbed.pk).count())
    ]
    return sorted(counts, key=lambda count: count.label)


def what_undoing_does(kept: models.Model, merge: MergeOfTwo, label_of: Callable[[str], str]) -> WayBack:
    """Return it; nothing once the details are cleared. ``label_of`` says what a field is called."""
    way = WayBack()
    moved = {key: set(pks) for key, pks in merge.details.get("moved", {}).items()}
    for one in moving_relations(type(kept)):
        if one.rule.quiet:
            continue
        rows = one.rows(merge.kept_id)
        if pks := moved.get(one.key):
            way.returning.append(Count(one.label, rows.filter(pk__in=pks).count()))
        if any(column.name == "created_at" for column in one.model._meta.concrete_fields):
            since = rows.filter(created_at__gt=merge.merged_at).exclude(pk__in=moved.get(one.key, ())).count()
            way.staying.append(Count(one.label, since))
    way.returning = [count for count in way.returning if count.n]
    way.staying = [count for count in way.staying if count.n]
    for name, (_before, after) in merge.details.get("kept", {}).items():
        (way.restored if frozen(kept, name) == after else way.edited).append(label_of(name))
    return way


def clashes_of(merged: type[models.Model], merge: MergeOfTwo) -> list[Clash]:
    """Return what stayed with the other record, in words; nothing once they are two records again."""
    if merge.undone_at is not None:
        return []
    return [
        Clash(
            label=found.label if (found := relation(merged, row["relation"])) else row["relation"],
            words=row["words"],
        )
        for row in merge.details.get("clashes", [])
    ]
