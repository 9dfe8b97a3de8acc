"""Reads of connections between prioriteringar, and of what proves them."""

from django.db.models import Prefetch, Q, QuerySet

from kunskapsbank.enums import ConnectionStatus
from kunskapsbank.permissions import can_moderate
from programme.models import Prioritering


class ConnectionQuerySet(QuerySet):
    def public(self):
        """What anybody may read: those that a moderator has approved."""
        return self.filter(status=ConnectionStatus.APPROVED)

    def visible_to(self, user):
        """Every page reads connections through this door, and no other."""
        if not user.is_authenticated:
            return self.public()
        if can_moderate(user):
            return self.all()
        return self.filter(Q(status=ConnectionStatus.APPROVED) | Q(proposer=user))

    def waiting(self):
        """Those that no moderator has decided on, the longest wait first."""
        waiting = self.filter(status=ConnectionStatus.PROPOSED)
        return waiting.order_by("proposed_at", "pk")

    def proposed_by(self, user):
        return self.filter(proposer=user).order_by("-proposed_at", "-pk")

    def touching(self, prioriteringar):
        """Those with one of the prioriteringar at either end, or what is one today."""
        its = Prioritering.objects.that_are_now(pk__in=[p.pk for p in prioriteringar])
        at_an_end = Q(from_prioritering__in=its)
        return self.filter(at_an_end | Q(to_prioritering__in=its))

    def between(self, one, other):
        """Those with an end in each of two fokusområden, or both ends in the one."""
        its = Prioritering.objects.that_are_now(fokusomrade=one)
        others = Prioritering.objects.that_are_now(fokusomrade=other)
        straight = Q(from_prioritering__in=its, to_prioritering__in=others)
        turned = Q(from_prioritering__in=others, to_prioritering__in=its)
        return self.filter(straight | turned)

    def with_ends(self):
        """With both prioriteringar and the places they stand in, in their order."""
        place = "prioritering__fokusomrade__viljeinriktning__edition"
        return self.select_related(f"from_{place}", f"to_{place}").order_by(
            "from_prioritering__fokusomrade__number",
            "from_prioritering__position",
            "to_prioritering__fokusomrade__number",
            "to_prioritering__position",
            "kind",
            "pk",
        )

    def with_evidence(self):
        """With `shown_entries`, each with its listed text: what is hidden or taken back
        proves nothing from the same moment."""
        entry = self.model._meta.get_field("entries").related_model
        version = entry._meta.get_field("versions").related_model
        listed = version.objects.listed()
        entries = entry.objects.filter(versions__in=listed.values("pk"))
        texts = Prefetch("versions", listed.select_related("entry"), "listed_versions")
        shown = entries.order_by("pk").prefetch_related(texts)
        return self.prefetch_related(Prefetch("entries", shown, "shown_entries"))
