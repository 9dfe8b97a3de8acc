"""Pages of the decided text."""

from django.conf import settings
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.views.generic import DetailView, TemplateView

from programme import pdf, taxonomy
from programme.models import (
    Chapter,
    Edition,
    Fokusomrade,
    Footnote,
    Prioritering,
    Viljeinriktning,
)
from programme.rendering import GlossaryLinker

START = {"title": "Start", "url": "/"}
TREE = (
    Prefetch(
        "fokusomraden",
        Fokusomrade.objects.order_by("position").prefetch_related("footnotes"),
    ),
    Prefetch(
        "fokusomraden__prioriteringar",
        Prioritering.objects.with_place()
        .order_by("position")
        .prefetch_related("footnotes"),
    ),
)


def programme_crumb():
    return {"title": "Programmet", "url": reverse("programme:overview")}


def crumb(page, title):
    return {"title": title, "url": page.get_absolute_url()}


def neighbours(pages, page):
    """The pages before and after `page` in `pages`, None at the ends."""
    place = [each.pk for each in pages].index(page.pk)
    before = pages[place - 1] if place else None
    after = pages[place + 1] if place + 1 < len(pages) else None
    return {"previous": before, "next": after}


class ProgrammePage:
    """What every page of the programme knows."""

    extra_context = {"section": "programme"}

    def get_context_data(self, **kwargs):
        return super().get_context_data(linker=GlossaryLinker.from_glossary(), **kwargs)


class Overview(ProgrammePage, TemplateView):
    template_name = "programme/overview.html"

    def get_context_data(self, **kwargs):
        edition = kwargs.pop("edition", None) or taxonomy.current().edition
        text = whole_text(edition)
        return super().get_context_data(
            edition=edition,
            chapters=text["chapters"],
            viljeinriktningar=text["viljeinriktningar"],
            breadcrumbs=[START, {"title": "Programmet"}],
            **kwargs,
        )


class EditionStart(Overview):
    """An edition's own address; the current one's front page is /programmet/."""

    def get(self, request, edition):
        edition = get_object_or_404(Edition, slug=edition)
        if edition == taxonomy.current().edition:
            return redirect("programme:overview")
        return self.render_to_response(self.get_context_data(edition=edition))


class ChapterDetail(ProgrammePage, DetailView):
    template_name = "programme/chapter.html"

    def get_object(self):
        chapters = Chapter.objects.select_related("edition")
        return get_object_or_404(
            chapters.prefetch_related("footnotes"),
            edition__slug=self.kwargs["edition"],
            slug=self.kwargs["chapter"],
        )

    def get_context_data(self, **kwargs):
        chapter = self.object
        siblings = list(
            Chapter.objects.filter(edition=chapter.edition)
            .select_related("edition")
            .order_by("position")
        )
        return super().get_context_data(
            edition=chapter.edition,
            sections=[
                each
                for each in siblings
                if each.number.startswith(f"{chapter.number}.")
            ],
            breadcrumbs=[
                START,
                programme_crumb(),
                {"title": f"Kapitel {chapter.number}"},
            ],
            **neighbours(siblings, chapter),
            **kwargs,
        )


class ViljeinriktningDetail(ProgrammePage, DetailView):
    template_name = "programme/viljeinriktning.html"
    context_object_name = "viljeinriktning"

    def get_object(self):
        return get_object_or_404(
            Viljeinriktning.objects.select_related("edition").prefetch_related(*TREE),
            edition__slug=self.kwargs["edition"],
            slug=self.kwargs["viljeinriktning"],
        )

    def get_context_data(self, **kwargs):
        viljeinriktning = self.object
        siblings = list(
            Viljeinriktning.objects.filter(edition=viljeinriktning.edition)
            .select_related("edition")
            .order_by("position")
        )
        return super().get_context_data(
            edition=viljeinriktning.edition,
            prioriteringar=[
                prioritering
                for fokusomrade in viljeinriktning.fokusomraden.all()
                for prioritering in fokusomrade.prioriteringar.all()
            ],
            breadcrumbs=[
                START,
                programme_crumb(),
                {"title": viljeinriktning.short_title},
            ],
            **neighbours(siblings, viljeinriktning),
            **kwargs,
        )


