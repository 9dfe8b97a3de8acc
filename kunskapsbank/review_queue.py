"""Everything that waits for a moderator, gathered from where it is kept.

A source is a function that takes the moderator and gives `QueueItem`s; add it to
`SOURCES` and what it gives is counted, filtered and shown with the rest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.timezone import localdate

from accounts.models import Application, User
from accounts.permissions import can_invite
from kunskapsbank.enums import Act, LetterKind, QueueKind
from kunskapsbank.models import (
    Appeal,
    Claim,
    Connection,
    EventDetail,
    Hiding,
    Letter,
    Version,
)
from programme import taxonomy
from programme.models import Viljeinriktning
from search import generation

_SATURDAY = 5
_OWN = "Ditt eget bidrag, någon annan beslutar."


@dataclass(frozen=True)
class QueueItem:
    """One thing that waits: what it is, since when, and who has taken it on.

    `version` is the text to decide on, for those kinds that are one; `is_closed_to`
    says in words why this very moderator cannot decide.
    """

    kind: QueueKind
    title: str
    url: str
    since: datetime
    about: str = ""
    said: str = ""  # by whoever asks for it to be looked at again
    claimed_by: str = ""
    claimed_until: datetime | None = None
    is_mine: bool = False  # claimed by the moderator who asks
    is_closed_to: str = ""
    viljeinriktningar: list[Viljeinriktning] = field(default_factory=list)
    version: Version | None = None

    @property
    def waiting_days(self) -> int:
        """Calendar days in Sweden since it came."""
        return (localdate() - localdate(self.since)).days

    @property
    def is_late(self) -> bool:
        """Whether it has waited more working days than REVIEW_ALARM_DAYS."""
        waited = working_days(localdate(self.since), localdate())
        return waited > settings.REVIEW_ALARM_DAYS

    @property
    def is_free(self) -> bool:
        """Whether the moderator who asks may take it on now."""
        return not self.is_closed_to and (self.is_mine or not self.claimed_by)


def working_days(start: date, end: date) -> int:
    """Mondays to Fridays after `start`, to and with `end`; holidays are counted."""
    days = (start + timedelta(days=each) for each in range(1, (end - start).days + 1))
    return sum(day.weekday() < _SATURDAY for day in days)


def waiting_texts(user: User) -> Iterator[QueueItem]:
    """Texts handed in: new ones, and changes to published ones."""
    texts = Version.objects.visible_to(user).queue()
    own = set(texts.partly_of(user).values_list("pk", flat=True))
    claims = _claims()
    strands = _strands()
    related = texts.select_related("entry", "author")
    for version in related.prefetch_related("prioriteringar"):
        is_change = version.based_on_id is not None
        claim = claims.get(version.pk)
        yield QueueItem(
            kind=QueueKind.CHANGE if is_change else QueueKind.NEW,
            title=version.title,
            url=reverse("kunskapsbank:review", args=[version.pk]),
            since=version.submitted_at,
            about=f"{version.get_kind_display()}, {version.entry.number}",
            claimed_by=str(claim.moderator) if claim else "",
            claimed_until=claim.until if claim else None,
            is_mine=claim is not None and claim.moderator_id == user.pk,
            is_closed_to=_OWN if version.pk in own else "",
            viljeinriktningar=_strands_of(version, strands),
            version=version,
        )


def waiting_appeals(user: User) -> Iterator[QueueItem]:
    """Declined texts whose authors have asked for another moderator."""
    related = Appeal.objects.waiting().select_related("version__entry")
    texts = Version.objects.filter(pk__in=related.values("version"))
    own = set(texts.partly_of(user).values_list("pk", flat=True))
    strands = _strands()
    for appeal in related.prefetch_related("version__prioriteringar"):
        version = appeal.version
        why = ""
        if version.pk in own:
            why = _OWN
        elif appeal.declined_by_id == user.pk:
            why = "Ditt eget beslut, någon annan prövar det."
        yield QueueItem(
            kind=QueueKind.APPEAL,
            title=version.title,
            url=reverse("kunskapsbank:review_appeal", args=[version.pk]),
            since=appeal.appealed_at,
            about=f"{version.get_kind_display()}, {version.entry.number}",
            is_closed_to=why,
            viljeinriktningar=_strands_of(version, strands),
        )


def waiting_hidings(user: User) -> Iterator[QueueItem]:
    """What was hidden at once, and no other moderator has looked at since."""
    hidings = list(Hiding.objects.waiting().select_related("entry"))
    if not hidings:
        return
    related = Version.objects.visible_to(user).prefetch_related("prioriteringar")
    texts = related.shown_of([hiding.entry_id for hiding in hidings])
    partly = Version.objects.filter(pk__in=[each.pk for each in texts.values()])
    own = set(partly.partly_of(user).values_list("pk", flat=True))
    objections = _objections_to(hidings)
    strands = _strands()
    for hiding in hidings:
        version = texts[hiding.entry_id]
        why = _OWN if version.pk in own else ""
        if hiding.hidden_by_id == user.pk:
            why = "Du dolde bidraget, någon annan omprövar det."
        yield QueueItem(
            kind=QueueKind.HIDING,
            title=version.title,
            url=reverse("kunskapsbank:review_hiding", args=[hiding.entry_id]),
            since=hiding.since,
            about=f"{version.get_kind_display()}, {hiding.entry.number}",
            said=objections.get(hiding.entry_id, ""),
            is_closed_to=why,
            viljeinriktningar=_strands_of(version, strands),
        )


def _objections_to(hidings: list[Hiding]) -> dict[int, str]:
    """What owners wrote, by entry; what they wrote of an earlier hiding is history."""
    entries = [hiding.entry_id for hiding in hidings if hiding.objected_at]
    said = EventDetail.objects.filter(
        event__entry__in=entries, event__act=Act.HIDING_OBJECTED
    )
    in_time = said.order_by("event__position")
    return dict(in_time.values_list("event__entry", "message"))


def waiting_letters(user: User) -> Iterator[QueueItem]:
    """Tips, and reports of what is wrong; one about a contribution is of its kind."""
    letters = Letter.objects.visible_to(user).waiting()
    for letter in letters.select_related("entry"):
        is_tip = letter.kind == LetterKind.TIP
        about = [] if is_tip else [_capital(letter.get_kind_display())]
        about += [each.number for each in (letter, letter.entry) if each]
        yield QueueItem(
            kind=QueueKind.TIP if is_tip else QueueKind.REPORT,
            title=letter.title,
            url=letter.get_absolute_url(),
            since=letter.created_at,
            about=", ".join(about),
        )


def waiting_connections(user: User) -> Iterator[QueueItem]:
    """Connections between prioriteringar that somebody has proposed."""
    own = "Du har själv föreslagit det, någon annan beslutar."
    for each in Connection.objects.visible_to(user).waiting().with_ends():
        ends = (each.from_prioritering, each.to_prioritering)
        strands = {end.fokusomrade.viljeinriktning for end in ends}
        yield QueueItem(
            kind=QueueKind.CONNECTION,
            title=each.title,
            url=reverse("kunskapsbank:review_connection", args=[each.pk]),
            since=each.proposed_at,
            about=each.number,
            is_closed_to=own if each.proposer_id == user.pk else "",
            viljeinriktningar=sorted(strands, key=lambda strand: strand.position),
        )


def waiting_applications(user: User) -> Iterator[QueueItem]:
    """Wishes to contribute, for those who may answer with an invitation."""
    if not can_invite(user):
        return
    for each in Application.objects.waiting():
        about = [each.organisation, each.number]
        yield QueueItem(
            kind=QueueKind.APPLICATION,
            title=f"{each.name} vill bidra",
            url=reverse("accounts:application", args=[each.pk]),
            since=each.created_at,
            about=", ".join(part for part in about if part),
        )


SOURCES: list[Callable[[User], Iterator[QueueItem]]] = [
    waiting_texts,
    waiting_appeals,
    waiting_hidings,
    waiting_letters,
    waiting_connections,
    waiting_applications,
]


def gathered(user: User) -> list[QueueItem]:
    """All that waits, the longest wait first."""
    items = [item for source in SOURCES for item in source(user)]
    return sorted(items, key=lambda item: (item.since, item.url))


def how_many(user: User) -> int:
    """How many items `gathered` gives, without reading them."""
    waiting = [
        Version.objects.visible_to(user).queue(),
        Appeal.objects.waiting(),
        Hiding.objects.waiting(),
        Letter.objects.visible_to(user).waiting(),
        Connection.objects.visible_to(user).waiting(),
    ]
    if can_invite(user):
        waiting.append(Application.objects.waiting())
    return sum(each.count() for each in waiting)


@dataclass(frozen=True)
class QueueChoice:
    """A value of the filter, and how many items it stands for."""

    value: str
    label: str
    count: int
    is_chosen: bool
    strand: int = 0


class QueueFilter:
    """The part of the queue that an address asks for; what it does not understand it
    leaves out, so that every address is a queue."""

    def __init__(self, user: User, query: QueryDict):
        self.items = gathered(user)
        self.strands = taxonomy.current().viljeinriktningar
        keys = [str(each.key) for each in self.strands]
        kinds = [slugify(kind.label) for kind in QueueKind]
        self.strand = self._known(query.get("vilja"), keys)
        self.kind = self._known(query.get("typ"), kinds)

    @staticmethod
    def _known(value: str | None, values: list[str]) -> str:
        return value if value in values else ""

    @property
    def chosen(self) -> list[QueueItem]:
        return [
            item
            for item in self.items
            if self._has_strand(item, self.strand) and self._has_kind(item, self.kind)
        ]

    @property
    def kind_choices(self) -> list[QueueChoice]:
        items = [item for item in self.items if self._has_strand(item, self.strand)]
        return [
            self._choice(slugify(kind.label), kind.label, items, self._has_kind)
            for kind in QueueKind
        ]

    @property
    def strand_choices(self) -> list[QueueChoice]:
        items = [item for item in self.items if self._has_kind(item, self.kind)]
        return [
            self._choice(str(each.key), each.short_title, items, self._has_strand)
            for each in self.strands
        ]

    @property
    def chosen_filters(self) -> list[dict[str, str]]:
        """Each choice, and the address of the queue without it."""
        choices = [*self.kind_choices, *self.strand_choices]
        labels = {each.value: each.label for each in choices if each.is_chosen}
        return [
            {"label": labels[value], "url": self._without(name)}
            for name, value in (("vilja", self.strand), ("typ", self.kind))
            if value
        ]

    def _without(self, name: str) -> str:
        rest = self.query()
        del rest[name]
        return f"?{rest.urlencode()}" if rest else reverse("kunskapsbank:review_queue")

    def query(self) -> QueryDict:
        """The state as a QueryDict that holds nothing else."""
        query = QueryDict(mutable=True)
        if self.strand:
            query["vilja"] = self.strand
        if self.kind:
            query["typ"] = self.kind
        return query

    def following(self, url: str = "") -> QueueItem | None:
        """What to take next: the first that is free after the one at `url`, or else
        the first of all; None when nothing more is free."""
        items = self.chosen
        places = [place for place, item in enumerate(items) if item.url == url]
        after = places[0] + 1 if places else 0
        turned = [*items[after:], *items[:after]]
        free = (item for item in turned if item.is_free and item.url != url)
        return next(free, None)

    def _choice(self, value: str, label: str, items: list, has: Callable):
        count = sum(has(item, value) for item in items)
        chosen = self.kind if has == self._has_kind else self.strand
        strand = int(value) if value.isdigit() else 0
        return QueueChoice(value, label, count, value == chosen, strand)

    @staticmethod
    def _has_kind(item: QueueItem, value: str) -> bool:
        return not value or slugify(item.kind.label) == value

    @staticmethod
    def _has_strand(item: QueueItem, value: str) -> bool:
        keys = [str(each.key) for each in item.viljeinriktningar]
        return not value or value in keys


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def claim_of(version: Version) -> Claim | None:
    """Who has taken the text on, if the claim has not lapsed."""
    claims = Claim.objects.current().filter(version=version)
    return claims.select_related("moderator").first()


def _claims() -> dict[int, Claim]:
    current = Claim.objects.filter(until__gt=timezone.now())
    return {each.version_id: each for each in current.select_related("moderator")}


def _strands() -> dict[int, Viljeinriktning]:
    """The viljeinriktning of every prioritering, by primary key; of an earlier edition
    that of what it is today."""
    now = generation.current()
    today = {
        prioritering.pk: strand
        for strand in taxonomy.current(now).viljeinriktningar
        for fokusomrade in strand.fokusomraden.all()
        for prioritering in fokusomrade.prioriteringar.all()
    }
    heirs = taxonomy.heirs(now).items()
    return today | {pk: today[heir] for pk, (heir, *_) in heirs if heir in today}


def _strands_of(version: Version, strands: dict) -> list[Viljeinriktning]:
    found = {
        strands[each.pk] for each in version.prioriteringar.all() if each.pk in strands
    }
    return sorted(found, key=lambda strand: strand.position)
