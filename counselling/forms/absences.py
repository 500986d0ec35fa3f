"""Somebody is away, and somebody else looks after the clients; a caseload goes into other hands."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from counselling.forms.charges import counsellors_of, reason_field
from counselling.forms.fields import DayField, revision_field, submission_field
from counselling.models import Absence, Client
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import SheetHelper, Together, name_records, records_field


class AbsenceForm(forms.Form):
    """Who is away, from when until when, and who looks after the clients."""

    FACTS = ("first_day", "last_day", "deputy")

    submission = submission_field()
    counsellor = forms.ModelChoiceField(label=_("Who is away"), queryset=User.objects.none())
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))
    deputy = forms.ModelChoiceField(
        label=_("Who looks after the clients"), queryset=User.objects.none(), required=False, empty_label=_("nobody for all"),
        help_text=_("Single clients can be given to somebody else afterwards, with a note."),
    )  # fmt: skip

    def __init__(self, *args: Any, reader: User, record: Absence | None = None, **kwargs: Any) -> None:
        self.reader, self.record = reader, record
        if record is not None:
            stored = {name: getattr(record, name) for name in ("first_day", "last_day", "revision")}
            kwargs["initial"] = stored | {"deputy": record.deputy_id}
        super().__init__(*args, **kwargs)
        able = counsellors_of(reader)
        if record is not None:
            able = able.exclude(pk=record.counsellor_id)
        records_field(self, "deputy").queryset = able
        asks = record is None and reader.may(Permission.CLIENT_REASSIGN)
        if asks:
            records_field(self, "counsellor").queryset = counsellors_of(reader)
        else:
            del self.fields["counsellor"]
        if record is not None:
            del self.fields["submission"]
            self.fields["revision"] = revision_field()
        self.helper = SheetHelper(
            "submission" if record is None else "revision", *(["counsellor"] if asks else []),
            Together(_("When"), "first_day", "last_day"), "deputy",
        )  # fmt: skip

    def whose(self) -> User:
        """Who is away."""
        if self.record is not None:
            return self.record.counsellor
        chosen: User = self.cleaned_data.get("counsellor") or self.reader
        return chosen

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and nobody deputises for themselves."""
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            raise ValidationError({"last_day": _("This day lies before the first one.")}, code="order")
        if "counsellor" not in self.errors and data.get("deputy") and data["deputy"].pk == self.whose().pk:
            raise ValidationError(
                {"deputy": _("Nobody can look after the clients in their own absence.")}, code="self"
            )
        return data

    def facts(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: self.cleaned_data[name] for name in self.FACTS}


class CoverForm(forms.Form):
    """One client, who looks after this one, and what to know."""

    client = forms.ModelChoiceField(
        label=_("Client"),
        queryset=Client.objects.none(),
        to_field_name="public_id",
        empty_label=_("please choose"),
    )
    deputy = forms.ModelChoiceField(label=_("Deputy"), queryset=User.objects.none(), empty_label=None)
    note = LineField(label=_("What to know"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, absence: Absence) -> None:
        super().__init__(data, initial={"deputy": absence.deputy_id})
        theirs = Client.objects.standing().filter(
            counsellor_id=absence.counsellor_id, centre_id=absence.centre_id
        )
        records_field(self, "client").queryset = theirs.order_by(
            "latin_family_name", "latin_given_name", "pk"
        )
        name_records(self, "client", lambda one: f"{one.display_name} ({one.number})")
        able = counsellors_of(absence.counsellor).exclude(pk=absence.counsellor_id)
        records_field(self, "deputy").queryset = able


class CaseloadForm(forms.Form):
    """Whose clients are to be handed over: of everybody who has some, also of those who have left."""

    counsellor = forms.ModelChoiceField(
        label=_("Whose clients"), queryset=User.objects.none(), empty_label=_("please choose")
    )

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = Q(clients__merged_into__isnull=True, clients__erased_at__isnull=True)
        holders = (
            User.objects.visible_to(reader)
            .annotate(caseload=Count("clients", filter=standing))
            .filter(caseload__gt=0)
        )
        records_field(self, "counsellor").queryset = holders.order_by("family_name", "given_name", "pk")
        name_records(self, "counsellor", lambda one: f"{one.get_full_name()} ({one.caseload})")


class HandoverForm(forms.Form):
    """For each client the new counsellor, or none: the client stays."""

    reason = reason_field()
    with_tasks = forms.BooleanField(
        label=_("Open follow-ups and coming appointments go along"), required=False, initial=True
    )

    def __init__(
        self, *args: Any, reader: User, counsellor: User, clients: Sequence[Client], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.able = {str(user.pk): user for user in counsellors_of(reader) if user.pk != counsellor.pk}
        people = [(key, user.get_full_name()) for key, user in self.able.items()]
        self.fields["everybody"] = forms.ChoiceField(
            label=_("All that have no choice of their own"),
            required=False,
            choices=[("", _("stay")), *people],
        )
        self.clients = clients
        for client in clients:
            self.fields[self.name_of(client)] = forms.ChoiceField(
                label=client.display_name,
                required=False,
                choices=[("", _("as above")), ("stays", _("stays")), *people],
            )

    @staticmethod
    def name_of(client: Client) -> str:
        """The name of the client's field."""
        return f"to-{client.public_id}"

    def rows(self) -> list[tuple[Client, Any]]:
        """Each client with the field beside it."""
        return [(client, self[self.name_of(client)]) for client in self.clients]

    def moves(self) -> dict[int, User]:
        """Return the new counsellor of each client that is to be handed over."""
        everybody = self.cleaned_data["everybody"]
        chosen = {client.pk: self.cleaned_data[self.name_of(client)] or everybody for client in self.clients}
        return {pk: self.able[key] for pk, key in chosen.items() if key in self.able}
