"""The API, version 1: what may be read at /api/v1/, and by which addresses.

Interactive documentation is off: its scripts set markup as text, which the site's
policy forbids. `/oppna-data/api/` says the same from the same schema.
"""

from functools import wraps
from typing import Annotated

from django.http import Http404
from django.urls import reverse
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from kunskapsbank import facets
from kunskapsbank.enums import EntryState
from kunskapsbank.forms import EntryFilter
from kunskapsbank.models import Entry, Version
from livskvalitet.open_data import pages, programme_records, reading
from livskvalitet.open_data.asked import (
    ENTRY_NUMBER,
    SECTION_NUMBER,
    Filters,
    NoParameters,
    Paging,
)
from livskvalitet.open_data.identity import absolute
from livskvalitet.open_data.pages import (
    ContributionPage,
    FokusomradeList,
    FrameworkList,
    Index,
    LinkPage,
    OrganisationList,
    PrioriteringList,
    SubjectList,
    ViljeinriktningList,
)
from livskvalitet.open_data.records import (
    ContributionDetail,
    Error,
    FokusomradeRecord,
    PrioriteringRecord,
    ViljeinriktningRecord,
)
from livskvalitet.open_data.refusals import malformed, refusal, unknown

DESCRIPTION = (
    "Bidragen i kunskapsbanken, programmets text, målen omkring det och länkarna som "
    "bidragen pekar på. API:et läser bara och kräver ingen nyckel. En parameter som "
    "inte finns ger svaret 422."
)
LISTS = (
    "contributions",
    "prioriteringar",
    "fokusomraden",
    "viljeinriktningar",
    "links",
    "subjects",
    "organisations",
    "frameworks",
)


class Api(NinjaAPI):
    """Its schema names the site's own address, also when nobody asks for it."""

    def get_openapi_schema(self, **kwargs) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        schema["servers"] = [{"url": absolute("")}]
        return schema


class Renderer(JSONRenderer):
    """Swedish letters as they are."""

    json_dumps_params = {"ensure_ascii": False}


api = Api(
    title="Livskvalitet Helsingborg: öppna data",
    version="1.0.0",
    description=DESCRIPTION,
    docs_url=None,
    renderer=Renderer(),
    urls_namespace="api",
)
api.add_exception_handler(ValidationError, malformed)
api.add_exception_handler(Http404, lambda request, fault: refusal(404))


def reads(path, answer, *, name, summary, may_be_missing=False, may_be_gone=False):
    """Register a view that reads; it is refused parameters that it does not know."""
    answers = {200: answer, 422: Error}
    answers |= {404: Error} if may_be_missing else {}
    answers |= {410: Error} if may_be_gone else {}

    def register(view):
        known = _parameters_of(view)

        @wraps(view)
        def strict(request, *args, **kwargs):
            if strays := set(request.GET) - known:
                return unknown(strays)
            return view(request, *args, **kwargs)

        operation = api.get(
            path,
            response=answers,
            url_name=name,
            operation_id=name,
            summary=summary,
            description=view.__doc__,
        )
        return operation(strict)

    return register


def _parameters_of(view):
    annotation = view.__annotations__.get("asked")
    asked = annotation.__args__[0] if hasattr(annotation, "__args__") else NoParameters
    return {field.alias or name for name, field in asked.model_fields.items()}


Number = Annotated[str, Path(pattern=ENTRY_NUMBER, description="Nummer, som B-12")]
Section = Annotated[str, Path(pattern=SECTION_NUMBER, description="Som 4.3.1")]
Slug = Annotated[
    str, Path(pattern=r"^[a-z0-9-]+$", max_length=40, description="Som 2016-4-3-1-b")
]
Key = Annotated[int, Path(ge=1, le=5, description="1 till 5")]


@reads("/", Index, name="index", summary="Vad som finns")
def index(request):
    """Adresserna till listorna i API:et och till beskrivningen av det."""
    return Index(
        title=api.title,
        version=api.version,
        description=absolute(reverse("api:openapi-json")),
        lists=[absolute(reverse(f"api:{name}")) for name in LISTS],
    )


@reads(
    "/bidrag/",
    ContributionPage,
    name="contributions",
    summary="Bidrag, sida för sida",
    may_be_missing=True,
)
def contributions(request, asked: Query[Filters]):
    """Samma filter och sökning som i kunskapsbankens lista."""
    spread = facets.for_request(request)
    state = EntryFilter.from_query(request.GET, spread)
    return pages.page_of(
        request,
        asked,
        ContributionPage,
        total=0 if _asks_for_nothing(request, state) else state.count,
        rows=lambda: reading.contributions_of(
            [version.pk for version in state.page_of(asked.size)], spread
        ),
    )


