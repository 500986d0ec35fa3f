"""Lists as spreadsheets: every text a string, never a formula or a link; written row by row, so memory stays flat."""

import io
from collections.abc import Iterator
from typing import IO, Any

import xlsxwriter
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from counselling.enums import Channel, Interpretation, SpokenLanguage
from counselling.models import Attendance, Consultation, Topic
from counselling.models.client import ClientQuerySet
from counselling.models.consultation import ConsultationQuerySet
from iqquadrat.accounts.models import User
from iqquadrat.core.downloads import LONG_LIST

CHUNK = 2000
# So many talks are written while somebody waits; what is longer is asked for in parts. A sheet ends after a million.
MOST_AT_ONCE = 50_000


def _headed(book: Any, name: str, width: int, titles: list[str]) -> Any:
    """Add a sheet with titles that stay in sight; return it."""
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    sheet.set_column(0, len(titles) - 1, width)
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, bold)
    return sheet


def clients_workbook(clients: ClientQuerySet) -> bytes:
    """Return a spreadsheet of these clients. Rows go through temporary files; only the packed result is in memory."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, LONG_LIST)
    sheet = _headed(book, _("List"), 22, [
        _("Number"), _("Name"), _("Name in Latin letters"), _("Speaks"), _("District"), _("Work situation at entry"),
        _("In charge"), _("Phone"),
    ])  # fmt: skip
    for row, client in enumerate(clients.iterator(chunk_size=CHUNK), start=1):
        values = [
            client.number, client.written_name, client.latin_name, ", ".join(client.spoken_labels), client.district,
            str(client.get_labour_market_status_display()), client.counsellor.get_full_name(), client.phone,
        ]  # fmt: skip
        for column, value in enumerate(values):
            sheet.write_string(row, column, value)
    book.close()
    return file.getvalue()


def consultations_workbook(consultations: ConsultationQuerySet) -> bytes:
    """Return a spreadsheet of the facts of these talks."""
    file = io.BytesIO()
    write_consultations(consultations, file)
    return file.getvalue()


def write_consultations(consultations: ConsultationQuerySet, file: IO[bytes]) -> None:
    """Write a spreadsheet of the facts of these talks: when, how, in which languages, on what. Numbers stand for persons; no notes.

    A million rows need no more memory than a thousand: they are read in chunks and go through a temporary file.
    """
    with xlsxwriter.Workbook(file, LONG_LIST) as book:
        day, time = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "hh:mm"})
        sheet = _headed(book, _("Consultations"), 16, [
            _("Day"), _("Begin"), _("Client"), _("Further persons"), _("Main topic"), _("Further topics"), _("Languages"),
            _("Language help"), _("How"), _("Minutes"), _("Did not come"), _("Programme"), _("Advised by"),
        ])  # fmt: skip
        for row, (held, further, minutes, texts) in enumerate(_talks(consultations), start=1):
            sheet.write_datetime(row, 0, held.date(), day)
            sheet.write_datetime(row, 1, held.time(), time)
            sheet.write_number(row, 3, further)
            sheet.write_number(row, 9, minutes)
            for column, text in texts:
                if text:
                    sheet.write_string(row, column, text)


def _talks(consultations: ConsultationQuerySet) -> Iterator[tuple[Any, int, int, list[tuple[int, str]]]]:
    """Yield of each talk when it was held, further persons, minutes, and what else stands in its row by column."""
    topics = {topic.pk: str(topic.name) for topic in Topic.objects.all()}
    advisers = User.objects.filter(pk__in=consultations.order_by().values("counsellor").distinct())
    people = {user.pk: user.get_full_name() for user in advisers}
    languages = {code: str(label) for code, label in SpokenLanguage.choices}
    channels, help_by = (
        {key: str(label) for key, label in kind.choices} for kind in (Channel, Interpretation)
    )
    help_by[Interpretation.NONE] = ""
    missed = _("yes")
    through = Consultation.other_topics.through.objects.filter(consultation=OuterRef("pk"))
    present = Attendance.objects.filter(consultation=OuterRef("pk"))
    found = consultations.values_list(
        "held_at", "client__number", "client_id",
        ArraySubquery(present.values_list(Coalesce("client__merged_into_id", "client_id"))), "main_topic_id",
        ArraySubquery(through.order_by("topic__position").values_list("topic_id")), "languages", "interpretation", "channel", "minutes",
        "is_no_show", "programme_code", "counsellor_id",
    )  # fmt: skip
    for (
        held, number, client, attending, topic, others, spoken, interpretation, channel, minutes, no_show, programme, counsellor,
    ) in found.iterator(chunk_size=CHUNK):  # fmt: skip
        texts = [
            (2, number or ""), (4, topics.get(topic, "")), (5, ", ".join(topics[other] for other in others)),
            (6, ", ".join(languages[code] for code in spoken)), (7, help_by[interpretation]), (8, channels[channel]),
            (10, missed if no_show else ""), (11, programme), (12, people[counsellor]),
        ]  # fmt: skip
        yield timezone.localtime(held), len({*attending} - {client}), minutes, texts
