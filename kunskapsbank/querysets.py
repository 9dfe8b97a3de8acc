"""Every reusable read of the knowledge bank."""

from datetime import timedelta
from hashlib import sha256

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.utils import timezone
from django.utils.timezone import localtime

from kunskapsbank.enums import (
    EntryState,
    Frequency,
    LetterOutcome,
    Order,
    Scan,
    Status,
)
from kunskapsbank.narrowing import NarrowingQuerySet
from kunskapsbank.permissions import can_moderate

_PUBLIC = Q(
    status__in=[Status.PUBLISHED, Status.REPLACED],
    is_suppressed=False,
    entry__state=EntryState.OPEN,
)


OFFER_LASTS = timedelta(days=30)
# What was published so short a time ago may be in a transaction that nobody else sees
# yet, or stamped by a clock that is ahead. It is told of the next time.
SETTLES = timedelta(minutes=10)
# Of a version and its entry, what a row in a list shows. The long texts cost more to
# read than all else.
_IN_A_ROW = (
    *("kind", "title", "summary", "period_start", "period_end", "published_at"),
    *("submitted_at", "entry__slug", "entry__launch_key", "entry__confirmed_on"),
)
# What is not decided yet.
UNDECIDED = [Status.DRAFT, Status.SUBMITTED, Status.RETURNED]


def hash_of(token):
    """What is kept of a secret that is long enough never to be guessed."""
    return sha256(token.encode()).hexdigest()


def _belonging_to(user, path=""):
    """Versions the person wrote, or others handed in to entries that they own."""
    author = Q(**{f"{path}author": user})
    owner = Q(**{f"{path}entry__in": user.entries.values("pk")})
    return author | (owner & ~Q(**{f"{path}status": Status.DRAFT}))


class SubscriptionQuerySet(QuerySet):
    def confirmed(self):
        return self.exclude(confirmed_at=None)

    def belonging_to(self, user):
        """Those of an address that the person has shown to be theirs."""
        verified = user.emailaddress_set.filter(verified=True)
        wanted = Q(pk=None)
        for email in verified.values_list("email", flat=True):
            wanted |= Q(email__iexact=email)
        return self.filter(wanted).order_by("pk")

    def due(self, now):
        """Those not told since yesterday, or for a week, by the calendar in Sweden.

        `told_until` is a while before the moment of telling; see `SETTLES`.
        """
        today = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        week = today - timedelta(days=6)
        daily = Q(frequency=Frequency.DAILY, told_until__lt=today - SETTLES)
        weekly = Q(frequency=Frequency.WEEKLY, told_until__lt=week - SETTLES)
        return self.confirmed().filter(daily | weekly)


class EntryQuerySet(QuerySet):
    def get_by_natural_key(self, launch_key):
        return self.get(launch_key=launch_key)

    def handed_in(self):
        """Those that a moderator may know of: some text of theirs is no draft."""
        known = set(Status) - {Status.DRAFT}
        return self.filter(versions__status__in=known).distinct()