def _asks_for_nothing(request, state):
    """Whether a facet is asked for, and only for values that nothing has."""
    return any(
        request.GET.getlist(facet) and not options
        for facet, options in state.chosen.items()
    )


@reads(
    "/bidrag/{number}/",
    ContributionDetail,
    name="contribution",
    summary="Ett bidrag",
    may_be_missing=True,
    may_be_gone=True,
)
def contribution(request, number: Number):
    """Bidraget som det visas nu, och versionerna som går att läsa."""
    pk = int(number.removeprefix("B-"))
    listed = reading.with_ties(Version.objects.listed())
    version = listed.filter(entry=pk).first()
    if version is None:
        return _not_shown(pk)
    fields = reading.contribution_fields(version, facets.for_request(request))
    return ContributionDetail(**fields, versions=reading.versions_of(version))


def _not_shown(pk):
    """410 with the reason for what was public once, as its page says; else 404."""
    taken_away = Entry.objects.exclude(slug=None).exclude(state=EntryState.OPEN)
    entry = taken_away.filter(pk=pk).first()
    if entry is None:
        raise Http404
    return refusal(410, f"Bidraget visas inte längre. {entry.state_reason}".strip())


@reads(
    "/prioriteringar/",
    PrioriteringList,
    name="prioriteringar",
    summary="Programmets prioriteringar",
)
def prioriteringar(request):
    """Alla prioriteringar ord för ord, i programmets ordning."""
    found = programme_records.prioriteringar(facets.for_request(request))
    return PrioriteringList(total=len(found), results=found)


@reads(
    "/prioriteringar/{slug}/",
    PrioriteringRecord,
    name="prioritering",
    summary="En prioritering",
    may_be_missing=True,
)
def prioritering(request, slug: Slug):
    """Prioriteringen ord för ord."""
    found = programme_records.prioriteringar(facets.for_request(request))
    return _one(found, "slug", slug)


@reads(
    "/fokusomraden/",
    FokusomradeList,
    name="fokusomraden",
    summary="Programmets fokusområden",
)
def fokusomraden(request):
    """Alla fokusområden ord för ord, i programmets ordning."""
    found = programme_records.fokusomraden(facets.for_request(request))
    return FokusomradeList(total=len(found), results=found)


@reads(
    "/fokusomraden/{number}/",
    FokusomradeRecord,
    name="fokusomrade",
    summary="Ett fokusområde",
    may_be_missing=True,
)
def fokusomrade(request, number: Section):
    """Fokusområdet ord för ord."""
    found = programme_records.fokusomraden(facets.for_request(request))
    return _one(found, "number", number)


@reads(
    "/viljeinriktningar/",
    ViljeinriktningList,
    name="viljeinriktningar",
    summary="Programmets viljeinriktningar",
)
def viljeinriktningar(request):
    """Alla viljeinriktningar ord för ord, i programmets ordning."""
    found = programme_records.viljeinriktningar(facets.for_request(request))
    return ViljeinriktningList(total=len(found), results=found)


@reads(
    "/viljeinriktningar/{key}/",
    ViljeinriktningRecord,
    name="viljeinriktning",
    summary="En viljeinriktning",
    may_be_missing=True,
)
def viljeinriktning(request, key: Key):
    """Viljeinriktningen ord för ord."""
    found = programme_records.viljeinriktningar(facets.for_request(request))
    return _one(found, "key", key)


def _one(records, field, value):
    for record in records:
        if getattr(record, field) == value:
            return record
    raise Http404


@reads(
    "/lankar/",
    LinkPage,
    name="links",
    summary="Länkar i bidragen, sida för sida",
    may_be_missing=True,
)
def links(request, asked: Query[Paging]):
    """Webbadresser som bidragen pekar på, och vad som hände vid senaste kontrollen."""
    rows = reading.links()
    return pages.page_of(
        request,
        asked,
        LinkPage,
        total=rows.count(),
        rows=lambda: reading.link_records(list(pages.sliced(rows, asked))),
    )


@reads("/amnen/", SubjectList, name="subjects", summary="Ämnen")
def subjects(request):
    """Ämnen som minst ett bidrag har."""
    found = reading.subjects()
    return SubjectList(total=len(found), results=found)


@reads(
    "/organisationer/", OrganisationList, name="organisations", summary="Organisationer"
)
def organisations(request):
    """Organisationer som minst ett bidrag har."""
    found = reading.organisations()
    return OrganisationList(total=len(found), results=found)


@reads("/ramverk/", FrameworkList, name="frameworks", summary="Ramverk och mål")
def frameworks(request):
    """Mål utanför staden. Kopplingarna är redaktionens tolkning."""
    found = programme_records.frameworks()
    return FrameworkList(total=len(found), results=found)
