"""manage.py load_content: the programme and the launch contributions, any number
of times."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from accounts import roles
from kunskapsbank import workflow
from kunskapsbank.models import Organisation, Tag
from livskvalitet import findable
from programme import loading
from programme.models import Prioritering
from search import generation

# The day the programme was decided, on its first page.
DECIDED = datetime(2016, 1, 26, tzinfo=UTC)
TEXT = "programme.json"
CONTEXT = ["omvarld.json", "styrdokument.json", "ordlista.json", "nyckeltal.json"]
KNOWLEDGE = "kunskapsbank.json"
OUTCOMES = {
    "created": "new",
    "updated": "updated",
    "unchanged": "unchanged",
    "kept": "left as people have made them",
}


class Command(BaseCommand):
    help = (
        "Load the programme, its context and the launch contributions from fixtures/, "
        "and give the roles their permissions. "
        "Creates what is missing, updates what nobody has edited, and never touches "
        "what a person has changed."
    )

    @transaction.atomic
    def handle(self, *args, **options):
        """Load all content in one transaction and say what was done."""
        roles.load()
        now = timezone.now()
        programme: Counter[str] = Counter()
        for file, history_date in [(TEXT, DECIDED), *((name, now) for name in CONTEXT)]:
            programme += load_tracked(file, history_date)
        contributions = load_contributions(now)
        if (programme + contributions).keys() & {"created", "updated"}:
            generation.touch()
        findable.catch_up()
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


def rows_in(name: str) -> list[dict]:
    return json.loads(fixture(name).read_text(encoding="utf-8"))


def load_tracked(name: str, history_date: datetime) -> Counter:
    """Load a fixture of models with history; see `programme.loading.load`."""
    return loading.load(rows_in(name), history_date=history_date)


def load_contributions(moment: datetime) -> Counter:
    """Load the launch contributions; see `workflow.load_launch_version`."""
    slugs: dict[str, str] = {}
    # How the natural keys of a contribution's ties are looked up.
    find: dict[str, Callable[[str], Model]] = {
        "prioriteringar": Prioritering.objects.get_by_natural_key
    }
    outcomes: Counter[str] = Counter()
    for model, rows in _by_model(rows_in(KNOWLEDGE)):
        fields = [row["fields"] for row in rows]
        if model == "kunskapsbank.entry":
            slugs = {each["launch_key"]: each["slug"] for each in fields}
        elif model == "kunskapsbank.version":
            outcomes.update(_load_version(each, slugs, find, moment) for each in fields)
        elif model == "kunskapsbank.organisation":
            organisations = {each["slug"]: _organisation(each) for each in fields}
            find["organisations"] = organisations.__getitem__
        elif model == "kunskapsbank.tag":
            tags = {each["key"]: _tag(each) for each in fields}
            find["tags"] = tags.__getitem__
    return outcomes


def _load_version(
    fields: dict,
    slugs: dict[str, str],
    find: dict[str, Callable[[str], Model]],
    moment: datetime,
) -> str:
    columns = {name: fields[name] for name in fields.keys() - find.keys()}
    (launch_key,) = columns.pop("entry")
    columns.pop("number")
    try:
        ties = {name: [get(*key) for key in fields[name]] for name, get in find.items()}
    except ObjectDoesNotExist:  # people have removed a prioritering
        return "kept"
    return workflow.load_launch_version(
        launch_key=launch_key,
        slug=slugs[launch_key],
        fields=columns,
        ties=ties,
        moment=moment,
    )


def _organisation(fields: dict) -> Organisation:
    """Created when missing, else a moderator's to keep."""
    return Organisation.objects.get_or_create(slug=fields["slug"], defaults=fields)[0]


def _tag(fields: dict) -> Tag:
    """Known by its key, or its slug if it is renamed; merged, it is what it became."""
    renamed = Q(slug=fields["slug"]) | Q(aliases__slug=fields["slug"])
    return (
        Tag.objects.called([fields["key"]]).get(fields["key"])
        or Tag.objects.filter(renamed).first()
        or Tag.objects.create(**fields)
    )


def _by_model(rows: list[dict]) -> Iterator[tuple[str, list[dict]]]:
    """Rows in the file's order, one model at a time."""
    models = dict.fromkeys(row["model"] for row in rows)
    for model in models:
        yield model, [row for row in rows if row["model"] == model]
