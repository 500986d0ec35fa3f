"""After a backup was restored: whoever was erased since is erased again."""

from collections.abc import Iterable

from counselling.models import Client
from iqquadrat.core import walls
from iqquadrat.rights import erasure_list
from iqquadrat.rights.enums import Ground
from iqquadrat.rights.models import Erasure
from iqquadrat.rights.services.erasing import erase_client


def apply_erasures(*, more: Iterable[str] = ()) -> list[Erasure]:
    """Erase every client that the list in the database, or ``more`` hashes, name and that is here again.

    A legal hold of the backup does not stop it: it had been lifted, or the client would not have been erased.
    """
    listed = set(Erasure.objects.values_list("identifier_hash", flat=True)) | set(more)
    if not listed:
        return []
    done = []
    with walls.every_centre("whoever was erased may be of any centre"):
        for client in Client.objects.filter(erased_at__isnull=True, merged_into__isnull=True).iterator():
            if listed.intersection(erasure_list.identifier_hashes(client.public_id)):
                Erasure.objects.filter(
                    identifier_hash__in=erasure_list.identifier_hashes(client.public_id)
                ).delete()
                client.legal_holds.all().delete()
                done.append(erase_client(client=client, by=None, ground=Ground.BACKUP))
    return done
