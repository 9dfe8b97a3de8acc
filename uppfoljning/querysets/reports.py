"""Every reusable read of reports and assessments."""

from django.db.models import QuerySet

from uppfoljning.enums.reports import AssessmentStatus, ReportStatus
from uppfoljning.permissions import can_contribute, can_follow_up

# What somebody has to write on.
UNWRITTEN = (AssessmentStatus.NOT_STARTED, AssessmentStatus.ONGOING)


class ReportQuerySet(QuerySet):
    """Newest first, each year once."""

    def public(self):
        """Every page, list and export reads reports through this door: those that are
        adopted. What they say is in `adoption.content`, and nowhere else."""
        return self.filter(status=ReportStatus.ADOPTED).select_related("adoption")

    def visible_to(self, user):
        """A draft is the document owner's alone."""
        if can_follow_up(user):
            return self.select_related("adoption")
        return self.public()

    def worked_on_by(self, user):
        """Those that the person has something to do in: all for the document owner,
        and for others those where something is given to them."""
        if can_follow_up(user):
            return self.all()
        if not can_contribute(user):
            return self.none()
        return self.filter(assessments__assignee=user).distinct()


class AdoptionQuerySet(QuerySet):
    def without_pdf(self):
        return self.filter(pdf=None)


class AssessmentQuerySet(QuerySet):
    def visible_to(self, user):
        """The document owner's, and that of whoever each is given to."""
        if can_follow_up(user):
            return self.all()
        if not can_contribute(user):
            return self.none()
        return self.filter(assignee=user)

    def in_order(self):
        return self.order_by("fokusomrade__viljeinriktning__position", *_AREA)

    def with_places(self):
        return self.select_related(
            "report", "assignee", "fokusomrade__viljeinriktning__edition"
        )

    def unwritten(self):
        return self.filter(
            status__in=UNWRITTEN, report__status=ReportStatus.DRAFT
        ).exclude(assignee=None)

    def waiting_for(self, user):
        """What waits on this very person."""
        return self.unwritten().filter(assignee=user)


_AREA = ("fokusomrade__position", "pk")
