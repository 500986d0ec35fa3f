"""A small questionnaire with one question of every kind, as plain data and stored."""

from typing import Any

import factory

from iqquadrat.questionnaires import services
from iqquadrat.questionnaires.enums import Origin
from iqquadrat.questionnaires.models import Response, Version
from iqquadrat.questionnaires.specification import (
    ChoiceSpecification,
    ItemSpecification,
    ListSpecification,
    SectionSpecification,
    Specification,
)


def both(german: str, arabic: str = "") -> dict[str, str]:
    """A text in German and Arabic."""
    return {"de": german, "ar": arabic or f"ع {german}"}


def small_specification(**changes: Any) -> Specification:
    """A questionnaire in two sections: a list, several answers, number, year, date, text and a reading probe."""
    parts: dict[str, Any] = {
        "key": "small", "title": both("Klein"), "intro": both("Bitte antworten Sie."),
        "lists": (
            ListSpecification(name="yes_no", choices=(
                ChoiceSpecification(key="yes", text=both("Ja")), ChoiceSpecification(key="no", text=both("Nein")),
            )),
            ListSpecification(name="fields", choices=(
                ChoiceSpecification(key="kitchen", text=both("Küche"), icon="pot", extra={"isco": "51"}),
                ChoiceSpecification(key="garden", text=both("Garten"), icon="plant", score=2),
            )),
            ListSpecification(name="tasks", choices=(
                ChoiceSpecification(key="cook", text=both("kochen"), filter_value="kitchen"),
                ChoiceSpecification(key="bake", text=both("backen"), filter_value="kitchen"),
                ChoiceSpecification(key="plant", text=both("pflanzen"), filter_value="garden"),
                ChoiceSpecification(key="none", text=both("nichts davon"), exclusive=True),
            )),
            ListSpecification(name="sign", choices=(
                ChoiceSpecification(key="open", text={"de": "offen"}, fixed=True),
                ChoiceSpecification(key="closed", text={"de": "zu"}, fixed=True),
            )),
        ),
        "sections": (
            SectionSpecification(key="work", title=both("Arbeit"), items=(
                ItemSpecification(key="ever", type="single", label=both("Haben Sie Arbeit?"), choice_list="yes_no", level="A1", evidence=True),
                ItemSpecification(
                    key="field", type="single", label=both("Was?"), choice_list="fields", condition="${ever} = 'yes'", appearance="tiles",
                ),
                ItemSpecification(
                    key="tasks", type="multiple", label=both("Welche Aufgaben?"), hint=both("Mehrere."), choice_list="tasks",
                    choice_filter="field", condition="${field} != ''",
                ),
                ItemSpecification(key="years", type="integer", label=both("Jahre?"), min_value=0, max_value=70, dimension="FACH"),
            )),
            SectionSpecification(key="rest", title=both("Übriges"), items=(
                ItemSpecification(key="since", type="year", label=both("Seit wann?"), required_core=True),
                ItemSpecification(key="from_day", type="date", label=both("Ab wann?")),
                ItemSpecification(key="wish", type="text", label=both("Was noch?"), note="Anything"),
                ItemSpecification(
                    key="probe", type="single", label=both("Was steht da?"), choice_list="sign", probe=True, correct="open",
                    stimulus="Wir haben\nauf.", level="A1", dimension="COMP",
                ),
            )),
        ),
    }  # fmt: skip
    return Specification(**(parts | changes))


def small_version(**changes: Any) -> Version:
    """The small questionnaire, published, with its content in memory."""
    version, created = services.store(
        specification=small_specification(**changes), origin=Origin.FILES, by=None
    )
    if created:
        services.publish_version(version=version, by=None)
    return Version.objects.with_content().get(pk=version.pk)


class ResponseFactory(factory.django.DjangoModelFactory):
    """A response to the small questionnaire."""

    class Meta:
        model = Response

    version = factory.LazyFunction(small_version)
