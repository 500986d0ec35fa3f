from django.db import migrations

FIELDS = (
    "kitchen", "construction", "cleaning", "care", "warehouse", "sales", "repair", "driving", "office", "sewing", "garden", "other",
)  # fmt: skip
SLOTS = tuple(f"{day}_{part}" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun") for part in ("am", "pm", "eve"))  # fmt: skip
CERTIFICATES = ("forklift", "welding", "hygiene", "first_aid", "pro_driving", "care", "security", "computer", "none")
COLUMNS = {
    "experienced_bits": ("fields_experienced", FIELDS),
    "trained_bits": ("fields_trained", FIELDS),
    "wished_bits": ("fields_wished", FIELDS),
    "slot_bits": ("slots", SLOTS),
    "certificate_bits": ("certificates", CERTIFICATES),
    "coming_bits": ("certificates_in_progress", CERTIFICATES),
}


def _sum(column: str, codes: tuple[str, ...]) -> str:
    return " + ".join(f"('{code}' = ANY({column}))::int * {1 << place}" for place, code in enumerate(codes))


class Migration(migrations.Migration):
    """Sets of codes as bits, made by the database from the lists themselves: matching compares them as numbers."""

    dependencies = [("placements", "0007_owners_of_businesses")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE placements_jobsearch "
            + ", ".join(
                f"ADD COLUMN {name} integer GENERATED ALWAYS AS ({_sum(column, codes)}) STORED"
                for name, (column, codes) in COLUMNS.items()
            ),
            "ALTER TABLE placements_jobsearch " + ", ".join(f"DROP COLUMN {name}" for name in COLUMNS),
        )
    ]
