"""What a merge does with this room's own tables, where moving the rows is not all."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from businesses.models import BusinessConsent, Interview, Need
from iqquadrat.core.registry import MergeRule, register_merge_rule

Changes = dict[Any, dict[str, Any]]


def _withdrawn(kept: int, absorbed: int, now: dt.datetime) -> Changes:  # noqa: ARG001 - the registry's signature
    """A business that takes a consent back takes it back everywhere: given earlier in the other record, it ends there too."""
    changes: Changes = {}
    for mine, other in ((kept, absorbed), (absorbed, kept)):
        changes |= _ended(mine, BusinessConsent.objects.filter(business=other, withdrawn_at__isnull=False))
    return changes


def _withdrawn_since(kept: int, absorbed: int, merged_at: dt.datetime) -> Changes:
    """What was taken back while the records were one holds for both of them afterwards."""
    return _ended(absorbed, BusinessConsent.objects.filter(business=kept, withdrawn_at__gt=merged_at))


def _ended(business: int, withdrawn: Any) -> Changes:
    last = {consent.purpose: consent.withdrawn_at for consent in withdrawn.order_by("withdrawn_at")}
    valid = BusinessConsent.objects.filter(business=business, withdrawn_at__isnull=True)
    return {
        consent.pk: {"withdrawn_at": last[consent.purpose]}
        for consent in valid
        if consent.purpose in last and last[consent.purpose] >= consent.given_at
    }


def _consent(consent: BusinessConsent) -> str:
    return _("%(purpose)s, given on %(day)s") % {
        "purpose": consent.get_purpose_display(), "day": date_format(timezone.localtime(consent.given_at), "SHORT_DATE_FORMAT"),
    }  # fmt: skip


def _interview(interview: Interview) -> str:
    return _("%(wave)s, begun on %(day)s") % {
        "wave": interview.wave.name, "day": date_format(timezone.localtime(interview.started_at), "SHORT_DATE_FORMAT"),
    }  # fmt: skip


def _need(need: Need) -> str:
    return f"{need.get_topic_display()}, {need.get_state_display()}"


def register_rules() -> None:
    """Tell the house how this room's tables are merged."""
    register_merge_rule(
        "businesses.businessmerge", MergeRule(stays=True)
    )  # each is taken back where it was made
    # The service moves them: both keys of a pair stand in their order, and a pair of one is none.
    register_merge_rule("businesses.reallytwo", MergeRule(stays=True))
    register_merge_rule(
        "businesses.registerrecord", MergeRule(stays=True)
    )  # an import is taken back for what it brought
    # The service makes one unit of two in the same wave.
    register_merge_rule("businesses.unit", MergeRule(quiet=True))
    register_merge_rule(
        "businesses.businessconsent",
        MergeRule(words=_consent, adjust=_withdrawn, adjust_back=_withdrawn_since),
    )
    register_merge_rule("businesses.interview", MergeRule(words=_interview))
    register_merge_rule("businesses.need", MergeRule(words=_need))
    # At the same evening with both records: somebody of the business was there once.
    register_merge_rule("businesses.eventattendance", MergeRule(quiet=True))
    register_merge_rule("businesses.invitation", MergeRule(quiet=True))
