"""Pages round the decided text: frameworks and goals, documents, words explained."""

from itertools import groupby, takewhile

from django.conf import settings
from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import DetailView, ListView, TemplateView

from programme import taxonomy
from programme.models import (
    Framework,
    Goal,
    GoalLink,
    SteeringDocument,
    SteeringDocumentLink,
    Term,
)
from programme.rendering import BlockKind, GlossaryLinker, blocks
from programme.views.text import START, crumb, neighbours

FRAMEWORKS_CHAPTER = "2.1"
DOCUMENTS_CHAPTER = "3"


class ContextPage:
    extra_context = {"section": "programme"}


def frameworks_crumb():
    return {"title": "Omvärld", "url": reverse("programme:frameworks")}


def current_chapter(number):
    """That chapter of the current edition, None if it has none."""
    chapters = taxonomy.current().chapters
    return next((each for each in chapters if each.number == number), None)


class FrameworkList(ContextPage, TemplateView):
    template_name = "programme/context/frameworks.html"

    def get_context_data(self, **kwargs):
        chapter = current_chapter(FRAMEWORKS_CHAPTER)
        return super().get_context_data(
            chapter=chapter,
            excerpt=before_figure(chapter.body) if chapter else "",
            breadcrumbs=[START, {"title": "Omvärld"}],
            **kwargs,
        )


def before_figure(body):
    """The part of a chapter that leads up to its figure, all of it if it has none."""
    lead = takewhile(lambda b: b.kind is not BlockKind.FIGURE_CAPTION, blocks(body))
    ends = [block.lines[-1].offset + len(block.lines[-1].text) for block in lead]
    return body[: max(ends, default=0)]


class FrameworkDetail(ContextPage, DetailView):
    template_name = "programme/context/framework.html"
    context_object_name = "framework"
    model = Framework

    def get_context_data(self, **kwargs):
        framework = self.object
        goals = framework.goals.order_by("position").select_related("framework")
        return super().get_context_data(
            goals=list(goals.annotate(fokusomrade_count=Count("goal_links"))),
            breadcrumbs=[
                START,
                frameworks_crumb(),
                {"title": framework.short_title},
            ],
            **neighbours(list(Framework.objects.all()), framework),
            **kwargs,
        )


class GoalDetail(ContextPage, DetailView):
    template_name = "programme/context/goal.html"
    context_object_name = "goal"

    def get_object(self):
        return get_object_or_404(
            Goal.objects.select_related("framework"),
            framework__slug=self.kwargs["framework"],
            slug=self.kwargs["slug"],
        )

    def get_context_data(self, **kwargs):
        goal = self.object
        siblings = goal.framework.goals.order_by("position").select_related("framework")
        return super().get_context_data(
            framework=goal.framework,
            links=GoalLink.objects.filter(goal=goal).with_fokusomrade(),
            breadcrumbs=[
                START,
                frameworks_crumb(),
                crumb(goal.framework, goal.framework.short_title),
                {"title": goal.title},
            ],
            **neighbours(list(siblings), goal),
            **kwargs,
        )


class SteeringDocumentList(ContextPage, ListView):
    template_name = "programme/context/steering_documents.html"
    context_object_name = "documents"
    queryset = SteeringDocument.objects.order_by("position").prefetch_related(
        Prefetch(
            "links",
            SteeringDocumentLink.objects.order_by("fokusomrade__number").select_related(
                "fokusomrade__viljeinriktning__edition"
            ),
        )
    )

    def get_context_data(self, **kwargs):
        chapter = current_chapter(DOCUMENTS_CHAPTER)
        parsed = blocks(chapter.body) if chapter else []
        return super().get_context_data(
            chapter=chapter,
            note=next((b.lines[0] for b in parsed if b.kind is BlockKind.NOTE), None),
            breadcrumbs=[START, frameworks_crumb(), {"title": "Styrdokument"}],
            **kwargs,
        )


class Glossary(ContextPage, ListView):
    template_name = "programme/context/glossary.html"
    context_object_name = "terms"
    model = Term

    def get_context_data(self, **kwargs):
        terms = list(self.object_list)
        used = places_of(terms)
        return super().get_context_data(
            letters=[
                (letter, [(term, used[term.slug]) for term in group])
                for letter, group in groupby(terms, key=lambda term: term.term[0])
            ],
            data=term_set(terms),
            breadcrumbs=[START, {"title": "Ordlista"}],
            **kwargs,
        )


def places_of(terms):
    """For each term's slug, the pages of the programme whose text uses the term."""
    linker = GlossaryLinker(terms)
    used = {term.slug: [] for term in terms}
    for page, text in texts_in_order():
        for slug in linker.terms_in(text):
            used[slug].append(page)
    return used


def texts_in_order():
    """The current edition's pages, in the document's order, with their decided text."""
    tree = taxonomy.current()
    pages = [
        *((each, [each.body]) for each in tree.chapters),
        *(
            (each, [each.description, each.challenges])
            for each in tree.viljeinriktningar
        ),
        *(
            (each, [each.body, *(one.text for one in each.prioriteringar.all())])
            for each in tree.fokusomraden
        ),
    ]
    pages.sort(key=lambda page: [int(part) for part in page[0].number.split(".")])
    return [(page, "\n".join([page.title, *texts])) for page, texts in pages]


def term_set(terms):
    """The glossary as a schema.org DefinedTermSet."""
    address = settings.SITE_ADDRESS + reverse("programme:glossary")
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": address,
        "name": "Ordlista till Livskvalitetsprogrammet",
        "inLanguage": "sv",
        "url": address,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "@id": f"{address}#{term.slug}",
                "name": term.term,
                "description": term.explanation,
                "inDefinedTermSet": address,
            }
            for term in terms
        ],
    }
