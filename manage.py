#!/usr/bin/env python
"""Django's command-line tool for the site."""

import logging
import os
import sys


def main():
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from environs import EnvError

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EnvError) as fault:
        sys.exit(f"Cannot start: {fault}")
    except Exception:
        # By the log, which keeps what a fault quotes to itself.
        logging.getLogger("livskvalitet").exception("The command failed")
        sys.exit(1)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livskvalitet.settings")
    main()
