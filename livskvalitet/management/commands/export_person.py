"""manage.py export_person: all that the site knows of one person, as JSON."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import User
from livskvalitet.own_data import gather


class Command(BaseCommand):
    help = "Print all that the site knows of a person (registerutdrag), as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="primary key or e-mail address")

    def handle(self, *args: object, **options: str) -> None:
        """Raises CommandError when there is nobody by that key or address."""
        user = self._find(options["person"])
        told = json.dumps(
            gather(user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2
        )
        self.stdout.write(told)

    def _find(self, key: str) -> User:
        known = {"pk": key} if key.isdecimal() else {"email__iexact": key}
        user = User.objects.filter(**known).first()
        if user is None:
            raise CommandError("There is no such person: give a key or an address.")
        return user
