"""Registers the application with Django."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from competence import doors
from iqquadrat.questionnaires import doors as questionnaires
from iqquadrat.questionnaires import folders


class CompetenceConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "competence"
    label = "competence"
    verbose_name = _("Competence")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the folder of the questionnaire; open the doors to other rooms' pages."""
        folders.register(Path(__file__).parent / "content")
        questionnaires.register_preview("competence", "competence:preview")
        doors.open_doors()
        doors.say_meaning()
        from competence.retention import register_clocks  # noqa: PLC0415 - models exist only once all rooms are ready
        from competence.services.releases import uses_text  # noqa: PLC0415 - as above
        from counselling.services.consent_texts import register_use  # noqa: PLC0415 - as above

        register_clocks()
        register_use(uses_text)
