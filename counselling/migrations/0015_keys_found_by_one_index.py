import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models

from iqquadrat.core.folding import key_set, number_keys

REFILL = """
INSERT INTO counselling_searchkey (client_id, centre_id, key)
SELECT id, centre_id, unnest(string_to_array(search_key, ' ')) FROM counselling_client;
SET CONSTRAINTS ALL IMMEDIATE;
"""
BLOCK = 2000


def fold_again(apps, _schema_editor):
    """Names are folded in more readings than before: the stored keys follow."""
    Client = apps.get_model("counselling", "Client")
    block = []
    for client in Client.objects.only(
        "family_name", "given_name", "latin_family_name", "latin_given_name", "aliases", "number", "phone", "absorbed_keys"
    ).iterator(BLOCK):
        names = (client.family_name, client.given_name, client.latin_family_name, client.latin_given_name, client.aliases)
        keys = key_set(*names) | number_keys(client.number) | number_keys(client.phone) | set(client.absorbed_keys.split())
        client.search_key = " ".join(sorted(keys))
        block.append(client)
        if len(block) == BLOCK:
            Client.objects.bulk_update(block, ["search_key"])
            block = []
    Client.objects.bulk_update(block, ["search_key"])


class Migration(migrations.Migration):

    dependencies = [
        ('counselling', '0014_absences'),
    ]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, reverse_sql=REFILL),
        migrations.DeleteModel(name='SearchKey'),
        migrations.RunPython(fold_again, migrations.RunPython.noop),
        BtreeGinExtension(),
        migrations.AddIndex(
            model_name='client',
            index=django.contrib.postgres.indexes.GinIndex(models.F('centre'), models.Func(models.Func(models.F('search_key'), models.Value(' '), function='string_to_array', output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)), function='array_to_tsvector', output_field=django.contrib.postgres.search.SearchVectorField()), name='client_search_keys'),
        ),
    ]
