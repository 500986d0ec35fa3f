"""Who may do what with one record: pure questions, asked before a page is shown and before a service writes."""

from counselling.models import Client, Consultation
from counselling.models.client import in_hands_of
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission


def is_own(user: User, client: Client) -> bool:
    """The client is in the user's charge, or the user deputises, or looks after those of somebody who is away. What was merged
    or erased is nobody's."""
    return (
        client.is_standing
        and client.centre_id == user.centre_id
        and (
            client.counsellor_id == user.pk or Client.objects.filter(in_hands_of(user), pk=client.pk).exists()
        )
    )


def can_read_client(user: User, client: Client) -> bool:
    """The whole file may be read."""
    return user.may(Permission.CLIENT_READ_OWN) and is_own(user, client)


def can_change_client(user: User, client: Client) -> bool:
    """Details and consents may be changed."""
    return user.may(Permission.CLIENT_CHANGE_OWN) and is_own(user, client)


def can_change_charges(user: User, client: Client) -> bool:
    """Who is in charge and who deputises may be changed: by the own team, and by the coordination of the centre."""
    reassigns = user.may(Permission.CLIENT_REASSIGN) and client.centre_id == user.centre_id
    return reassigns or can_change_client(user, client)


def can_keep_absence(user: User, counsellor: User) -> bool:
    """When somebody is away is entered by that person, or by the coordination of the centre."""
    reassigns = user.may(Permission.CLIENT_REASSIGN) and counsellor.centre_id == user.centre_id
    return reassigns or (user.pk == counsellor.pk and user.may(Permission.CLIENT_READ_OWN))


def can_break_glass(user: User, client: Client) -> bool:
    """The file may be opened in an emergency: with a reason, for a day, and the counsellor learns of it."""
    return user.may(Permission.CLIENT_BREAK_GLASS) and client.centre_id == user.centre_id


def can_change_consultation(user: User, consultation: Consultation) -> bool:
    """Only who wrote it may correct it."""
    return user.may(Permission.CONSULTATION_WRITE) and consultation.counsellor_id == user.pk
