"""manage.py draw_states: docs/states.md, drawn from the workflows' own rules."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import TextChoices

from kunskapsbank.enums import Act, ConnectionStatus, EntryState, Status
from kunskapsbank.workflow import ENTRY_TRANSITIONS, TRANSITIONS, connections
from kunskapsbank.workflow.moves import ENTRY_MOVES, MOVES
from programme.enums import EditionStatus
from uppfoljning.enums.initiatives import InitiativeState, InitiativeStatus
from uppfoljning.enums.reports import AssessmentStatus, ReportStatus
from uppfoljning.workflow import assessments, editions, initiatives, reports

DRAWING = Path(settings.BASE_DIR) / "docs" / "states.md"
INTRODUCTION = """\
# States

Drawn by `manage.py draw_states` from the rule of each workflow; `make check` fails when
they differ.

# A contribution

From `kunskapsbank/workflow/moves.py`. A *version* is a text, an *entry* the address
that readers know it by. Each arrow is an act, and writes one event to the entry's
history.
"""
# What has rules but no table of acts: title, where the rule is, rule and first state.
OTHERS = (
    (
        "A connection",
        connections,
        ConnectionStatus,
        connections.TRANSITIONS,
        ConnectionStatus.PROPOSED,
    ),
    (
        "A text about an initiative",
        initiatives,
        InitiativeStatus,
        initiatives.TRANSITIONS,
        InitiativeStatus.DRAFT,
    ),
    (
        "A published initiative",
        initiatives,
        InitiativeState,
        initiatives.INITIATIVE_TRANSITIONS,
        InitiativeState.OPEN,
    ),
    (
        "An assessment",
        assessments,
        AssessmentStatus,
        assessments.TRANSITIONS,
        AssessmentStatus.NOT_STARTED,
    ),
    ("A report", reports, ReportStatus, reports.TRANSITIONS, ReportStatus.DRAFT),
    (
        "An edition",
        editions,
        EditionStatus,
        editions.TRANSITIONS,
        EditionStatus.PROPOSAL,
    ),
)
AFTERWORD = """\
## Acts that move nothing

They are written to the history all the same:
"""


class Command(BaseCommand):
    help = "Write docs/states.md from the workflow, or check that it is up to date."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="fail when the file differs"
        )

    def handle(self, *args, check, **options):
        """Write the file, or raise CommandError when --check finds it different."""
        drawn = drawing()
        if not check:
            DRAWING.write_text(drawn)
            self.stdout.write(f"Wrote {DRAWING}.")
        elif not DRAWING.is_file() or DRAWING.read_text() != drawn:
            raise CommandError(f"{DRAWING} is out of date: run manage.py draw_states.")


def drawing() -> str:
    """The whole file."""
    parts = [
        INTRODUCTION,
        "## Versions\n",
        *_section(Status, TRANSITIONS, MOVES, first=Status.DRAFT),
        "## Entries\n",
        *_section(EntryState, ENTRY_TRANSITIONS, ENTRY_MOVES, first=EntryState.OPEN),
        AFTERWORD,
        "\n".join(
            f"- {act.label} (`{act}`)"
            for act in Act
            if act not in {*MOVES, *ENTRY_MOVES}
        ),
        *(line for other in OTHERS for line in _other(*other)),
    ]
    return "\n".join(parts) + "\n"


def _other(
    title: str,
    workflow: ModuleType,
    states: type[TextChoices],
    rule: Mapping,
    first: TextChoices,
) -> Iterator[str]:
    yield f"\n# {title}\n"
    yield f"From `{workflow.__name__.replace('.', '/')}.py`.\n"
    yield "```mermaid\nstateDiagram-v2"
    yield from (f"  {state} : {state.label}" for state in states)
    yield f"  [*] --> {first}"
    for start, ends in rule.items():
        yield from (
            f"  {start} --> {end}" for end in sorted(ends, key=list(rule).index)
        )
    yield "```"


def _section(
    states: type[TextChoices], rule: Mapping, moves: Mapping, *, first: TextChoices
) -> Iterator[str]:
    yield "```mermaid\nstateDiagram-v2"
    yield from (f"  {state} : {state.label}" for state in states)
    yield f"  [*] --> {first}"
    arrows = list(_arrows(rule, moves))
    yield from (f"  {start} --> {end} : {acts}" for start, end, acts in arrows)
    yield "```\n"
    yield "| from | to | act |\n|---|---|---|"
    yield from (
        f"| {start.label} | {end.label} | {acts} |" for start, end, acts in arrows
    )
    yield ""


def _arrows(rule: Mapping, moves: Mapping) -> Iterator[tuple]:
    for start, ends in rule.items():
        for end in sorted(ends, key=list(rule).index):
            acts = [act.label for act in moves if (start, end) in moves[act]]
            yield start, end, ", ".join(acts)
