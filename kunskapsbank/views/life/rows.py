"""What a person has: each text with where it is and what waits on whom."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from kunskapsbank import permissions, workflow
from kunskapsbank.broken_links import BrokenLink, broken_in_each
from kunskapsbank.enums import Act, EntryState, Status
from kunskapsbank.models import Appeal, HelpfulAnswer, Hiding, ReviewEvent, Version

ON_ME = "me"
ON_REVIEWERS = "reviewers"
DONE = "done"
# Acts of moderators, whose message is an answer to whoever wrote.
ANSWERS = [
    Act.RETURNED,
    Act.PUBLISHED,
    Act.DECLINED,
    Act.APPEAL_GRANTED,
    Act.APPEAL_DENIED,
    Act.PUBLICATION_UNDONE,
    Act.SUPPRESSED,
    Act.HIDDEN,
    Act.HIDING_UPHELD,
    Act.SHOWN_AGAIN,
]
# A text whose publication was undone is never published again.
UNDONE = ReviewEvent.objects.filter(
    entry=OuterRef("entry"),
    version_number=OuterRef("number"),
    act=Act.PUBLICATION_UNDONE,
)
_CLOSED = {
    EntryState.HIDDEN: "Granskarna har dolt bidraget. Ingenting är raderat.",
    EntryState.WITHDRAWN: "Bidraget är återtaget och syns inte på webbplatsen.",
}
_OBJECTED = "Bidraget är dolt. Väntar på en annan granskare, som omprövar döljandet."
_ON_ME = {
    Status.DRAFT: "Väntar på dig: skriv klart och skicka in.",
    Status.RETURNED: "Väntar på dig: svara på granskarnas fråga och skicka in igen.",
}
_NO_RIGHT = "Ditt konto kan inte skriva bidrag längre. Be en moderator om hjälp."


@dataclass
class Row:
    """One text, as its writer or an owner sees it. `queue_place` is 1 for the next to
    be reviewed, and None for what does not wait for review; `helped` is how many
    readers said yes and no, None when nobody has or the text is not published."""

    version: Version
    group: str
    waits: str
    answer: ReviewEvent | None = None
    queue_place: int | None = None
    helped: tuple[int, int] | None = None
    broken_links: list[BrokenLink] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.version.title or "Utan rubrik"

    @property
    def status(self) -> str:
        entry = self.version.entry
        return self.version.status if entry.state == EntryState.OPEN else entry.state

    @property
    def status_label(self) -> str:
        entry = self.version.entry
        if entry.state != EntryState.OPEN:
            return entry.get_state_display()
        if self.version.status == Status.REPLACED and self.version.is_undone:
            return Act.PUBLICATION_UNDONE.label
        return self.version.get_status_display()

    @property
    def is_proposal(self) -> bool:
        """Whether it is a change to what is published, and no more than that yet."""
        is_public = self.version.status in {Status.PUBLISHED, Status.REPLACED}
        return self.version.based_on_id is not None and not is_public

    @property
    def said(self) -> str:
        """The moderator's last message; empty when there was none."""
        detail = getattr(self.answer, "detail", None)
        return detail.message if detail else ""

    @property
    def kept_until(self):
        """The day a draft is erased if it is left; None for what is kept for good."""
        if self.version.status != Status.DRAFT or self.version.snapshots.all():
            return None
        return localdate(workflow.erased_at(self.version))


def mine(user):
    """The texts that a person wrote or owns, as the one door shows them."""
    seen = Version.objects.visible_to(user).owned_by(user)
    return seen.select_related("entry").annotate(is_undone=Exists(UNDONE))


def in_force(versions):
    """Those that a list of one's own holds: a text that a newer one replaced is left
    to history, but not one that moderators took down."""
    is_history = Q(status=Status.REPLACED, is_undone=False, is_suppressed=False)
    return versions.exclude(is_history)


def rows_of(user, versions) -> list[Row]:
    """Each version with its place in the queue and the last answer."""
    versions = list(versions.prefetch_related("warnings", "snapshots"))
    queue = Version.objects.queue().values_list("pk", flat=True)
    places = {pk: place for place, pk in enumerate(queue, start=1)}
    appeals = Appeal.objects.waiting().filter(version__in=versions)
    appealed = set(appeals.values_list("version_id", flat=True))
    hidings = Hiding.objects.waiting().exclude(objected_at=None)
    objected = set(hidings.values_list("entry_id", flat=True))
    answers = last_answers(versions)
    helped = HelpfulAnswer.objects.counts([each.entry_id for each in versions])
    broken = broken_in_each(each for each in versions if is_open_to_all(each))
    may_write = permissions.can_contribute(user)
    rows = []
    for version in versions:
        place = places.get(version.pk)
        is_hidden = version.entry.state == EntryState.HIDDEN
        is_objected = version.entry_id in objected
        is_appealed = is_objected if is_hidden else version.pk in appealed
        group, waits = waiting(version, place, is_appealed, may_write)
        answer = answers.get((version.entry_id, version.number))
        is_public = version.status == Status.PUBLISHED
        counts = helped.get(version.entry_id) if is_public else None
        links = broken.get(version.pk, [])
        rows.append(Row(version, group, waits, answer, place, counts, links))
    return rows


def is_open_to_all(version) -> bool:
    is_open = version.entry.state == EntryState.OPEN
    return is_open and version.status == Status.PUBLISHED


def last_answers(versions) -> dict[tuple[int, int], ReviewEvent]:
    entries = {version.entry_id for version in versions}
    events = ReviewEvent.objects.filter(entry__in=entries, act__in=ANSWERS)
    in_order = events.select_related("detail").order_by("position")
    return {(event.entry_id, event.version_number): event for event in in_order}


def waiting(version, place, is_appealed, may_write) -> tuple[str, str]:
    """On whom it waits, and the same in words."""
    if version.entry.state == EntryState.HIDDEN and is_appealed:
        return ON_REVIEWERS, _OBJECTED
    if version.entry.state in _CLOSED:
        return DONE, _CLOSED[version.entry.state]
    if version.status in _ON_ME:
        return (ON_ME, _ON_ME[version.status]) if may_write else (DONE, _NO_RIGHT)
    if version.status == Status.SUBMITTED:
        since = ago(version.waiting_days)
        return (
            ON_REVIEWERS,
            f"Väntar på granskarna. Nummer {place} i kön, inskickat {since}.",
        )
    if version.status == Status.DECLINED and is_appealed:
        return ON_REVIEWERS, "Väntar på en annan granskare, som läser beslutet igen."
    if version.status == Status.DECLINED:
        return DONE, "Granskarna publicerade inte bidraget. Texten finns kvar hos dig."
    return DONE, public(version)


def public(version) -> str:
    """Who can read what is or was published."""
    if version.status == Status.PUBLISHED:
        return "Alla kan läsa bidraget."
    if version.is_suppressed:
        return "Granskarna har undantagit texten ur den öppna historiken."
    if version.is_undone:
        return (
            "Granskarna har ångrat publiceringen. Texten före gäller, och den här "
            "finns kvar i historiken."
        )
    return "En nyare version gäller. Den här finns kvar i historiken."


def ago(days: int) -> str:
    near = {0: "i dag", 1: "i går"}
    return near.get(days, f"för {days} dagar sedan")
