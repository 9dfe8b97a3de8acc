"""What may be read at /api/v1/ of the knowledge bank, the programme and the goals."""

from typing import Annotated

from django.http import Http404
from ninja import Path, Query

from kunskapsbank import facets
from kunskapsbank.enums import EntryState
from kunskapsbank.forms import EntryFilter
from kunskapsbank.models import Entry, Version
from livskvalitet.open_data import pages, programme_records, reading
from livskvalitet.open_data.asked import ENTRY_NUMBER, SECTION_NUMBER, Filters, Paging
from livskvalitet.open_data.pages import (
    ContributionPage,
    FokusomradeList,
    FrameworkList,
    LinkPage,
    OrganisationList,
    PrioriteringList,
    SubjectList,
    ViljeinriktningList,
)
from livskvalitet.open_data.records import (
    ContributionDetail,
    FokusomradeRecord,
    PrioriteringRecord,
    ViljeinriktningRecord,
)
from livskvalitet.open_data.refusals import refusal
from livskvalitet.open_data.serving import reads

Number = Annotated[str, Path(pattern=ENTRY_NUMBER, description="Nummer, som B-12")]
Section = Annotated[str, Path(pattern=SECTION_NUMBER, description="Som 4.3.1")]
Slug = Annotated[
    str, Path(pattern=r"^[a-z0-9-]+$", max_length=40, description="Som 2016-4-3-1-b")
]
Key = Annotated[int, Path(ge=1, le=5, description="1 till 5")]


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
