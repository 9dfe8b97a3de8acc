"""manage.py import_kolada: run every night. Fetches the values of all indicators from
Kolada, each wholly or not at all, and takes up a run that was broken off."""

from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError, CommandParser

from uppfoljning.enums.indicators import FetchState
from uppfoljning.kolada import Kolada
from uppfoljning.models import Fetch, ImportRun, Indicator, Place
from uppfoljning.workflow import indicators as workflow

BAR = 20  # characters


class Command(BaseCommand):
    help = (
        "Fetch the values of indicators from Kolada: what is new or has changed. Each "
        "indicator is kept wholly or not at all, and what a value was before is kept. "
        "A run that was broken off is taken up."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "kolada_ids", nargs="*", help="only these, such as N00401; all if left out"
        )
        parser.add_argument(
            "--full", action="store_true", help="ask for everything, changed or not"
        )
        parser.add_argument(
            "--anew", action="store_true", help="leave a run that was broken off"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Say what became of each; raises CommandError when any of them failed."""
        wanted = _wanted(options["kolada_ids"])
        run = workflow.start_run(anew=bool(options["anew"] or options["kolada_ids"]))
        failed = 0
        for place, fetch in enumerate(_fetches(run, wanted, options["full"]), start=1):
            self.stdout.write(f"{_bar(place, len(wanted))} {_told(fetch)}")
            failed += fetch.state == FetchState.FAILED
        workflow.end_run(run)
        if failed:
            raise CommandError(f"{failed} of {len(wanted)} indicators failed.")


def _wanted(kolada_ids: list[str]) -> list[Indicator]:
    """Raises CommandError for one that the site does not have."""
    indicators = Indicator.objects.fetched().order_by("position")
    if not kolada_ids:
        return list(indicators)
    wanted = list(indicators.filter(kolada_id__in=kolada_ids))
    unknown = set(kolada_ids) - {each.kolada_id for each in wanted}
    if unknown:
        raise CommandError(f"Not an indicator of the site: {', '.join(unknown)}")
    return wanted


def _fetches(run: ImportRun, wanted: list[Indicator], full: bool) -> Iterator[Fetch]:
    """One after the other; those that the run has already answered are not asked."""
    source = Kolada()
    places = list(Place.objects.active())
    done = {each.indicator_id: each for each in run.fetches.answered()}
    for indicator in wanted:
        yield done.get(indicator.pk) or workflow.fetch(
            run, indicator, places, source, full=full
        )


def _bar(place: int, total: int) -> str:
    filled = BAR * place // total
    return f"[{'#' * filled}{'.' * (BAR - filled)}] {place}/{total}"


def _told(fetch: Fetch) -> str:
    name = f"{fetch.indicator.kolada_id} {fetch.get_state_display()}"
    counts = f"{fetch.new_count} new, {fetch.changed_count} changed"
    return " · ".join(filter(None, [name, counts, fetch.message]))
