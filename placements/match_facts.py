"""Reads the facts of matching from records: of a vacancy, of a client, of the two together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from counselling.enums import LanguageLevel, Purpose
from counselling.models import Client, Consent, LanguageSkill
from placements.enums import LegalPrerequisite
from placements.matching.codes import Answer
from placements.matching.facts import ClientFacts, PairFacts, VacancyFacts
from placements.models import JobSearch, TravelTime, Vacancy

LEGAL = {
    "": Answer.UNKNOWN,
    LegalPrerequisite.ALLOWED.value: Answer.YES,
    LegalPrerequisite.NOT_ALLOWED.value: Answer.NO,
}
GERMAN = "de"


def vacancy_facts(vacancy: Vacancy) -> VacancyFacts:
    """Return what this vacancy demands; needs no query."""
    return VacancyFacts(
        field_of_work=vacancy.field_of_work, is_open=vacancy.is_open, german=vacancy.german_required, hours=vacancy.hours_per_week,
        slots=frozenset(vacancy.working_slots), postal_code=vacancy.postal_code, languages=frozenset(vacancy.languages),
        experience_years=vacancy.experience_years, licences_required=frozenset(vacancy.licences_required),
        licences_desired=frozenset(vacancy.licences_desired), certificates_required=frozenset(vacancy.certificates_required),
        certificates_desired=frozenset(vacancy.certificates_desired), other_required=vacancy.other_certificate_required,
    )  # fmt: skip


@dataclass(frozen=True)
class ClientSide:
    """What is known of a client apart from any vacancy."""

    facts: ClientFacts
    postal_code: str


def client_sides(clients: Iterable[Client]) -> dict[int, ClientSide]:
    """Return what these clients offer, by primary key; two queries, however many they are."""
    found = list(clients)
    keys = [client.pk for client in found]
    searches = {search.client_id: search for search in JobSearch.objects.filter(client__in=keys)}
    skills: dict[int, list[LanguageSkill]] = {}
    for skill in LanguageSkill.objects.filter(client__in=keys):
        skills.setdefault(skill.client_id, []).append(skill)
    return {
        client.pk: ClientSide(
            _client_facts(client, searches.get(client.pk), skills.get(client.pk, [])),
            client.postal_code,
        )
        for client in found
    }


def _client_facts(client: Client, search: JobSearch | None, skills: list[LanguageSkill]) -> ClientFacts:
    german = next((skill for skill in skills if skill.language == GERMAN), None)
    others = (skill for skill in skills if skill.language != GERMAN)
    languages = {skill.language for skill in others if level_of(skill) != LanguageLevel.NONE}
    known = search or JobSearch()
    return ClientFacts(
        experienced=frozenset(known.fields_experienced), trained=frozenset(known.fields_trained),
        wished=frozenset(known.fields_wished), years=dict(known.years_by_field),
        german=level_of(german) if german else "", german_source=german.source if german else "",
        languages=frozenset(languages | set(client.spoken_languages)),
        hours_from=known.hours_from, hours_to=known.hours_to, slots=frozenset(known.slots), minutes_limit=known.minutes_limit,
        licences=frozenset(client.driving_licences), certificates=frozenset(known.certificates),
        licence_in_progress=known.licence_in_progress, certificates_in_progress=frozenset(known.certificates_in_progress),
        legal=LEGAL[known.legal],
    )  # fmt: skip


def level_of(skill: LanguageSkill) -> str:
    """Return the level that counts at work: of speaking, where that is not known of reading."""
    return skill.speaking or skill.reading


def ways_from(centre_id: int, code: str, others: Iterable[str]) -> dict[str, int]:
    """Return the minutes from a postal code to others, as far as they are known; 0 within the same one. One query."""
    wanted = {other for other in others if other}
    if not code or not wanted:
        return {}
    known = TravelTime.objects.filter(centre_id=centre_id)
    there = known.filter(code_a=code, code_b__in=wanted).values_list("code_b", "minutes")
    back = known.filter(code_b=code, code_a__in=wanted).values_list("code_a", "minutes")
    return dict(there.union(back)) | {other: 0 for other in wanted if other == code}


def consents_of(client: Client) -> Mapping[str, Answer]:
    """Return what this client said to which employer: the one in force, else that it was taken back. One query."""
    rows = Consent.objects.filter(client=client, purpose=Purpose.SHARE_WITH_EMPLOYER)
    said: dict[str, Answer] = {}
    for employer, withdrawn in rows.values_list("employer_name", "withdrawn_at"):
        if withdrawn is None:
            said[employer] = Answer.YES
        else:
            said.setdefault(employer, Answer.NO)
    return said


def pair_facts(client: Client, side: ClientSide, vacancies: Iterable[Vacancy]) -> dict[int, PairFacts]:
    """Return what is known of a client and each of these vacancies, by the vacancy's primary key; two queries."""
    found = list(vacancies)
    ways = ways_from(client.centre_id, side.postal_code, [vacancy.postal_code for vacancy in found])
    said = consents_of(client)
    return {
        vacancy.pk: PairFacts(
            minutes=ways.get(vacancy.postal_code), consent=said.get(vacancy.employer, Answer.UNKNOWN)
        )
        for vacancy in found
    }
