"""The settings as the tests use them."""

import os

os.environ.setdefault("LOCAL", "1")

from livskvalitet.settings import *  # noqa: E402, F403

RELEASE = "test"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
PAGE_CACHE_BYTES = 0  # a rolled-back change leaves the generation as it was
WHITENOISE_AUTOREFRESH = True
# A database that is migrated already, which a run on PostgreSQL begins with.
DATABASES["default"]["TEST"] = {  # noqa: F405
    "TEMPLATE": os.environ.get("DATABASE_TEMPLATE")
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
