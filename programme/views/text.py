"""Pages of the decided text."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.views.generic import TemplateView

from programme import lineage, pdf, taxonomy
from programme.models import Prioritering
from programme.rendering import GlossaryLinker
from programme.views.dated import Asked
from search import generation

START = {"title": "Startsidan", "url": "/"}


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


def found(pages, **wanted):
    """The one of `pages` whose attributes are as wanted; raises Http404."""
    for page in pages:
        if all(getattr(page, name) == value for name, value in wanted.items()):
            return page
    raise Http404


def footnotes_of(fokusomrade):
    """The notes of a fokusområde and of its prioriteringar, in the page's order."""
    notes = list(fokusomrade.footnotes.all())
    for prioritering in fokusomrade.prioriteringar.all():
        notes += prioritering.footnotes.all()
    return notes


def all_footnotes(tree):
    """Every note of an edition, in the document's order."""
    notes = [note for chapter in tree.chapters for note in chapter.footnotes.all()]
    for fokusomrade in tree.fokusomraden:
        notes += footnotes_of(fokusomrade)
    return sorted(notes, key=lambda note: note.number)


def whole_text(tree):
    """Everything in the decided document, for the templates that show it all."""
    return {
        "edition": tree.edition,
        "chapters": tree.chapters,
        "viljeinriktningar": tree.viljeinriktningar,
        "footnotes": all_footnotes(tree),
    }


class ProgrammePage(TemplateView):
    """A page of one edition's text; `tree` is that edition's, from the address."""

    extra_context = {"section": "programme"}

    @property
    def content_generation(self):
        if not hasattr(self.request, "content_generation"):
            self.request.content_generation = generation.current()
        return self.request.content_generation

    @property
    def edition_slug(self):
        return self.kwargs["edition"]

    @property
    def tree(self):
        tree = self.read_tree()
        if tree.edition is None:
            raise Http404
        return tree

    def read_tree(self):
        return taxonomy.of(self.edition_slug, self.content_generation)

    def get(self, request, **kwargs):
        # The context names pages by what they are, and not by parts of the address.
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        linker = GlossaryLinker.from_glossary(self.content_generation)
        return super().get_context_data(linker=linker, **kwargs)


class DatedPage(ProgrammePage):
    """A page whose text can be read as it was on a day, `?datum=2018-05-01`."""

    def get(self, request, **kwargs):
        tree = self.tree
        self.asked = Asked.from_query(request.GET, tree)
        try:
            context = self.get_context_data(tree=self.asked.tree)
        except Http404:
            if not self.asked.is_another_day:
                raise
            self.asked = self.asked.without_this_page(tree)
            context = self.get_context_data(tree=tree)
        return self.render_to_response(context)

    def get_context_data(self, tree, **kwargs):
        current = taxonomy.current(self.content_generation).edition
        is_today = tree.edition == current and not self.asked.is_another_day
        shown = {"edition": tree.edition, "asked": self.asked, "shows_today": is_today}
        return super().get_context_data(**shown | kwargs)

    def lines_of(self, part):
        """What became of it, and where it came from, as readers are told."""
        lines = lineage.confirmed(self.content_generation)
        return {"became": lines.became(part), "came_from": lines.came_from(part)}


class Overview(ProgrammePage):
    template_name = "programme/overview.html"

    def read_tree(self):
        return taxonomy.current(self.content_generation)

    def get_context_data(self, **kwargs):
        tree = self.tree
        return super().get_context_data(
            edition=tree.edition,
            has_earlier=self.has_earlier(tree.edition),
            chapters=tree.chapters,
            viljeinriktningar=tree.viljeinriktningar,
            breadcrumbs=[START, {"title": "Programmet"}],
            **kwargs,
        )

    def has_earlier(self, edition):
        """Whether it can be compared with one before it."""
        others = taxonomy.decided(self.content_generation)
        return any(each.period_start < edition.period_start for each in others)


class EditionStart(Overview):
    """An edition's own address; the current one's front page is /programmet/."""

    read_tree = ProgrammePage.read_tree

    def get(self, request, edition):
        if self.tree.edition == taxonomy.current(self.content_generation).edition:
            return redirect("programme:overview")
        return super().get(request)


class ChapterDetail(DatedPage):
    template_name = "programme/chapter.html"

    def get_context_data(self, tree, **kwargs):
        chapter = found(tree.chapters, slug=self.kwargs["chapter"])
        inner = f"{chapter.number}."
        crumbs = [START, programme_crumb(), {"title": f"Kapitel {chapter.number}"}]
        return super().get_context_data(
            tree,
            chapter=chapter,
            sections=[each for each in tree.chapters if each.number.startswith(inner)],
            breadcrumbs=crumbs,
            **neighbours(tree.chapters, chapter),
            **kwargs,
        )


class ViljeinriktningDetail(DatedPage):
    template_name = "programme/viljeinriktning.html"

    def get_context_data(self, tree, **kwargs):
        strand = found(tree.viljeinriktningar, slug=self.kwargs["viljeinriktning"])
        return super().get_context_data(
            tree,
            viljeinriktning=strand,
            breadcrumbs=[START, programme_crumb(), {"title": strand.short_title}],
            **neighbours(tree.viljeinriktningar, strand),
            **kwargs,
        )


class FokusomradeDetail(DatedPage):
    template_name = "programme/fokusomrade.html"

    def get_context_data(self, tree, **kwargs):
        strand = found(tree.viljeinriktningar, slug=self.kwargs["viljeinriktning"])
        area = found(strand.fokusomraden.all(), slug=self.kwargs["fokusomrade"])
        return super().get_context_data(
            tree,
            fokusomrade=area,
            footnotes=footnotes_of(area),
            **self.lines_of(area),
            breadcrumbs=[
                START,
                programme_crumb(),
                crumb(strand, strand.short_title),
                {"title": area.short_title},
            ],
            **neighbours(tree.fokusomraden, area),
            **kwargs,
        )


class PrioriteringDetail(DatedPage):
    template_name = "programme/prioritering.html"

    @property
    def edition_slug(self):
        found_at = get_object_or_404(
            Prioritering.objects.with_place(), slug=self.kwargs["slug"]
        )
        return found_at.fokusomrade.viljeinriktning.edition.slug

    def get_context_data(self, tree, **kwargs):
        prioritering = found(tree.prioriteringar, slug=self.kwargs["slug"])
        area = prioritering.fokusomrade
        strand = area.viljeinriktning
        return super().get_context_data(
            tree,
            prioritering=prioritering,
            reference=reference_to(prioritering),
            **self.lines_of(prioritering),
            breadcrumbs=[
                START,
                programme_crumb(),
                crumb(strand, strand.short_title),
                crumb(area, area.short_title),
                {"title": f"Prioritering {prioritering.letter}"},
            ],
            **neighbours(tree.prioriteringar, prioritering),
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


class WholeProgramme(DatedPage):
    """The whole programme as one document."""

    template_name = "programme/whole.html"

    def get_context_data(self, tree, **kwargs):
        crumbs = [START, programme_crumb(), {"title": "Hela programmet"}]
        return super().get_context_data(
            tree,
            **whole_text(tree),
            pdf_available=pdf.is_available(),
            breadcrumbs=crumbs,
            **kwargs,
        )
