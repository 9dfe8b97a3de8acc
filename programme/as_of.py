"""An edition's text as it read at the end of a day, from the history of every row."""

from collections import defaultdict
from datetime import date as Date
from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware

from programme.models import (
    Chapter,
    Edition,
    Fokusomrade,
    Footnote,
    Prioritering,
    Viljeinriktning,
)
from programme.taxonomy import Taxonomy


def tree(edition: Edition, day: Date) -> Taxonomy:
    """The edition's text as it read when `day` ended, by the clock in Sweden."""
    end = make_aware(datetime.combine(day + timedelta(days=1), time.min))
    chapters = _rows(Chapter, end, edition=edition.pk)
    strands = _rows(Viljeinriktning, end, edition=edition.pk)
    areas = _rows(Fokusomrade, end, viljeinriktning__in=_keys(strands))
    sentences = _rows(Prioritering, end, fokusomrade__in=_keys(areas))
    notes = _rows(Footnote, end, edition=edition.pk)
    for chapter in chapters:
        chapter.edition = edition
    for strand in strands:
        strand.edition = edition
    _hang(areas, "viljeinriktning", strands, "fokusomraden")
    _hang(sentences, "fokusomrade", areas, "prioriteringar")
    for name, places in (
        ("chapter", chapters),
        ("fokusomrade", areas),
        ("prioritering", sentences),
    ):
        _hang(notes, name, places, "footnotes")
    return Taxonomy(edition, chapters, strands)


def _rows(model, end, **place):
    """What there was of the model, in its order; a row's latest record is what counts,
    even where it has moved since."""
    latest = model.history.filter(history_date__lt=end).latest_of_each()
    found = [each.instance for each in latest.filter(**place).exclude(history_type="-")]
    order = "number" if model is Footnote else "position"
    return sorted(found, key=lambda row: getattr(row, order))


def _keys(rows):
    return [row.pk for row in rows]


def _hang(rows, name, places, plural):
    """Give each place its rows, as if they were prefetched, and each row its place."""
    of_place = defaultdict(list)
    for row in rows:
        of_place[getattr(row, f"{name}_id")].append(row)
    for place in places:
        own = of_place[place.pk]
        for row in own:
            setattr(row, name, place)
        related = getattr(place, plural).all()
        related._result_cache, related._prefetch_done = own, True
        prefetched = getattr(place, "_prefetched_objects_cache", {})
        place._prefetched_objects_cache = {**prefetched, plural: related}
