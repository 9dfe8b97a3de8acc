"""The settings of a later release, which has one table more."""

from livskvalitet.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.rehearse.later_app"]  # noqa: F405
