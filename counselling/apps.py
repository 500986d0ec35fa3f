"""Registers the application with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.registry import (
    NavigationEntry,
    Panel,
    register_kept_address,
    register_navigation,
    register_panel,
    register_record_names,
    register_timeline,
)


class CounsellingConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "counselling"
    label = "counselling"
    verbose_name = _("Counselling")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the lists of a fresh database; take the places in the navigation and the timeline."""
        from counselling.merging.rules import register_rules  # noqa: PLC0415 - as below
        from counselling.queries import client_numbers, due_count, kept_client  # noqa: PLC0415 - models exist only once all rooms are ready
        from counselling.retention import register_clocks  # noqa: PLC0415 - as above
        from counselling.timeline import (  # noqa: PLC0415 - as above
            case_entries,
            entries,
            event_entries,
            referral_entries,
        )

        register_clocks()
        post_migrate.connect(_load_lists, sender=self)
        register_timeline("counselling", entries)
        register_timeline("referrals", referral_entries)
        register_timeline("cases", case_entries)
        register_timeline("events", event_entries)
        register_record_names("counselling.client", client_numbers)
        register_rules()
        register_kept_address("client", kept_client)
        _open_doors()
        register_navigation(
            NavigationEntry(
                label=_("Today"), url_name="home", icon="calendar3", order=10, count=due_count,
                prefix=("/", "/appointments/", "/follow-ups/", "/absences/", "/requests/"),
                permissions=[permission.value for permission in Permission],
            )
        )  # fmt: skip
        register_navigation(
            NavigationEntry(
                label=_("Clients"), url_name="counselling:client_list", icon="people", order=20,
                prefix=("/clients/", "/situations/", "/languages/", "/cases/", "/charges/", "/participations/"),
                permissions=[Permission.CLIENT_READ_OWN, Permission.CLIENT_LIST],
            )
        )  # fmt: skip
        register_navigation(
            NavigationEntry(
                label=_("Consultations"), url_name="counselling:consultation_list", icon="chat-left-text", order=30,
                prefix=("/consultations/", "/short-contacts/", "/events/", "/volunteers/", "/institutions/", "/referrals/"),
                permissions=[Permission.CONSULTATION_WRITE, Permission.CONSULTATION_READ_FACTS],
            )
        )  # fmt: skip


def _open_doors() -> None:
    """The parts of this room's own pages that stand in the lists open to all rooms, and the places of the settings."""
    change, keep = Permission.CLIENT_CHANGE_OWN, Permission.TOPIC_WRITE
    for page, panel in (
        ("client", Panel(key="referrals", label=_("Referrals"), url_name="counselling:client_referrals", permission=Permission.CLIENT_READ_OWN, order=60)),
        ("client", Panel(key="participation", label=_("Participation"), url_name="counselling:client_participations", permission=Permission.CLIENT_READ_OWN, order=65)),
        ("client.actions", Panel(key="referral", label=_("Refer"), url_name="counselling:referral_create", permission=change, order=60, icon="signpost-split")),
        ("today", Panel(key="referrals", label=_("Did they arrive?"), url_name="counselling:referrals_today", permission=change, order=40)),
        ("today", Panel(key="participation", label=_("After leaving"), url_name="counselling:questions_today", permission=change, order=65)),
        ("account", Panel(
            key="calendar", label=_("My appointments in another calendar"), url_name="counselling:calendar_feed",
            permission=Permission.CONSULTATION_WRITE, order=10,
        )),
        ("settings", Panel(
            key="absences", label=_("Absences and handing over"), url_name="counselling:absence_list", permission=Permission.CLIENT_REASSIGN,
            order=25, icon="people", text=_("Who is away, who looks after the clients, and whose clients go into other hands."),
        )),
        ("settings", Panel(
            key="topics", label=_("Topics"), url_name="counselling:topic_list", permission=keep, order=20, icon="tags",
            text=_("What consultations are about: names in all languages, order, retired ones."),
        )),
        ("settings", Panel(
            key="consent-texts", label=_("Consent texts"), url_name="counselling:consent_text_list", permission=Permission.CONSENT_TEXT_WRITE,
            order=25, icon="pen", text=_("What clients agree to, by version and language, and which texts somebody has read."),
        )),
        ("settings", Panel(
            key="institutions", label=_("Institutions"), url_name="counselling:institution_list", permission=Permission.DIRECTORY_KEEP,
            order=30, icon="signpost-split", text=_("Where clients are referred to, with the languages spoken there."),
        )),
    ):  # fmt: skip
        register_panel(page, panel)


def _load_lists(**kwargs: Any) -> None:
    from counselling.services import ensure_consent_texts, ensure_topics  # noqa: PLC0415 - models exist only once all rooms are ready

    # A migration backwards may have taken the table away.
    if not any(backwards for _migration, backwards in kwargs.get("plan") or []):
        ensure_topics()
        ensure_consent_texts()
