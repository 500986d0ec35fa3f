"""The client's consent to one employer."""

from counselling.consents import current_text
from counselling.enums import Purpose
from counselling.models import Client
from counselling.queries import has_consent
from counselling.services.consents import give_consent
from iqquadrat.accounts.models import User
from placements.models import Vacancy


def agree_to_employer(*, client: Client, vacancy: Vacancy, explained_in: str, by: User) -> None:
    """Record that the client agreed to this employer; nothing when the consent stands already."""
    if not has_consent(client, Purpose.SHARE_WITH_EMPLOYER, employer_name=vacancy.employer):
        give_consent(
            client=client, purpose=Purpose.SHARE_WITH_EMPLOYER, text_version=current_text(Purpose.SHARE_WITH_EMPLOYER, client.centre_id).version,
            employer_name=vacancy.employer, explained_in=explained_in, by=by,
        )  # fmt: skip
