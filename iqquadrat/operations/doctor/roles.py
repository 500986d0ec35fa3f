"""The role that the site signs in to the database with: held by the walls, and with no more rights than it needs."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from iqquadrat.core import embedded
from iqquadrat.operations.doctor.findings import Asked, Finding, fault, ok, warning
from iqquadrat.operations.roles import Standing, index_is_used, standing


def are_separate(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """The site does not sign in as owner or superuser, and may not change the access log."""
    now = standing()
    if embedded.is_configured():
        yield ok(_("The demonstration's own database has one role for everything."))
        return
    findings = [*_held(now), *_no_more_than_needed(now), *_speed()]
    yield from findings or [
        ok(_("The site signs in to the database as %(role)s, whom the walls hold.") % {"role": now.name})
    ]


def _held(now: Standing) -> Iterator[Finding]:
    if not now.is_held:
        yield fault(
            _(
                "The walls between centres in the database do not hold the role %(role)s: it is superuser, owns the tables or has BYPASSRLS."
            )
            % {"role": now.name},
            _("Run deploy/install.sh again, or give the site the role iqquadrat_app in DATABASE_URL."),
        )


def _no_more_than_needed(now: Standing) -> Iterator[Finding]:
    if now.is_held and (now.may_change_log or now.may_make_tables):
        yield fault(
            _(
                "The role %(role)s may do more in the database than it needs: change the access log or make tables."
            )
            % {"role": now.name},
            _("As owner of the tables: manage.py grant_roles"),
        )


def _speed() -> Iterator[Finding]:
    if not index_is_used():
        yield warning(
            _("Behind the walls the search of clients cannot use its index; with many clients it gets slow."),
            _("Run deploy/install.sh again, as after every restore."),
        )
