"""What a merge does with this room's own tables, where moving the rows is not all."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counselling.models import (
    Consent,
    Consultation,
    EmergencyAccess,
    FollowUp,
    LanguageSkill,
    Participation,
    Referral,
    Situation,
)
from iqquadrat.core.registry import MergeRule, register_merge_rule

AdjustBack = Callable[[int, int, dt.datetime], dict[Any, dict[str, Any]]]


def _withdrawn(kept: int, absorbed: int, now: dt.datetime) -> dict[Any, dict[str, Any]]:  # noqa: ARG001 - the registry's signature
    """A person who takes a consent back takes it back everywhere: given earlier in the other record, it ends there too."""
    changes: dict[Any, dict[str, Any]] = {}
    for mine, other in ((kept, absorbed), (absorbed, kept)):
        ended = _last_withdrawals(Consent.objects.filter(client_id=other, withdrawn_at__isnull=False))
        changes |= _close(Consent.objects.in_force().filter(client_id=mine), ended)
    return changes


def _withdrawn_since(kept: int, absorbed: int, merged_at: dt.datetime) -> dict[Any, dict[str, Any]]:
    """What was taken back while the records were one holds for both of them afterwards."""
    since = Consent.objects.filter(client_id=kept, withdrawn_at__gt=merged_at)
    return _close(
        Consent.objects.in_force().filter(client_id=absorbed, given_at__lte=merged_at),
        _last_withdrawals(since),
    )


def _last_withdrawals(consents: Any) -> dict[tuple[str, str], dt.datetime]:
    rows = consents.order_by("withdrawn_at").values_list("purpose", "employer_name", "withdrawn_at")
    return {(purpose, receiver): at for purpose, receiver, at in rows}


def _close(consents: Any, ended: dict[tuple[str, str], dt.datetime]) -> dict[Any, dict[str, Any]]:
    changes: dict[Any, dict[str, Any]] = {}
    for consent in consents:
        at = ended.get((consent.purpose, consent.employer_name))
        if at is not None and at >= consent.given_at:
            changes[consent.pk] = {"withdrawn_at": at}
    return changes


def _consent(consent: Consent) -> str:
    return _("%(purpose)s, given on %(day)s, explained in %(language)s") % {
        "purpose": consent.get_purpose_display(), "language": consent.get_explained_in_display(),
        "day": date_format(timezone.localtime(consent.given_at), "SHORT_DATE_FORMAT"),
    }  # fmt: skip


def _situation(row: Situation) -> str:
    said = [str(row.get_labour_market_status_display()), row.income_label]
    return _("since %(day)s: %(what)s") % {
        "day": date_format(row.since, "SHORT_DATE_FORMAT"), "what": ", ".join(filter(None, said)),
    }  # fmt: skip


def _language(row: LanguageSkill) -> str:
    return _("%(language)s, speaks: %(speaking)s, reads: %(reading)s (%(source)s)") % {
        "language": row.get_language_display(), "speaking": row.get_speaking_display() or "–",
        "reading": row.get_reading_display() or "–", "source": row.get_source_display(),
    }  # fmt: skip


def _participation(row: Participation) -> str:
    last = date_format(row.left_on, "SHORT_DATE_FORMAT") if row.left_on else _("today")
    return _("%(programme)s, %(first)s to %(last)s") % {
        "programme": row.programme_code, "first": date_format(row.entered_on, "SHORT_DATE_FORMAT"), "last": last,
    }  # fmt: skip


def _no_wider(kept: int, absorbed: int, now: dt.datetime) -> dict[Any, dict[str, Any]]:
    """Who opened one of the files in an emergency has not been let into the other one by it."""
    opened = EmergencyAccess.objects.filter(client_id__in=[kept, absorbed], until__gt=now, opened_at__lt=now)
    return {access.pk: {"until": now} for access in opened}


def _case_of_another(kept: int, absorbed: int, merged_at: dt.datetime) -> dict[Any, dict[str, Any]]:  # noqa: ARG001 - the registry's signature
    """A talk and a goal that were put together while the records were one are two persons' after that: neither file shows the
    other's."""
    talks = Consultation.objects.filter(client_id__in=[kept, absorbed], case__isnull=False)
    return {
        pk: {"case_id": None}
        for pk in talks.exclude(case__client_id=F("client_id")).values_list("pk", flat=True)
    }


def _talk_of_another(rows: Any) -> AdjustBack:
    """The same for what followed from a talk and hangs on the other record now."""

    def adjust(kept: int, absorbed: int, merged_at: dt.datetime) -> dict[Any, dict[str, Any]]:  # noqa: ARG001 - the registry's signature
        apart = rows.filter(client_id__in=[kept, absorbed], consultation__isnull=False)
        apart = apart.exclude(consultation__client_id=F("client_id"))
        return {pk: {"consultation_id": None} for pk in apart.values_list("pk", flat=True)}

    return adjust


def register_rules() -> None:
    """Tell the house how this room's tables are merged."""
    # Each record's history stays its own; the service lets the other record's counsellors in as deputies.
    register_merge_rule("counselling.charge", MergeRule(stays=True))
    register_merge_rule("counselling.merge", MergeRule(stays=True))  # each is taken back where it was made
    register_merge_rule(
        "counselling.consent", MergeRule(words=_consent, adjust=_withdrawn, adjust_back=_withdrawn_since)
    )
    register_merge_rule("counselling.situation", MergeRule(words=_situation))
    register_merge_rule("counselling.participation", MergeRule(words=_participation))
    register_merge_rule("counselling.languageskill", MergeRule(words=_language))
    register_merge_rule("counselling.consultation", MergeRule(adjust_back=_case_of_another))
    register_merge_rule("counselling.followup", MergeRule(adjust_back=_talk_of_another(FollowUp.objects)))
    register_merge_rule("counselling.referral", MergeRule(adjust_back=_talk_of_another(Referral.objects)))
    # In the same talk or on the same list with both records: the person was there once.
    register_merge_rule("counselling.attendance", MergeRule(quiet=True))
    register_merge_rule("counselling.eventattendance", MergeRule(quiet=True))
    register_merge_rule("counselling.emergencyaccess", MergeRule(adjust=_no_wider))
