"""Handing out papers: each is an export, and recorded as one."""

from datetime import date

from django.db import transaction
from django.utils import timezone, translation

from competence.cv import cv_of
from competence.cv_docx import write_docx
from competence.documents import ClientProfile, CounsellorProfile, CvPaper, ShortProfile, short_profile_of
from competence.models import Assessment
from competence.page import page_of
from competence.paper import GERMAN
from competence.profile import Profile, load
from competence.released import items_of, printable
from competence.services.releases import release_in_force
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


class NothingReleasedError(Exception):
    """The client has released nothing for employers, or what was released reads differently by now."""


@transaction.atomic
def client_profile(*, assessment: Assessment, language: str, by: User | None) -> ClientProfile:
    """Return the profile for the client as a document. Raises ``UnknownLanguageError``."""
    document = ClientProfile(load(assessment), language, timezone.localdate())
    record(Action.EXPORT, by=by, obj=assessment, paper="client_profile", language=language)
    return document


@transaction.atomic
def counsellor_profile(*, assessment: Assessment, by: User) -> CounsellorProfile:
    """Return the profile for the counsellor, with the language evidence, as a document in German."""
    document = counsellor_document(load(assessment), timezone.localdate())
    record(Action.EXPORT, by=by, obj=assessment, paper="counsellor_profile", language=GERMAN)
    return document


@transaction.atomic
def short_profile(*, assessment: Assessment, by: User) -> ShortProfile:
    """Return the short profile for an employer: what the client released. Raises ``NothingReleasedError``."""
    document = short_document(load(assessment), timezone.localdate())
    record(Action.EXPORT, by=by, obj=assessment, paper="short_profile", language=GERMAN)
    return document


@transaction.atomic
def cv_paper(*, assessment: Assessment, by: User) -> CvPaper:
    """Return the CV as a document in German."""
    document = cv_document(load(assessment), timezone.localdate())
    record(Action.EXPORT, by=by, obj=assessment, paper="cv", format="pdf", language=GERMAN)
    return document


@transaction.atomic
def cv_file(*, assessment: Assessment, by: User) -> bytes:
    """Return the CV as DOCX in German."""
    written = cv_docx(load(assessment), timezone.localdate())
    record(Action.EXPORT, by=by, obj=assessment, paper="cv", format="docx", language=GERMAN)
    return written


# --- The documents themselves; whoever hands them out records it ------------------------------------------------------


def counsellor_document(profile: Profile, today: date) -> CounsellorProfile:
    """Return the profile for the counsellor."""
    with translation.override(GERMAN):
        return CounsellorProfile(page_of(profile.assessment, profile), today)


def short_document(profile: Profile, today: date) -> ShortProfile:
    """Return the short profile, of released items alone. Raises ``NothingReleasedError``."""
    assessment = profile.assessment
    release = release_in_force(assessment)
    items = printable(release, items_of(profile, GERMAN)) if release else []
    if release is None or not items:
        raise NothingReleasedError
    return short_profile_of(
        centre=assessment.centre, number=assessment.client.number, items=items, today=today,
        released_on=timezone.localdate(release.released_at),
    )  # fmt: skip


def cv_document(profile: Profile, today: date) -> CvPaper:
    """Return the CV."""
    return CvPaper(cv_of(profile), profile.assessment.client.number, today)


def cv_docx(profile: Profile, today: date) -> bytes:
    """Return the CV as DOCX."""
    document = cv_document(profile, today)
    return write_docx(document.cv, title=document.title)
