"""The decided text and the goals around it as records, word for word."""

from collections import defaultdict

from django.db.models import Max
from django.utils.timezone import localdate

from kunskapsbank.facets import Facets
from livskvalitet.open_data.identity import CC0, of_page
from livskvalitet.open_data.records import (
    FokusomradeRecord,
    FrameworkRecord,
    GoalRecord,
    GoalTie,
    PrioriteringRecord,
    PrioriteringReference,
    Reference,
    ViljeinriktningRecord,
)
from programme import taxonomy
from programme.enums import EditionStatus
from programme.models import (
    Fokusomrade,
    Framework,
    GoalLink,
    Prioritering,
    Viljeinriktning,
)

_WITH_HISTORY = (Viljeinriktning, Fokusomrade, Prioritering, Framework)


def viljeinriktningar(spread: Facets) -> list[ViljeinriktningRecord]:
    """Those of the current edition, in its order."""
    changed = _changed_on()
    return [
        _viljeinriktning(each, spread, changed)
        for each in spread.tree.viljeinriktningar
    ]


def fokusomraden(spread: Facets) -> list[FokusomradeRecord]:
    """Those of the current edition, in its order."""
    changed = _changed_on()
    return [_fokusomrade(each, spread, changed) for each in spread.tree.fokusomraden]


def prioriteringar(spread: Facets) -> list[PrioriteringRecord]:
    """Those of the current edition, in its order."""
    changed = _changed_on()
    return [_prioritering(each, spread, changed) for each in spread.tree.prioriteringar]


def frameworks() -> list[FrameworkRecord]:
    """Every framework with its goals, and the editors' ties to fokusområden."""
    ties = defaultdict(list)
    links = GoalLink.objects.with_fokusomrade()
    for link in links.exclude(
        fokusomrade__viljeinriktning__edition__status=EditionStatus.PROPOSAL
    ):
        tie = GoalTie(
            fokusomrade=reference(link.fokusomrade), motivation=link.motivation
        )
        ties[link.goal_id].append(tie)
    shown = Framework.objects.prefetch_related("goals")
    changed = _changed_on()[Framework]
    return [
        FrameworkRecord(
            id=of_page(each),
            title=each.title,
            level=each.get_level_display(),
            summary=each.summary,
            source=each.url,
            held_in_2016=each.held_in_2016,
            goals=[_goal(goal, ties[goal.pk]) for goal in each.goals.all()],
            changed=changed.get(each.pk),
            licence=CC0,
        )
        for each in shown
    ]


def reference(page) -> Reference:
    """A part of the programme, by name."""
    return Reference(id=of_page(page), title=str(page))


def prioritering_reference(prioritering: Prioritering) -> PrioriteringReference:
    return PrioriteringReference(
        id=of_page(prioritering), slug=prioritering.slug, number=prioritering.number
    )


def _viljeinriktning(each, spread, changed):
    return ViljeinriktningRecord(
        key=each.key,
        number=each.number,
        title=each.title,
        short_title=each.short_title,
        text=each.description,
        challenges=each.challenges,
        actions_heading=each.actions_heading,
        fokusomraden=[reference(area) for area in each.fokusomraden.all()],
        **_every(each, spread, changed),
    )


def _fokusomrade(each, spread, changed):
    return FokusomradeRecord(
        number=each.number,
        title=each.title,
        short_title=each.short_title,
        text=each.body,
        priorities_heading=each.priorities_heading,
        viljeinriktning=reference(each.viljeinriktning),
        prioriteringar=[prioritering_reference(p) for p in each.prioriteringar.all()],
        **_every(each, spread, changed),
    )


def _prioritering(each, spread, changed):
    return PrioriteringRecord(
        slug=each.slug,
        number=each.number,
        text=each.text,
        fokusomrade=reference(each.fokusomrade),
        viljeinriktning=reference(each.fokusomrade.viljeinriktning),
        **_every(each, spread, changed),
    )


def _every(each, spread, changed):
    """The fields that all parts of the programme have."""
    return {
        "id": of_page(each),
        "edition": spread.tree.edition.slug,
        "contributions": spread.count(each),
        "published": spread.tree.edition.decided_on,
        "changed": changed[type(each)].get(each.pk),
        "licence": CC0,
    }


def _goal(goal, ties):
    return GoalRecord(
        id=of_page(goal),
        number=goal.number,
        title=goal.title,
        summary=goal.summary,
        source=goal.url,
        ties=ties,
    )


def _changed_on():
    """The day of the latest wording of each row: by model, and then by key."""
    return taxonomy.keep("changed on", _read_changed_on)


def _read_changed_on():
    return {model: _latest(model.history) for model in _WITH_HISTORY}


def _latest(history):
    moments = history.values_list("id").annotate(Max("history_date")).order_by("id")
    return {pk: localdate(moment) for pk, moment in moments}
