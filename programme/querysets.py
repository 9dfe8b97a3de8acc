"""Every reusable read of the programme."""

from django.db.models import Case, IntegerField, Q, QuerySet, When

from programme.enums import EditionStatus
from programme.permissions import can_see_proposals

# What a prioritering stands in.
PLACE = "fokusomrade__viljeinriktning__edition"


class EditionQuerySet(QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def decided(self):
        return self.exclude(status=EditionStatus.PROPOSAL)

    def visible_to(self, user):
        """A proposal is for those who work on it, until it is decided."""
        return self.all() if can_see_proposals(user) else self.decided()

    def before(self, edition):
        """The decided edition before this one, which it is compared with; or None."""
        earlier = self.decided().filter(period_start__lt=edition.period_start)
        return earlier.order_by("-period_start", "-period_end").first()

    def in_turn(self):
        """Those decided: the one in force, or else the one that ended last, first."""
        in_force_first = Case(
            When(status=EditionStatus.IN_FORCE, then=0),
            default=1,
            output_field=IntegerField(),
        )
        return self.decided().order_by(in_force_first, "-period_end")

    def current(self):
        """The edition in force, or else the one that ended last; None if none is."""
        return self.in_turn().first()


class ChapterQuerySet(QuerySet):
    def get_by_natural_key(self, edition, number):
        return self.get(edition__slug=edition, number=number)


class ViljeinriktningQuerySet(QuerySet):
    def get_by_natural_key(self, edition, number):
        return self.get(edition__slug=edition, number=number)


class FokusomradeQuerySet(QuerySet):
    def get_by_natural_key(self, edition, number):
        return self.get(viljeinriktning__edition__slug=edition, number=number)


class PrioriteringQuerySet(QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def with_place(self):
        """With the fokusområde, viljeinriktning and edition it stands in."""
        return self.select_related(PLACE)

    def that_are_now(self, **where):
        """Those that `where` finds, and those of earlier editions that are today one
        of them."""
        now = self.model._default_manager.filter(**where)
        return self.filter(Q(**where) | Q(heirs__today__in=now))

    def decided(self):
        """Those of editions that readers meet; a proposal is no prioritering yet."""
        edition = "fokusomrade__viljeinriktning__edition__status"
        return self.exclude(**{edition: EditionStatus.PROPOSAL})


class LineageQuerySet(QuerySet):
    def confirmed(self):
        """What readers are told: confirmed, and into an edition that is decided."""
        decided = self.exclude(edition__status=EditionStatus.PROPOSAL)
        return decided.exclude(confirmed_on=None)

    def with_ends(self):
        """With both ends and all that they stand in."""
        area = "viljeinriktning__edition"
        return self.select_related(
            "edition",
            f"from_fokusomrade__{area}",
            f"to_fokusomrade__{area}",
            f"from_prioritering__fokusomrade__{area}",
            f"to_prioritering__fokusomrade__{area}",
        )


class FootnoteQuerySet(QuerySet):
    def get_by_natural_key(self, edition, number):
        return self.get(edition__slug=edition, number=number)


class FrameworkQuerySet(QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class GoalQuerySet(QuerySet):
    def get_by_natural_key(self, framework, slug):
        return self.get(framework__slug=framework, slug=slug)


class GoalLinkQuerySet(QuerySet):
    def get_by_natural_key(self, edition, fokusomrade, framework, goal):
        return self.get(
            fokusomrade__viljeinriktning__edition__slug=edition,
            fokusomrade__number=fokusomrade,
            goal__framework__slug=framework,
            goal__slug=goal,
        )

    def with_goal(self):
        return self.select_related("goal__framework").order_by(
            "goal__framework__position", "goal__position"
        )

    def with_fokusomrade(self):
        return self.select_related("fokusomrade__viljeinriktning__edition").order_by(
            "fokusomrade__number"
        )


class SteeringDocumentQuerySet(QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class SteeringDocumentLinkQuerySet(QuerySet):
    def get_by_natural_key(self, document, edition, fokusomrade):
        return self.get(
            document__slug=document,
            fokusomrade__viljeinriktning__edition__slug=edition,
            fokusomrade__number=fokusomrade,
        )


class TermQuerySet(QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)
