"""Handing out the papers of a proposal: each is an export, and recorded as one."""

from django.db import transaction
from django.utils import timezone

from competence.documents import ShortProfile
from competence.models import Assessment, ProfileRelease
from competence.paper import GERMAN
from competence.profile import load
from competence.released import Item, items_of, printable
from competence.services.papers import NothingReleasedError, short_document
from counselling.enums import Purpose
from counselling.models import Client
from counselling.queries import has_consent
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from placements.client_texts import PROPOSALS
from placements.enums import Stage
from placements.errors import ConsentMissingError, StepNotPossibleError
from placements.models import Placement
from placements.proposal_papers import ClientNote, ProposalLetter
from placements.services.placements import current_stage

# A wish stays in the house, and who came to nothing or has begun is not proposed any more.
PROPOSING = (Stage.PROPOSED, Stage.APPLIED, Stage.INTERVIEW, Stage.TRIAL)


@transaction.atomic
def proposal_letter(*, placement: Placement, by: User) -> ProposalLetter:
    """Return the letter to the employer, with the short profile as far as the client released one.

    Raises ``ConsentMissingError`` without the client's consent to this employer, ``StepNotPossibleError`` when there is nothing to
    propose.
    """
    _require(placement)
    profile = _short_profile(placement.client)
    letter = ProposalLetter(placement, profile, by.get_full_name(), timezone.localdate())
    record(Action.EXPORT, by=by, obj=placement, paper="proposal_letter", profile=profile is not None)
    return letter


@transaction.atomic
def client_note(*, placement: Placement, language: str, by: User) -> ClientNote:
    """Return the note for the client about what went to the employer. Raises as ``proposal_letter`` does.

    ``language`` stands beside the German; one without a text leaves the German alone.
    """
    _require(placement)
    beside = PROPOSALS.fitting(language)
    items = _released_items(placement.client, beside)
    note = ClientNote(
        placement=placement, beside=beside, sent_de=tuple(item.words.de for item in items), today=timezone.localdate(),
        sent_beside=tuple(item.words.other or item.words.de for item in items),
    )  # fmt: skip
    record(Action.EXPORT, by=by, obj=placement, paper="proposal_note", language=beside)
    return note


def released_assessment(client: Client) -> Assessment | None:
    """Return the assessment of which the client has released something for employers."""
    release = _release(client)
    return release.assessment if release else None


def _require(placement: Placement) -> None:
    if not has_consent(
        placement.client, Purpose.SHARE_WITH_EMPLOYER, employer_name=placement.vacancy.employer
    ):
        raise ConsentMissingError
    if current_stage(placement) not in PROPOSING:
        raise StepNotPossibleError


def _release(client: Client) -> ProfileRelease | None:
    standing = ProfileRelease.objects.in_force().filter(assessment__client=client)
    return (
        standing.select_related("assessment__client", "assessment__centre").order_by("-released_at").first()
    )


def _short_profile(client: Client) -> ShortProfile | None:
    assessment = released_assessment(client)
    if assessment is None:
        return None
    try:
        return short_document(load(assessment), timezone.localdate())
    except NothingReleasedError:
        return None


def _released_items(client: Client, language: str) -> list[Item]:
    release = _release(client)
    if release is None:
        return []
    return printable(release, items_of(load(release.assessment), language or GERMAN))
