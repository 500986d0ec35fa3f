"""The floor of the house: abstract models, registry, texts and names, database, template tags. Knows no other room."""
