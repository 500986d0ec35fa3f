"""The list of an event on paper: to be signed, with the names that are known and blank lines for all others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from counselling.models import GroupEvent

BLANK = 12
FULL_PAGE = 20


@dataclass(frozen=True)
class AttendanceList:
    """German, because it goes to the funder's file."""

    event: GroupEvent
    names: Sequence[str] = ()
    language: str = "de"
    template: str = "counselling/paper/attendance_list.html"

    @property
    def title(self) -> str:
        """The title of the document; an event's name names nobody."""
        return _("Attendance list: %(title)s") % {"title": self.event.title}

    @property
    def file_name(self) -> str:
        """A name for saving."""
        return f"attendance-list-{timezone.localtime(self.event.at):%Y-%m-%d}.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows: numbered lines, enough for a page."""
        blank = max(BLANK, FULL_PAGE - len(self.names))
        lines = list(enumerate([*self.names, *([""] * blank)], start=1))
        return {"event": self.event, "centre": self.event.centre, "lines": lines, "title": self.title}
