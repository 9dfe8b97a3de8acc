"""Every reusable read of initiatives and of the texts that propose them."""

from django.db.models import Count, F, Q, QuerySet

from programme.models import Prioritering
from uppfoljning.enums.initiatives import InitiativeState, InitiativeStatus
from uppfoljning.permissions import can_follow_up

# What its author may change; what waits, or is decided, stands as it is.
EDITABLE = (InitiativeStatus.DRAFT, InitiativeStatus.RETURNED)


class InitiativeQuerySet(QuerySet):
    """Every row has been published; what is proposed is a text of another table."""

    def public(self):
        """Every page, list, report and export reads initiatives through this door."""
        return self.filter(state=InitiativeState.OPEN)

    def of_prioritering(self, prioritering):
        """Those tied to it, or to what is it today; so with the two below."""
        return self._tied_to(pk=prioritering.pk)

    def of_fokusomrade(self, fokusomrade):
        return self._tied_to(fokusomrade=fokusomrade)

    def of_viljeinriktning(self, viljeinriktning):
        return self._tied_to(fokusomrade__viljeinriktning=viljeinriktning)

    def _tied_to(self, **where):
        its = Prioritering.objects.that_are_now(**where)
        ties = self.model.prioriteringar.through.objects.filter(prioritering__in=its)
        return self.filter(pk__in=ties.values("initiative"))

    def with_ties(self):
        """With the organisation, and the prioriteringar and where they stand."""
        return self.select_related("organisation").prefetch_related(
            "prioriteringar__fokusomrade__viljeinriktning__edition"
        )

    def newest_first(self):
        return self.order_by("-changed_at", "-pk")

    def in_order(self):
        """The latest begun first, and those without a year last."""
        latest = F("period_start").desc(nulls_last=True)
        return self.order_by(latest, "sort_key", "pk")

    def counted_by(self, name):
        """By each value of a field, how many there are."""
        rows = self.order_by().values(name).annotate(count=Count("pk", distinct=True))
        return {row[name]: row["count"] for row in rows}


class InitiativeTextQuerySet(QuerySet):
    def visible_to(self, user):
        """A draft is its author's alone; what was handed in is the owner's to read."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(author=user)
        if can_follow_up(user):
            return self.filter(mine | ~Q(status=InitiativeStatus.DRAFT))
        return self.filter(mine)

    def queue(self):
        """What waits for the document owner, the longest wait first."""
        waiting = self.filter(status=InitiativeStatus.SUBMITTED)
        return waiting.order_by("submitted_at", "pk")

    def owned_by(self, user):
        """What the person has written, the latest first."""
        return self.filter(author=user).order_by("-saved_at", "-pk")

    def never_handed_in(self):
        """Drafts that nobody but their author has had."""
        return self.filter(status=InitiativeStatus.DRAFT, submitted_at=None)

    def unfinished(self):
        return self.filter(status__in=EDITABLE)
