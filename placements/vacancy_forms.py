"""Input of a vacancy: what is offered, by whom, when, and what the employer asks for."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from businesses.models import Business
from counselling.enums import DrivingLicence
from counselling.forms.fields import DayField, with_empty
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Role
from iqquadrat.core.fields import LineField, ParagraphField, WholeNumberField
from iqquadrat.core.folding import search_key
from iqquadrat.core.forms import Section, SheetHelper, Together, choice_field, name_records, records_field
from iqquadrat.core.text import latin_digits
from placements.enums import FieldOfWork, GermanLevel, VacancyKind, WorkCertificate, WorkingSlot
from placements.fair_wording import FREE_WORDS, Finding, findings
from placements.models import Vacancy
from placements.models.vacancy import LICENCES, LONGEST_EXPERIENCE
from placements.sheets import RequiredOrDesired, WeekGrid

LANGUAGE_CHOICES = [(code, name) for code, name in settings.LANGUAGES if code != "de"]
# The forklift is asked for among the certificates only, or it would stand there twice.
LICENCE_CHOICES = [(code.value, code.label) for code in LICENCES if code is not DrivingLicence.FORKLIFT]
PLEASE_CHOOSE = _("please choose")
# So many businesses of one name are offered to choose from.
MOST_FITTING = 20


def in_charge_of_vacancies(centre: Centre) -> "QuerySet[User]":
    """Who can be in charge of a vacancy."""
    counsellors = User.objects.filter(centre=centre, is_active=True, roles__contains=[Role.COUNSELLOR.value])
    return counsellors.order_by("family_name", "given_name", "pk")


class BusinessChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """A business of the register by its sign and its street, in the order of the alphabet."""

    def label_from_instance(self, obj: Business) -> str:
        """Two shops of one name are told apart by their address."""
        return f"{obj.display_name}, {obj.address}"


class DigitsField(LineField):
    """A code of digits, typed in the digits of any script."""

    def to_python(self, value: Any) -> str:
        return latin_digits(super().to_python(value)).replace(" ", "")


def _several(label: Any, choices: list[tuple[str, Any]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )


class VacancyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A vacancy of a business in the register, or of an employer outside it."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    revision = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2_000_000_000
    )
    title = LineField(
        label=_("Title"), help_text=_("As one would say it: kitchen help, sales assistant, trainee as a hairdresser."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind"), choices=VacancyKind.choices, widget=forms.RadioSelect, initial=VacancyKind.JOB
    )
    field_of_work = forms.ChoiceField(
        label=_("Field of work"), choices=with_empty(FieldOfWork.choices, PLEASE_CHOOSE)
    )
    kldb = DigitsField(
        label=_("Occupation (KldB 2010)"), required=False, max_length=5,
        validators=[RegexValidator(r"^[0-9]{2,5}$", _("Please enter two to five digits."))],
        help_text=_("The number of the occupation, where you know it: 29301 for kitchen help."),
    )  # fmt: skip
    business_find = LineField(
        label=_("Business in the register"), required=False, max_length=100,
        help_text=_("Name or trade: the business is looked up when you save. Where several fit, you choose then."),
    )  # fmt: skip
    business = BusinessChoice(
        label=_("Which business?"), queryset=Business.objects.none(), required=False, empty_label=_("not in the register"),
    )  # fmt: skip
    employer_name = LineField(
        label=_("Employer outside the register"), required=False, help_text=_("Only when the business is not in the register."),
    )  # fmt: skip
    times = LineField(label=_("Working times in words"), required=False)
    working_slots = _several(_("Days and parts of the day"), WorkingSlot.choices)
    place = LineField(label=_("Place of work"), required=False)
    postal_code = DigitsField(
        label=_("Postal code"), required=False, max_length=10,
        validators=[RegexValidator(r"^[0-9]{5}$", _("Please enter five digits."))],
    )  # fmt: skip
    positions = WholeNumberField(label=_("Positions"), min_value=1, max_value=99, initial=1)
    hours_per_week = WholeNumberField(label=_("Hours a week"), min_value=1, max_value=60, required=False)
    german_required = forms.ChoiceField(
        label=_("German required"), required=False, choices=with_empty(GermanLevel.choices, _("no level asked for")),
    )  # fmt: skip
    languages = _several(_("Further languages"), LANGUAGE_CHOICES)
    experience_years = WholeNumberField(
        label=_("Years of experience"), min_value=1, max_value=LONGEST_EXPERIENCE, required=False,
        help_text=_("Empty: newcomers are welcome."),
    )  # fmt: skip
    licences_required = _several(_("Driving licence required"), LICENCE_CHOICES)
    licences_desired = _several(_("Driving licence desired"), LICENCE_CHOICES)
    certificates_required = _several(_("Certificate required"), WorkCertificate.choices)
    certificates_desired = _several(_("Certificate desired"), WorkCertificate.choices)
    other_certificate = LineField(label=_("Other certificate"), required=False)
    other_certificate_required = forms.BooleanField(
        label=_("The other certificate is required"), required=False
    )
    requirements = ParagraphField(
        label=_("Further words"), required=False, max_length=2000,
        help_text=_("Only what the work needs. Origin, religion, gender, age, disability or sexual identity must not be asked for (AGG, §§ 1 and 11)."),
    )  # fmt: skip
    starts_on = DayField(label=_("Start"), required=False)
    valid_until = DayField(label=_("Open until"), required=False)
    in_charge = forms.ModelChoiceField(
        label=_("In charge"), queryset=User.objects.none(), required=False, empty_label=_("nobody yet"),
    )  # fmt: skip
    public = forms.BooleanField(
        label=_("The notice may hang in public"), required=False,
        help_text=_("Without the tick it is for the centre's own rooms only."),
    )  # fmt: skip
    employer_hidden = forms.BooleanField(
        label=_("Leave the employer's name out in public; who is interested asks the centre"), required=False, initial=True,
    )  # fmt: skip
    helper = SheetHelper(
        "submission", "revision",
        Section(_("What is offered"), "title", "kind", "field_of_work", "kldb", "positions"),
        Section(_("By whom"), "business_find", "business", "employer_name", Together(_("Where"), "postal_code", "place"), "source", "in_charge"),
        Section(_("When"), Together(_("Times"), "hours_per_week", "times"), WeekGrid("working_slots"), Together(_("Days"), "starts_on", "valid_until")),
        Section(
            _("What the employer asks for"), "german_required", "languages", "experience_years",
            RequiredOrDesired(_("Driving licence"), "licences_required", "licences_desired"),
            RequiredOrDesired(_("Certificates"), "certificates_required", "certificates_desired"),
            "other_certificate", "other_certificate_required", "requirements",
        ),
        Section(_("The notice"), "public", "employer_hidden"),
    )  # fmt: skip

    class Meta:
        model = Vacancy
        fields = [
            "business", "employer_name", "title", "kind", "field_of_work", "kldb", "positions", "hours_per_week", "times", "working_slots",
            "place", "postal_code", "german_required", "languages", "experience_years", "licences_required", "licences_desired",
            "certificates_required", "certificates_desired", "other_certificate", "other_certificate_required", "requirements", "starts_on",
            "valid_until", "source", "in_charge", "public", "employer_hidden",
        ]  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = (
            Business.objects.visible_to(user).select_related("premises__street").order_by("sign_name", "pk")
        )
        records_field(self, "business").queryset = self._register = chosen
        self._offer(self._chosen_so_far())
        staff = in_charge_of_vacancies(user.centre)
        if self.instance.in_charge_id:
            staff = staff | User.objects.filter(pk=self.instance.in_charge_id)
        records_field(self, "in_charge").queryset = staff
        name_records(self, "in_charge", lambda user: user.get_full_name())
        if self.instance.pk is None:
            self.fields["in_charge"].initial = user.pk
        self.fields["revision"].initial = self.instance.revision
        self.mentioned: list[Finding] = []

    def _chosen_so_far(self) -> list[Business]:
        """Return the business that was posted; before that the one that the address presets or that is stored."""
        field, wanted = records_field(self, "business"), self.initial.get("business")
        if self.is_bound:
            wanted = self.data.get(self.add_prefix("business"))
        try:
            chosen = wanted if isinstance(wanted, Business) else field.to_python(wanted)
        except ValidationError:
            return []
        return [chosen] if chosen else []

    def _offer(self, businesses: list[Business]) -> None:
        """Let one of these be chosen; without any there is nothing to choose."""
        field = cast("BusinessChoice", self.fields["business"])
        found = [(one.pk, field.label_from_instance(one)) for one in businesses]
        field.widget = (
            forms.RadioSelect(choices=[*found, ("", field.empty_label)]) if found else forms.HiddenInput()
        )

    def _look_up(self, data: dict[str, Any]) -> None:
        """Find the business whose name was typed; where several fit, let one of them be chosen."""
        text, chosen = data.get("business_find"), data.get("business")
        if not text or data.get("employer_name") or "business" in self.errors:
            return
        rows = self._register
        for word in search_key(text).split():
            rows = rows.filter(search_key__contains=word)
        fitting = list(rows[: MOST_FITTING + 1])
        if chosen in fitting or (chosen is None and len(fitting) == 1):
            data["business"] = chosen or fitting[0]
        elif not fitting:
            self.add_error(
                "business_find",
                _("No business of the register has this name. Write the employer's name below instead."),
            )
        elif len(fitting) > MOST_FITTING:
            self.add_error("business_find", _("Many businesses fit. Please type more of the name."))
        else:
            self._offer([*fitting, chosen] if chosen else fitting)
            self.add_error("business", _("Please choose the one that you mean."))

    def _get_validation_exclusions(self) -> set[str]:
        """Whose business was not found has said enough about it: the rule that there must be an employer is not repeated."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return excluded | {"business"} if "business_find" in self.errors else excluded

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self._look_up(data)
        if not {"business", "business_find", "employer_name"} & set(self.errors) and bool(
            data.get("business")
        ) == bool(data.get("employer_name")):
            self.add_error(
                "employer_name", _("Choose a business from the register, or write the employer's name.")
            )
        for kind in ("licences", "certificates"):
            if set(data.get(f"{kind}_required", [])) & set(data.get(f"{kind}_desired", [])):
                self.add_error(f"{kind}_desired", _("One and the same is either required or desired."))
        if data.get("other_certificate_required") and not data.get("other_certificate"):
            self.add_error("other_certificate", _("Please say which one."))
        self._refuse_unlawful_wishes(data)
        return data

    def _refuse_unlawful_wishes(self, data: dict[str, Any]) -> None:
        """Say what must not be asked for, where it stands, and what may be; keep what is only worth a second thought."""
        for name in FREE_WORDS:
            for finding in findings(data.get(name) or ""):
                if finding.is_refused:
                    self.add_error(name, refusal(finding))
                else:
                    self.mentioned.append(finding)

    def facts(self) -> dict[str, Any]:
        """Return what the service writes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def refusal(finding: Finding) -> ValidationError:
    """Return in words why an employer's wish is not taken, with the law's name and what may be asked for instead."""
    return ValidationError(
        _(
            "“%(said)s” must not be asked for: nobody may be left out for %(ground)s (AGG, §§ 1, 7 and 11). "
            "You may write, for example: %(instead)s."
        ),
        code="unlawful",
        params={"said": finding.said, "ground": finding.ground.words, "instead": finding.ground.instead},
    )


class NoticeForm(forms.Form):
    """Language of a notice, and where it hangs. Sent by GET: it makes a paper and changes nothing."""

    language = forms.ChoiceField(label=_("Language beside German"))
    place_of_notice = forms.ChoiceField(label=_("Where it hangs"), widget=forms.RadioSelect)
    helper = SheetHelper("language", "place_of_notice")

    def __init__(self, *args: Any, may_be_public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "language").choices = [("de", _("German only")), *LANGUAGE_CHOICES]
        places = [("internal", _("In the rooms of the centre, with the employer's name and contact"))]
        if may_be_public:
            places.append(("public", _("In public, with the centre as the contact")))
        choice_field(self, "place_of_notice").choices = places
        self.fields["place_of_notice"].initial = "internal"
