"""Initiatives as readers meet them."""

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from kunskapsbank.models import Version
from programme import taxonomy
from programme.views.text import START
from uppfoljning.forms.initiative_filter import FACETS, InitiativeFilter
from uppfoljning.models import Initiative
from uppfoljning.sheets import initiatives as sheets

SECTIONS = [("description", "Så går det till"), ("effect", "Effekt")]


def trail(*steps):
    start = {"title": "Uppföljning", "url": reverse("uppfoljning:start")}
    every = {"title": "Insatser", "url": reverse("uppfoljning:initiatives")}
    return [START, start, every, *steps]


class InitiativeList(TemplateView):
    template_name = "uppfoljning/initiatives/list.html"
    parameters = (*FACETS, "sida")

    def get_context_data(self, **kwargs):
        asked = InitiativeFilter(self.request.GET)
        page = asked.page()
        *way, itself = trail()
        return super().get_context_data(
            section="uppfoljning",
            breadcrumbs=[*way, {"title": itself["title"]}],
            canonical_url=settings.SITE_ADDRESS + asked.address(),
            asked=asked,
            page=page,
            page_range=page.paginator.get_elided_page_range(page.number, on_ends=1),
            **kwargs,
        )


@require_safe
def initiatives_csv(request):
    """The list as it is asked for."""
    asked = InitiativeFilter(request.GET)
    rows = sheets.as_csv(asked.initiatives())
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="insatser.csv"'
    return response


@require_safe
def initiative(request, slug):
    rows = Initiative.objects.select_related("organisation")
    found = get_object_or_404(rows, slug=slug)
    if not found.is_open:
        context = {
            "reason": found.state_reason,
            "section": "uppfoljning",
            "instead_url": reverse("uppfoljning:initiatives"),
            "instead": "listan över insatser",
        }
        return render(request, "410.html", context, status=410)
    context = content_of(found) | {
        "section": "uppfoljning",
        "breadcrumbs": trail({"title": found.title}),
    }
    return render(request, "uppfoljning/initiatives/detail.html", context)


def content_of(content):
    """What `uppfoljning/initiatives/_content.html` shows of an initiative, or of a
    text that may become one."""
    chosen = list(content.prioriteringar.with_place().order_by("slug"))
    return {
        "initiative": content,
        "sections": [
            (heading, text)
            for name, heading in SECTIONS
            if (text := getattr(content, name))
        ],
        "facts": facts(content),
        "version_list": versions_of(content),
        "indicator_list": list(content.indicators.public()),
        "strands": by_viljeinriktning(chosen),
    }


def facts(content):
    is_public = isinstance(content, Initiative)
    organisation = {"term": "Ansvarig", "text": content.organisation_as_named}
    if is_public:
        url = f"{reverse('uppfoljning:initiatives')}?org={content.organisation.slug}"
        organisation["url"] = url
    progress = content.get_progress_display()
    return [
        organisation,
        {"term": "Läge", "text": progress.capitalize()},
        {"term": "År", "text": content.period},
    ]


def versions_of(content):
    """The contributions that show what it says, those that readers may see."""
    listed = Version.objects.listed().for_list().newest_first()
    versions = list(listed.filter(entry__in=content.entries.values("pk")))
    prefetch_related_objects(versions, "organisations")
    return versions


def by_viljeinriktning(prioriteringar):
    """Pairs of viljeinriktning and its prioriteringar, in the programme's order."""
    place = {
        each.pk: rank for rank, each in enumerate(taxonomy.current().prioriteringar)
    }
    strands = {}
    for each in sorted(prioriteringar, key=lambda one: place.get(one.pk, len(place))):
        strands.setdefault(each.fokusomrade.viljeinriktning, []).append(each)
    return list(strands.items())
