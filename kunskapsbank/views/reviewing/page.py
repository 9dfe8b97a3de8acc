"""What the page of one text under review shows: the text, what differs, what to check,
what has happened, and what may be done."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from kunskapsbank import belonging, checks, comparison, links, similarity
from kunskapsbank.enums import Act, QueueKind, Status
from kunskapsbank.forms.reviewing import DecisionForm, NoteForm
from kunskapsbank.models import ReviewEvent, Snapshot, Version
from kunskapsbank.permissions import can_review
from kunskapsbank.review_queue import QueueFilter, claim_of
from kunskapsbank.uploads.advice import advice_about
from kunskapsbank.views.entry import SECTIONS, text_context
from kunskapsbank.views.writing import carrying
from kunskapsbank.workflow.text import as_data
from search.readability import lix

VIEWS = {"sida": "side", "lopande": "inline", "allt": "all"}
_ANSWERS = {Act.RETURNED, Act.DECLINED}
_HANDED_IN = {Act.SUBMITTED, Act.RESUBMITTED}
_DEMANDING = 50  # LIX; newspapers are below


@dataclass(frozen=True)
class Ease:
    """How hard a section is to read."""

    heading: str
    lix: int

    @property
    def is_demanding(self) -> bool:
        return self.lix >= _DEMANDING


def context(request, version, *, form=None, **extra):
    """All of the page; `form` is a decision that could not be made as it was sent."""
    asked = QueueFilter(request.user, request.GET)
    url = reverse("kunskapsbank:review", args=[version.pk])
    base = base_of(version)
    claim = claim_of(version)
    may_decide = version.status == Status.SUBMITTED and can_review(
        request.user, version
    )
    taken = claim and claim.moderator_id != request.user.pk
    if form is None:
        form = blank_form(version, base)
    return {
        "breadcrumbs": trail({"title": what_it_is(version, base)}),
        "version": version,
        "what": what_it_is(version, base),
        "claim": claim,
        "is_mine": bool(claim) and not taken,
        "may_decide": may_decide,
        "shows_form": may_decide and not taken,
        "form": form if may_decide and not taken else None,
        "following": asked.following(url),
        "query": asked.query().urlencode(),
        "events": events_of(version.entry),
        "notes": version.entry.notes.select_related("author"),
        "said": said_by_author(version),
        "who": carrying.owner_token(request.user),
        "note_form": NoteForm(auto_id="anteckning_%s"),
        **compared(request, version, base),
        **text_of(version),
        **checked(version),
        **extra,
    }


def blank_form(version, base):
    initial = {"lock": version.lock, "over": base.pk if base else None}
    return DecisionForm(initial=initial, is_change=base is not None)


def trail(*steps):
    return [{"title": "Granska", "url": reverse("kunskapsbank:review_queue")}, *steps]


def base_of(version) -> Version | None:
    """The text to compare with: what is public now, or was before this one."""
    if version.status in {Status.PUBLISHED, Status.REPLACED}:
        return version.replaces
    return version.entry.published_version


def what_it_is(version, base):
    kind = QueueKind.CHANGE if base or version.based_on_id else QueueKind.NEW
    return kind.label


def compared(request, version, base):
    """What differs from the text before, and from what was last answered."""
    chosen = request.GET.get("visa", "sida")
    view = VIEWS.get(chosen, "side")
    now = as_data(version)
    changes = []
    if base:
        everything = view == "all"
        changes = comparison.compare(as_data(base), now, everything=everything)
    answered = answered_text(version)
    return {
        "base": base,
        "view": view,
        "changes": changes,
        "changed_count": sum(change.is_changed for change in changes),
        "answered": answered,
        "since_answer": comparison.compare(answered[1].text, now) if answered else [],
    }


def answered_text(version) -> tuple[ReviewEvent, Snapshot] | None:
    """The last answer to the author and the text that it was about."""
    events = version.entry.events.filter(version_number=version.number)
    answer = events.filter(act__in=_ANSWERS).order_by("position").last()
    if answer is None or version.status != Status.SUBMITTED:
        return None
    before = version.snapshots.filter(made_at__lte=answer.happened_at)
    text = before.order_by("lock").last()
    return (answer, text) if text else None


def said_by_author(version) -> str:
    """What the author wrote to the moderators when the text was last handed in."""
    events = version.entry.events.filter(version_number=version.number)
    handed_in = events.filter(act__in=_HANDED_IN).order_by("position").last()
    detail = getattr(handed_in, "detail", None)
    return detail.message if detail else ""


def text_of(version):
    """The text as readers would meet it."""
    return text_context(version, belonging.of(version))


def checked(version):
    """What stands beside the text for the moderator to look at."""
    texts = [("summary", "Sammanfattning"), *SECTIONS]
    return {
        "findings": checks.findings(version),
        "files": [
            (each, advice_about(each))
            for each in version.attachments.select_related("file")
        ],
        "link_answers": links.last_answers(version),
        "similar": similarity.similar(version),
        "waiting_alike": similarity.similar(version, Version.objects.queue()),
        "ease": [
            Ease(heading, round(lix(text)))
            for name, heading in texts
            if (text := getattr(version, name).strip())
        ],
    }


def events_of(entry) -> QuerySet[ReviewEvent]:
    """All that has happened to the contribution, the latest first, with names and
    messages: for moderators only."""
    return entry.events.select_related("detail").order_by("-position")
