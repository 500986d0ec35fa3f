"""What employers demand: by field of work, with the week and the certificates; some of today's vacancies are to be asked about."""

import datetime as dt
from collections.abc import Sequence
from random import Random

from iqquadrat.accounts.models import Centre, User
from placements.models import Vacancy

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
# Parts of the week, as they are usual in a field: days and parts of the day.
WEEKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "kitchen": (("tue", "wed", "thu", "fri", "sat", "sun"), ("pm", "eve")),
    "cleaning": (WEEKDAYS, ("eve",)),
    "sales": ((*WEEKDAYS, "sat"), ("am", "pm")),
    "care": ((*WEEKDAYS, "sat", "sun"), ("am",)),
}
USUAL_WEEK = (WEEKDAYS, ("am", "pm"))
KLDB = {
    "kitchen": "29301", "construction": "32101", "cleaning": "54101", "care": "82101", "warehouse": "51311", "sales": "62101",
    "repair": "25212", "driving": "52122", "office": "71402", "sewing": "28222", "garden": "12101",
}  # fmt: skip
# Certificates and licences of a field: what is asked for first, what would be welcome.
CERTIFICATES = {
    "kitchen": (["hygiene"], []), "care": (["first_aid"], ["care"]), "warehouse": ([], ["forklift"]), "construction": ([], ["welding"]),
    "office": ([], ["computer"]), "driving": ([], ["pro_driving"]),
}  # fmt: skip
LICENCES = {
    "driving": (["b"], ["c1"]),
    "construction": ([], ["b"]),
    "garden": ([], ["b"]),
    "care": ([], ["b"]),
}
WORDS = {
    "kitchen": "Gemüse putzen, Geschirr, abends aufräumen. Essen in der Pause ist frei.",
    "sales": "Regale auffüllen, Kasse, Ware annehmen. Stammkundschaft aus dem Viertel.",
    "cleaning": "Büros und Treppenhäuser, in Gruppen zu zweit. Arbeitskleidung wird gestellt.",
    "warehouse": "Ware annehmen und packen, einzelne Pakete bis 20 kg.",
    "construction": "Mithilfe auf Baustellen in Leipzig, Abfahrt morgens ab Betrieb.",
    "sewing": "Änderungen an Kleidung und Gardinen, Maschine vorhanden.",
}
SPOKEN = {"sales": ["vi", "ar", "ru"], "office": ["ar", "fa"], "care": ["ru"], "kitchen": ["tr", "ar"]}


def make_demands(*, centre: Centre, counsellors: Sequence[User], today: dt.date, random: Random) -> None:
    """Give the vacancies of the centre demands, and somebody in charge; drafts stay as the interviews left them."""
    vacancies = list(Vacancy.objects.filter(centre=centre).real().with_taken().order_by("pk"))
    current = [vacancy for vacancy in vacancies if vacancy.state == "open"]
    for number, vacancy in enumerate(vacancies):
        _demand(vacancy, random)
        vacancy.in_charge = counsellors[number % len(counsellors)]
    for number, vacancy in enumerate(current):
        _follow(vacancy, number, today)
        vacancy.positions = max(1, vacancy.taken + (number % 5 != 1))
        vacancy.public, vacancy.employer_hidden = number % 3 != 2, number % 4 != 1
    Vacancy.objects.bulk_update(
        vacancies,
        [
            "postal_code", "working_slots", "experience_years", "licences_required", "licences_desired", "certificates_required",
            "certificates_desired", "kldb", "languages", "requirements", "in_charge", "public", "employer_hidden", "confirmed_on",
            "positions", "valid_until", "opened_on", "place", "starts_on", "other_certificate",
        ],
    )  # fmt: skip


def _demand(vacancy: Vacancy, random: Random) -> None:
    field = vacancy.field_of_work
    days, parts = WEEKS.get(field, USUAL_WEEK)
    hours = vacancy.hours_per_week or 0
    if hours and hours < 20:
        days = tuple(random.sample(days, 3))
    vacancy.working_slots = [f"{day}_{part}" for day in days for part in (parts[:1] if hours < 20 else parts)]
    vacancy.postal_code, vacancy.kldb = random.choice(["04315", "04315", "04317"]), KLDB.get(field, "")
    vacancy.place = vacancy.place or (vacancy.business.address if vacancy.business else "")
    vacancy.requirements = WORDS.get(field, "")
    vacancy.experience_years = random.choice([None, None, None, 1, 2])
    vacancy.languages = random.choice([[], [], SPOKEN.get(field, [])])
    if random.random() < 0.7:
        vacancy.certificates_required, vacancy.certificates_desired = CERTIFICATES.get(field, ([], []))
    if random.random() < 0.7:
        vacancy.licences_required, vacancy.licences_desired = LICENCES.get(field, ([], []))


def _follow(vacancy: Vacancy, number: int, today: dt.date) -> None:
    """Most were heard of lately; some expire this week, one has expired, of two nobody has heard for long."""
    vacancy.starts_on = today + dt.timedelta(days=14 + number)
    vacancy.confirmed_on = max(vacancy.opened_on, today - dt.timedelta(days=3 + number))
    if number % 6 == 0:
        vacancy.valid_until = today + dt.timedelta(days=2 + number // 6)
    elif number % 6 == 1 and number < 8:
        vacancy.valid_until = today - dt.timedelta(days=2 + number)
    elif number % 6 == 2 and number < 9:
        vacancy.opened_on, vacancy.confirmed_on = today - dt.timedelta(days=40 + number), None
