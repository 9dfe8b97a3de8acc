"""manage.py doctor: looks at a running installation and says what is wrong with it, in
Swedish, since those who run the site read it. It ends with 1 when anything must be
mended; what is only a warning can wait."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from livskvalitet.doctor.examination import examine
from livskvalitet.doctor.findings import Examined, Finding, Level

WORDS = {Level.OK: "ok", Level.WARNING: "varning", Level.FAULT: "fel"}


class Command(BaseCommand):
    help = "Look at a running installation, and say in plain words what to do."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--full",
            action="store_true",
            help="also read the whole index, and a backup of any size",
        )
        parser.add_argument(
            "--url",
            help="the address whose certificate is looked at; that of ALLOWED_HOSTS",
        )

    def handle(self, *args: object, **options: object) -> None:
        address = str(options["url"] or _own_address())
        worst = Level.OK
        for name, findings in examine(Examined(bool(options["full"]), address)):
            self._tell(name, findings)
            worst = max([worst, *(finding.level for finding in findings)])
        if worst == Level.FAULT:
            sys.exit(1)

    def _tell(self, name: str, findings: list[Finding]) -> None:
        if not findings:
            self.stdout.write(f"{WORDS[Level.OK]:8} {name}")
        for finding in findings:
            self.stdout.write(f"{WORDS[finding.level]:8} {name}: {finding.text}")
            self.stdout.write(f"{'':8} Gör så här: {finding.remedy}")


def _own_address() -> str:
    if settings.LOCAL:
        return settings.SITE_ADDRESS
    return f"https://{settings.ALLOWED_HOSTS[0].removeprefix('.')}"
