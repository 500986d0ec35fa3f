"""What this room adds to other rooms' pages, registered while Django starts (models are not there yet)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from competence.signals import assessment_finished
from iqquadrat.core.registry import (
    MergeRule,
    NavigationEntry,
    Panel,
    TimelineEntry,
    register_merge_rule,
    register_navigation,
    register_panel,
    register_timeline,
)
from iqquadrat.questionnaires import doors as questionnaires

READ, CHANGE, SUMS = "profile.read_own", "profile.change_own", "profile.aggregate"


def open_doors() -> None:
    """Register navigation, the tab of the client page, the timeline, and what follows when a questionnaire is finished."""
    register_navigation(
        NavigationEntry(
            label=pgettext_lazy("navigation", "Competence"), url_name="competence:assessment_list", icon="ui-checks",
            permissions=(READ, SUMS), order=40, prefix="/competence/",
        )
    )  # fmt: skip
    register_panel(
        "client",
        Panel(key="profile", label=_("Competence profile"), url_name="competence:client_profile", permission=READ, order=20),
    )  # fmt: skip
    register_panel(
        "client.actions",
        Panel(
            key="assessment", label=_("Start the competence assessment"), url_name="kiosk:start", permission="kiosk.start",
            order=10, icon="ui-checks",
        ),
    )  # fmt: skip
    register_panel(
        "today",
        Panel(key="goals", label=_("Agreed goals"), url_name="competence:goals_today", permission=CHANGE, order=30),
    )  # fmt: skip
    register_timeline("assessment", timeline)
    register_timeline("goals", goal_timeline)
    register_merge_rule("competence.agreedgoal", MergeRule(adjust_back=_goal_of_another))
    assessment_finished.connect(keep_evidence, dispatch_uid="competence.keep_evidence")


def say_meaning() -> None:
    """Say to whoever edits the questionnaire what this room reads from which question."""
    from competence import meaning  # noqa: PLC0415 - its words are read once all rooms are ready

    questionnaires.register_meaning(
        "competence", questionnaires.Meaning(dimensions=meaning.DIMENSIONS, uses=meaning.uses)
    )


def keep_evidence(sender: Any, *, assessment: Any, **_kwargs: Any) -> None:  # noqa: ARG001 - Django's signature
    """Work out the language evidence in the transaction that completes the assessment."""
    from competence.services.evidence import store_result  # noqa: PLC0415 - models are loaded by now

    store_result(assessment)


def timeline(user: Any, client_pk: int) -> Iterable[TimelineEntry]:
    """Return what happened with this client's assessments, for readers in whose charge the client is."""
    from competence.models import Assessment  # noqa: PLC0415 - models are loaded by now
    from counselling.models import Client  # noqa: PLC0415

    if not user.may(READ):
        return []
    own = Client.objects.own(user).filter(pk=client_pk)
    found = Assessment.objects.filter(client__in=own, started_at__isnull=False)
    return [entry for assessment in found for entry in _entries(assessment)]


def _entries(assessment: Any) -> Iterable[TimelineEntry]:
    url = reverse("competence:profile", kwargs={"public_id": assessment.public_id})
    moments = (
        (assessment.started_at, _("Competence assessment started")),
        (assessment.finished_at, _("Competence assessment finished")),
        (assessment.discussed_at, _("Competence profile discussed")),
    )
    for at, title in moments:
        if at is not None:
            yield TimelineEntry(at=at, kind="assessment", icon="ui-checks", title=title, url=url)


def goal_timeline(user: Any, client_pk: int) -> Iterable[TimelineEntry]:
    """Return what was agreed with this client and what became of it, for readers in whose charge the client is."""
    from competence.models import AgreedGoal  # noqa: PLC0415 - models are loaded by now

    if not user.may(READ):
        return []
    found = AgreedGoal.objects.visible_to(user).filter(client=client_pk).select_related("assessment")
    return [entry for goal in found for entry in _goal_entries(goal)]


def _goal_entries(goal: Any) -> Iterable[TimelineEntry]:
    own = goal.assessment.public_id if goal.assessment else None
    url = reverse("competence:profile", kwargs={"public_id": own}) + "#goals" if own else ""
    until = _("%(kind)s, until %(day)s") % {"kind": goal.get_kind_display(), "day": goal.until}
    yield TimelineEntry(
        at=_noon(goal.agreed_on), kind="case", icon="flag", title=_("Goal agreed"), lines=[goal.text], meta=until, url=url
    )  # fmt: skip
    if goal.ended_on is not None:
        lines = [line for line in (goal.text, goal.outcome_note) if line]
        title = _("Goal: %(state)s") % {"state": goal.get_state_display()}
        yield TimelineEntry(
            at=_noon(goal.ended_on), kind="case", icon="flag", title=title, lines=lines, url=url
        )


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def _goal_of_another(kept: int, absorbed: int, merged_at: dt.datetime) -> dict[Any, dict[str, Any]]:  # noqa: ARG001 - the registry's signature
    """Agreed while two records were one, on a profile that goes back with the other: the goal stays, without that profile."""
    from competence.models import AgreedGoal  # noqa: PLC0415 - models are loaded by now

    rows = AgreedGoal.objects.filter(client_id__in=[kept, absorbed], assessment__isnull=False)
    apart = rows.exclude(assessment__client_id=F("client_id"))
    return {pk: {"assessment_id": None} for pk in apart.values_list("pk", flat=True)}
