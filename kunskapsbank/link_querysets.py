"""Every reusable read of the addresses that contributions point to."""

from django.db.models import Case, Q, QuerySet, When

from kunskapsbank.enums import LinkState

BROKEN_AFTER = 2  # days of failing after which readers are told


class LinkQuerySet(QuerySet):
    def followed(self):
        """Those that are checked now and then: they stand in a text that is public."""
        return self.exclude(next_check_at=None)

    def due(self, moment):
        """What should have been asked by now, the longest due first; those that were
        silent come last, so that others have shown that our own line works."""
        is_silent = Case(When(state=LinkState.SILENT, then=1), default=0)
        due = self.filter(next_check_at__lte=moment)
        return due.order_by(is_silent, "next_check_at", "pk")

    def broken(self):
        """What readers are told of."""
        return self.filter(failed_days__gte=BROKEN_AFTER, is_ignored=False)

    def doubtful(self):
        """What moderators are shown: it fails, or is not open on the web."""
        fails = Q(failed_days__gt=0) | Q(state=LinkState.FORBIDDEN)
        return self.followed().filter(fails)