class VersionQuerySet(NarrowingQuerySet):
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
        """What lists, counts and feeds hold, the same for every reader: what is
        published of what anybody may read.

        Each condition once: asked for the status twice, SQLite sorts all there is
        where it could take the newest from an index.
        """
        return self.published().filter(is_suppressed=False)

    def with_ordinal(self):
        """With `ordinal`: 1 for the first text the entry published, 2 for the next.

        It stays the same for good, since what was published never leaves the count.
        """
        is_earlier = Q(published_at__lt=OuterRef("published_at"))
        is_same_moment = Q(published_at=OuterRef("published_at"))
        is_up_to_this = is_same_moment & Q(number__lte=OuterRef("number"))
        same_entry = self.model.objects.filter(entry=OuterRef("entry")).order_by()
        counted = same_entry.filter(is_earlier | is_up_to_this).values("entry")
        return self.annotate(
            ordinal=Subquery(counted.annotate(count=Count("pk")).values("count"))
        )

    def with_first_published(self):
        """With `first_published`: the moment when the entry was first published."""
        texts = self.model.objects.filter(entry=OuterRef("entry"))
        moments = texts.exclude(published_at=None).order_by("published_at")
        first = moments.values("published_at")[:1]
        return self.annotate(first_published=Subquery(first))

    def withheld(self):
        """That there are texts which readers may no longer read, and no word of them:
        rows of keys, number and the moment of publication."""
        taken_out = self.filter(is_suppressed=True, entry__state=EntryState.OPEN)
        published = taken_out.filter(published_at__isnull=False)
        return published.values("pk", "number", "published_at", "replaces_id")

    def queue(self):
        """What waits for a moderator, the longest wait first."""
        waiting = self.filter(status=Status.SUBMITTED)
        return waiting.exclude(entry__state=EntryState.WITHDRAWN).order_by(
            "submitted_at", "pk"
        )

    def partly_of(self, user):
        """Those on which the person may not decide: written by them in part, or of an
        entry that they own. The same as `permissions.can_review` asks of one."""
        owned = Q(entry__in=user.entries.values("pk"))
        return self.filter(Q(author=user) | Q(writers=user) | owned)

    def owned_by(self, user):
        """The person's own texts and those of entries they own, newest first."""
        return self.filter(_belonging_to(user)).order_by("-created_at", "-pk")

    def shared_by(self, token):
        """The text that a secret link shows to whoever has it: that one alone, until
        it is decided, and only while its author still shares it."""
        return self.filter(
            draft_links__token_hash=hash_of(token),
            draft_links__revoked_at=None,
            draft_links__expires_at__gt=timezone.now(),
            draft_links__created_by=F("author"),
            author__is_active=True,
            status__in=UNDECIDED,
            entry__state=EntryState.OPEN,
        )

    def never_handed_in(self):
        """Drafts that nobody but their author has had; what was handed in once is
        kept for good."""
        return self.filter(status=Status.DRAFT, snapshots=None)

    def awaiting(self, user):
        """What waits on this very person: to complete, or to review."""
        to_complete = Q(status=Status.RETURNED) & _belonging_to(user)
        if not can_moderate(user):
            return self.filter(to_complete).order_by("decided_at", "pk")
        to_review = Q(pk__in=self.queue().values("pk")) & ~Q(
            pk__in=self.partly_of(user).values("pk")
        )
        return self.filter(to_complete | to_review).order_by("submitted_at", "pk")

    def shown_of(self, entries):
        """By the key of each entry, the text that it shows, or the last handed in."""
        handed_in = self.filter(entry__in=entries).exclude(status=Status.DRAFT)
        in_order = handed_in.order_by("number")
        ranked = sorted(in_order, key=lambda each: each.status == Status.PUBLISHED)
        return {version.entry_id: version for version in ranked}

    def gathered_in(self, collection):
        """What a collection holds, in its order, each with the moderators' `note`."""
        here = Q(entry__collected_entries__collection=collection)
        note = F("entry__collected_entries__note")
        rank = F("entry__collected_entries__position")
        return self.filter(here).annotate(note=note, rank=rank).order_by("rank")

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
        """With what a row in a list shows and no more, in two queries; its
        prioriteringar and viljeinriktningar are kept in `kunskapsbank.facets`."""
        rows = self.select_related("entry").only(*_IN_A_ROW)
        return rows.prefetch_related("organisations")


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


class HidingQuerySet(QuerySet):
    def waiting(self):
        """What another moderator has not looked at since it was hidden, or since an
        owner objected; with `since`, the longest wait first."""
        is_new = Q(upheld_at=None)
        is_objected = Q(objected_at__gt=F("upheld_at"))
        since = Case(When(is_new, then="hidden_at"), default="objected_at")
        entries = self.model._meta.get_field("entry").related_model.objects
        hidden = entries.handed_in().filter(state=EntryState.HIDDEN)
        waiting = self.filter(is_new | is_objected, entry__in=hidden.values("pk"))
        return waiting.annotate(since=since).order_by("since", "pk")


