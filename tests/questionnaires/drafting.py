"""What the tests of the editor's pages share: a draft, its pages, and what a page would send."""

from typing import Any

from django.urls import reverse

from iqquadrat.questionnaires import services
from iqquadrat.questionnaires.models import Version
from tests.questionnaires.factories import small_version


def fresh(version: Version) -> Version:
    """The version as it is stored now."""
    return Version.objects.with_content().get(pk=version.pk)


def small_draft(by: Any) -> Version:
    """A draft of the small questionnaire."""
    made, _created = services.copy_version(version=small_version(), by=by)
    return fresh(made)


class Desk:
    """A coordinator at the editor."""

    def __init__(self, client: Any, draft: Version) -> None:
        self.client, self.draft = client, draft

    def url(self, name: str, /, **more: Any) -> str:
        return reverse(f"questionnaires:{name}", kwargs={"pk": self.draft.pk} | more)

    def page(self, name: str, /, **more: Any) -> str:
        answer = self.client.get(self.url(name, **more))
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())

    def shown(self, name: str, /, **more: Any) -> dict[str, Any]:
        """What the form of a page would send untouched."""
        context = self.client.get(self.url(name, **more)).context
        if "form" not in context or not hasattr(context["form"], "fields"):
            seen = context["form"].seen if "form" in context else context["seen"]
            return {"seen": seen}
        values = {field.name: field.value() for field in context["form"]}
        return {
            key: "on" if value is True else value
            for key, value in values.items()
            if value not in (None, False)
        }

    def send(self, name: str, facts: dict[str, Any], /, **more: Any) -> Any:
        """Send a form as it is shown, with these facts changed."""
        return self.client.post(self.url(name, **more), self.shown(name, **more) | facts)

    @property
    def now(self) -> Version:
        return fresh(self.draft)
