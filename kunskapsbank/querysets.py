"""Every reusable read of the knowledge bank."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from kunskapsbank.enums import EntryState, Order, Status
from kunskapsbank.permissions import can_moderate

_PUBLIC = Q(
    status__in=[Status.PUBLISHED, Status.REPLACED],
    is_suppressed=False,
    entry__state=EntryState.OPEN,
)


def _belonging_to(user, path=""):
    """Versions the person wrote, or others handed in to entries that they own."""
    author = Q(**{f"{path}author": user})
    owner = Q(**{f"{path}entry__in": user.entries.values("pk")})
    return author | (owner & ~Q(**{f"{path}status": Status.DRAFT}))


class OrganisationQuerySet(QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class TagQuerySet(QuerySet):
    def get_by_natural_key(self, key):
        return self.get(key=key)


class EntryQuerySet(QuerySet):
    def get_by_natural_key(self, launch_key):
        return self.get(launch_key=launch_key)


class VersionQuerySet(QuerySet):
    def get_by_natural_key(self, launch_key, number):
        return self.get(entry__launch_key=launch_key, number=number)

    def published(self):
        """The text readers meet: the published version of every open entry."""
        return self.filter(status=Status.PUBLISHED, entry__state=EntryState.OPEN)

    def public(self):
        """All that anybody may read, earlier texts included."""
        return self.filter(_PUBLIC)

    def visible_to(self, user):
        """Every page reads versions through this door, and no other.

        Drafts are private, even to moderators and to other owners of the entry,
        until they are submitted.
        """
        if not user.is_authenticated:
            return self.public()
        if can_moderate(user):
            return self.filter(~Q(status=Status.DRAFT) | Q(author=user))
        return self.filter(_PUBLIC | _belonging_to(user))

    def listed(self):
        """What lists, counts and feeds hold, the same for every reader."""
        return self.visible_to(AnonymousUser()).published()

    def queue(self):
        """What waits for a moderator, the longest wait first."""
        waiting = self.filter(status=Status.SUBMITTED)
        return waiting.exclude(entry__state=EntryState.WITHDRAWN).order_by(
            "submitted_at", "pk"
        )

    def owned_by(self, user):
        """The person's own texts and those of entries they own, newest first."""
        return self.filter(_belonging_to(user)).order_by("-created_at", "-pk")

    def awaiting(self, user):
        """What waits on this very person: to complete, or to review."""
        to_complete = Q(status=Status.RETURNED) & _belonging_to(user)
        if not can_moderate(user):
            return self.filter(to_complete).order_by("decided_at", "pk")
        own = self.filter(Q(author=user) | Q(writers=user)).values("pk")
        to_review = Q(pk__in=self.queue().values("pk")) & ~Q(pk__in=own)
        return self.filter(to_complete | to_review).order_by("submitted_at", "pk")

    def tagged_to(self, prioriteringar):
        """Versions tied to any of `prioriteringar`, each once."""
        ties = self.model.prioriteringar.through.objects.filter(
            prioritering__in=prioriteringar
        )
        return self.filter(pk__in=ties.values("version"))

    def in_order_of(self, pks):
        """The versions with these primary keys, in the same order."""
        found = self.in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]

    def newest_first(self):
        return self.in_order(Order.NEWEST)

    def in_order(self, order):
        # The engines disagree on where rows without a year belong.
        latest = F("period_start").desc(nulls_last=True)
        earliest = F("period_start").asc(nulls_first=True)
        fields = {
            Order.NEWEST: ["-published_at", latest, "-entry_id"],
            Order.OLDEST: ["published_at", earliest, "entry_id"],
            Order.YEAR: [latest, "-published_at", "-entry_id"],
            Order.TITLE: ["sort_key", "entry_id"],
        }
        return self.order_by(*fields[order])

    def for_list(self):
        """With what a row in a list shows, in two queries; its prioriteringar and
        viljeinriktningar are kept in `kunskapsbank.facets`."""
        return self.select_related("entry").prefetch_related("organisations")


class SnapshotQuerySet(QuerySet):
    def visible_to(self, user):
        """Earlier wordings are for whoever writes and reviews, never for readers."""
        if not user.is_authenticated:
            return self.none()
        mine = _belonging_to(user, "version__")
        if can_moderate(user):
            return self.filter(~Q(version__status=Status.DRAFT) | mine)
        return self.filter(mine)


class ClaimQuerySet(QuerySet):
    def current(self):
        return self.filter(until__gt=timezone.now())


class AppealQuerySet(QuerySet):
    def waiting(self):
        """What waits for another moderator, the longest wait first."""
        return self.filter(answered_at=None).order_by("appealed_at", "pk")