class DraftLinkQuerySet(QuerySet):
    def current(self):
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class OwnerOfferQuerySet(QuerySet):
    def waiting_for(self, user):
        """What is offered to the person, the latest first."""
        made_since = timezone.now() - OFFER_LASTS
        waiting = self.filter(recipient=user, answered_at=None)
        current = waiting.filter(offered_at__gt=made_since)
        return current.order_by("-offered_at", "-pk")


class StoredFileQuerySet(QuerySet):
    def unused(self):
        """Those that no version has."""
        return self.filter(attachments=None)

    def has_name(self, name):
        """Those that are kept under it, themselves or as a thumbnail."""
        return self.filter(Q(stored_name=name) | Q(thumbnail_name=name))

    def uploaded_since(self, moment):
        return self.filter(created_at__gte=moment)

    def unscanned(self):
        return self.filter(scan__in=[Scan.NONE, Scan.WAITING])


class VersionAttachmentQuerySet(QuerySet):
    def visible_to(self, user):
        """A file is seen by whoever sees the version that has it, and nobody else."""
        versions = self.model._meta.get_field("version").related_model.objects
        return self.filter(version__in=versions.visible_to(user).values("pk"))

    def taken_away(self):
        """Those that everybody saw until their contribution was taken away."""
        return self.filter(
            version__status__in=[Status.PUBLISHED, Status.REPLACED],
            version__is_suppressed=False,
        ).exclude(version__entry__state=EntryState.OPEN)


class LetterQuerySet(QuerySet):
    def visible_to(self, user):
        """Letters are for moderators only, and never published."""
        return self.all() if can_moderate(user) else self.none()

    def waiting(self):
        """What nobody has closed, the longest wait first."""
        return self.filter(closed_at=None).order_by("created_at", "pk")

    def numbers_before(self, moment):
        """How many of each `kind` had then come, been answered and been closed."""
        closed = Q(closed_at__lt=moment)
        answered = Q(outcome=LetterOutcome.ANSWERED)
        return (
            self.filter(created_at__lt=moment)
            .values("kind")
            .annotate(
                received=Count("pk"),
                answered=Count("pk", filter=closed & answered),
                closed=Count("pk", filter=closed),
            )
        )


class FreshnessQuestionQuerySet(QuerySet):
    def waiting(self):
        """Those with no answer, about the text that readers meet now, and the last of
        each contribution; the longest wait first."""
        entries = self.model._meta.get_field("entry").related_model
        versions = entries._meta.get_field("versions").related_model.objects
        asked_about = versions.listed().filter(
            entry=OuterRef("entry"), published_at__lte=OuterRef("asked_at")
        )
        asked_later = self.model.objects.filter(
            entry=OuterRef("entry"), asked_at__gt=OuterRef("asked_at")
        )
        last = self.filter(Exists(asked_about), ~Exists(asked_later))
        return last.filter(answered_at=None).order_by("asked_at", "pk")

    def for_moderators(self):
        """Those of contributions that nobody with an open account wrote or owns."""
        is_owned = Q(entry__owners__is_active=True)
        is_written = Q(
            entry__versions__status=Status.PUBLISHED,
            entry__versions__author__is_active=True,
        )
        someones = self.filter(is_owned | is_written).values("pk")
        return self.waiting().exclude(pk__in=someones)


class HelpfulAnswerQuerySet(QuerySet):
    def counts(self, entries):
        """By the key of each entry, how many said yes and how many no."""
        found = self.filter(entry__in=entries).values("entry").order_by("entry")
        counted = found.annotate(
            yes=Count("pk", filter=Q(is_helpful=True)),
            no=Count("pk", filter=Q(is_helpful=False)),
        )
        return {each["entry"]: (each["yes"], each["no"]) for each in counted}

    def unseen(self):
        """The lines to moderators that none of them has seen to, the oldest first."""
        return self.filter(seen_at=None).exclude(text="").order_by("created_at", "pk")
