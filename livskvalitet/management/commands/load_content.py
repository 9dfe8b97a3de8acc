"""manage.py load_content: the programme and the launch contributions, any number
of times."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core import serializers
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Manager, Model
from django.utils import timezone

from kunskapsbank import workflow
from kunskapsbank.models import Organisation, Tag
from programme import loading
from programme.models import Prioritering
from search import generation

# The day the programme was decided, on its first page.
DECIDED = datetime(2016, 1, 26, tzinfo=UTC)
TEXT = "programme.json"
CONTEXT = ["omvarld.json", "styrdokument.json", "ordlista.json"]
KNOWLEDGE = "kunskapsbank.json"
# How the natural keys of a contribution's ties are looked up.
TIES: dict[str, Callable[..., Model]] = {
    "organisations": Organisation.objects.get_by_natural_key,
    "prioriteringar": Prioritering.objects.get_by_natural_key,
    "tags": Tag.objects.get_by_natural_key,
}
PLAIN: dict[str, tuple[Manager, str]] = {
    "kunskapsbank.organisation": (Organisation.objects, "slug"),
    "kunskapsbank.tag": (Tag.objects, "key"),
}
OUTCOMES = {
    "created": "new",
    "updated": "updated",
    "unchanged": "unchanged",
    "kept": "left as people have made them",
}


class Command(BaseCommand):
    help = (
        "Load the programme, its context and the launch contributions from fixtures/. "
        "Creates what is missing, updates what nobody has edited, and never touches "
        "what a person has changed."
    )

    @transaction.atomic
    def handle(self, *args, **options):
        """Load all content in one transaction and say what was done."""
        now = timezone.now()
        programme: Counter[str] = Counter()
        for file, history_date in [(TEXT, DECIDED), *((name, now) for name in CONTEXT)]:
            programme += load_tracked(file, history_date)
        contributions = load_contributions(now)
        if (programme + contributions).keys() & {"created", "updated"}:
            generation.touch()
        self._say("Programme and context", programme)
        self._say("Contributions", contributions)

    def _say(self, what: str, outcomes: Counter) -> None:
        parts = (
            f"{outcomes[name]} {words}"
            for name, words in OUTCOMES.items()
            if outcomes[name]
        )
        self.stdout.write(f"{what}: {', '.join(parts)}.")


def fixture(name: str) -> Path:
    return Path(settings.BASE_DIR) / "fixtures" / name


def load_tracked(name: str, history_date: datetime) -> Counter:
    """Load a fixture of models with history; see `programme.loading.load`."""
    outcomes: Counter[str] = Counter()
    for _, rows in _by_model(json.loads(fixture(name).read_text())):
        objects = serializers.deserialize("python", rows)
        outcomes += loading.load(objects, history_date=history_date)
    return outcomes


def load_contributions(moment: datetime) -> Counter:
    """Load the launch contributions; see `workflow.load_launch_version`."""
    slugs: dict[str, str] = {}
    outcomes: Counter[str] = Counter()
    for model, rows in _by_model(json.loads(fixture(KNOWLEDGE).read_text())):
        if model == "kunskapsbank.entry":
            fields = (row["fields"] for row in rows)
            slugs = {entry["launch_key"]: entry["slug"] for entry in fields}
        elif model == "kunskapsbank.version":
            outcomes.update(_load_version(row["fields"], slugs, moment) for row in rows)
        else:
            _load_plain(model, rows)
    return outcomes


def _load_version(fields: dict, slugs: dict[str, str], moment: datetime) -> str:
    columns = {name: fields[name] for name in fields.keys() - TIES.keys()}
    (launch_key,) = columns.pop("entry")
    columns.pop("number")
    return workflow.load_launch_version(
        launch_key=launch_key,
        slug=slugs[launch_key],
        fields=columns,
        ties={
            name: [find(*key) for key in fields[name]] for name, find in TIES.items()
        },
        moment=moment,
    )


def _load_plain(model: str, rows: list[dict]) -> None:
    """Organisations and tags: created when missing, else a moderator's to keep."""
    table, key = PLAIN[model]
    for row in rows:
        fields = row["fields"]
        table.get_or_create(**{key: fields[key]}, defaults=fields)


def _by_model(rows: list[dict]) -> Iterator[tuple[str, list[dict]]]:
    """Rows in the file's order, one model at a time."""
    models = dict.fromkeys(row["model"] for row in rows)
    for model in models:
        yield model, [row for row in rows if row["model"] == model]
