"""The settings with what only tests need. A module of its own, because pytest reads the settings before any conftest."""

import os

os.environ.setdefault("IQ_TESTING", "1")

from iqquadrat.settings import *  # noqa: F403 - the environment comes first; the settings are all wanted

# Hashing costs time on purpose; the tests need not pay it (what depends on it asks for the real hashers).
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Recordings lie in memory: nothing is left behind, and two tests never meet each other's files.
STORAGES = STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
