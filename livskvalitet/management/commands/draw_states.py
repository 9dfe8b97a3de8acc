"""manage.py draw_states: docs/states.md, drawn from the workflow's own rule."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import TextChoices

from kunskapsbank.enums import Act, EntryState, Status
from kunskapsbank.workflow import ENTRY_TRANSITIONS, TRANSITIONS
from kunskapsbank.workflow.moves import ENTRY_MOVES, MOVES

DRAWING = Path(settings.BASE_DIR) / "docs" / "states.md"
INTRODUCTION = """\
# States of a contribution

Drawn by `manage.py draw_states` from `kunskapsbank/workflow/moves.py`; `make check`
fails when the two differ. A *version* is a text, an *entry* the address that readers
know it by. Each arrow is an act, and writes one event to the entry's history.
"""
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
    ]
    return "\n".join(parts) + "\n"


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