class FokusomradeDetail(ProgrammePage, DetailView):
    template_name = "programme/fokusomrade.html"
    context_object_name = "fokusomrade"

    def get_object(self):
        fokusomraden = Fokusomrade.objects.select_related("viljeinriktning__edition")
        return get_object_or_404(
            fokusomraden.prefetch_related(
                "footnotes",
                Prefetch(
                    "prioriteringar",
                    Prioritering.objects.with_place()
                    .order_by("position")
                    .prefetch_related("footnotes"),
                ),
            ),
            viljeinriktning__edition__slug=self.kwargs["edition"],
            viljeinriktning__slug=self.kwargs["viljeinriktning"],
            slug=self.kwargs["fokusomrade"],
        )

    def get_context_data(self, **kwargs):
        fokusomrade = self.object
        strand = fokusomrade.viljeinriktning
        siblings = list(
            Fokusomrade.objects.filter(viljeinriktning__edition=strand.edition)
            .select_related("viljeinriktning__edition")
            .order_by("viljeinriktning__position", "position")
        )
        return super().get_context_data(
            edition=strand.edition,
            footnotes=footnotes_of(fokusomrade),
            breadcrumbs=[
                START,
                programme_crumb(),
                crumb(strand, strand.short_title),
                {"title": fokusomrade.short_title},
            ],
            **neighbours(siblings, fokusomrade),
            **kwargs,
        )


def footnotes_of(fokusomrade):
    """The notes of a fokusområde and of its prioriteringar, in the page's order."""
    notes = list(fokusomrade.footnotes.all())
    for prioritering in fokusomrade.prioriteringar.all():
        notes += prioritering.footnotes.all()
    return notes


class PrioriteringDetail(ProgrammePage, DetailView):
    template_name = "programme/prioritering.html"
    context_object_name = "prioritering"
    queryset = Prioritering.objects.with_place().prefetch_related("footnotes")

    def get_context_data(self, **kwargs):
        prioritering = self.object
        fokusomrade = prioritering.fokusomrade
        strand = fokusomrade.viljeinriktning
        siblings = list(
            Prioritering.objects.filter(
                fokusomrade__viljeinriktning__edition=strand.edition
            )
            .with_place()
            .order_by(
                "fokusomrade__viljeinriktning__position",
                "fokusomrade__position",
                "position",
            )
        )
        return super().get_context_data(
            edition=strand.edition,
            breadcrumbs=[
                START,
                programme_crumb(),
                crumb(strand, strand.short_title),
                crumb(fokusomrade, fokusomrade.short_title),
                {"title": f"Prioritering {prioritering.letter}"},
            ],
            reference=reference_to(prioritering),
            **neighbours(siblings, prioritering),
            **kwargs,
        )


def reference_to(prioritering):
    """A ready reference: what, in which document, where and when read."""
    edition = prioritering.fokusomrade.viljeinriktning.edition
    address = settings.SITE_ADDRESS + prioritering.get_absolute_url()
    today = date_format(localdate(), "j F Y")
    return (
        f"Helsingborgs stad. {edition.title} {edition.period}, prioritering "
        f"{prioritering.number}: ”{prioritering.text}” Diarienummer "
        f"{edition.diary_numbers}. {address} (hämtad {today})."
    )


class WholeProgramme(ProgrammePage, DetailView):
    """The whole programme as one document."""

    template_name = "programme/whole.html"
    slug_url_kwarg = "edition"
    context_object_name = "edition"
    model = Edition

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **whole_text(self.object),
            pdf_available=pdf.is_available(),
            breadcrumbs=[START, programme_crumb(), {"title": "Hela programmet"}],
            **kwargs,
        )


def whole_text(edition):
    """Everything in the decided document, in its order."""
    chapters = Chapter.objects.filter(edition=edition).select_related("edition")
    strands = Viljeinriktning.objects.filter(edition=edition).select_related("edition")
    return {
        "chapters": chapters.order_by("position").prefetch_related("footnotes"),
        "viljeinriktningar": strands.order_by("position").prefetch_related(*TREE),
        "footnotes": Footnote.objects.filter(edition=edition).order_by("number"),
    }
