"""Pages that people read and that belong to no app."""

from django.conf import settings
from django.urls import reverse
from django.views.generic import TemplateView

from livskvalitet import design_samples
from livskvalitet.accessibility import load_statement
from programme import taxonomy
from programme.models import Framework
from programme.views.text import START
from uppfoljning.views.indicators import viljeinriktning_url

ABOUT = {"title": "Om webbplatsen", "url": "/om/"}


class Start(TemplateView):
    template_name = "livskvalitet/start.html"

    def get_context_data(self, **kwargs):
        website = {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": "Livskvalitet Helsingborg",
            "url": f"{settings.SITE_ADDRESS}/",
            "inLanguage": "sv",
        }
        return super().get_context_data(
            website=website, levels=frameworks_by_level(), **kwargs
        )


def frameworks_by_level():
    """The frameworks that held when the programme was decided, by level."""
    levels = {}
    for framework in Framework.objects.filter(held_in_2016=True):
        levels.setdefault(framework.level, []).append(framework)
    return levels


class Page(TemplateView):
    """A page of the site's own words; `title` and `parent` make its breadcrumbs."""

    title = ""
    parent = None

    def get_context_data(self, **kwargs):
        crumbs = [START, *([self.parent] if self.parent else []), {"title": self.title}]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)


class Accessibility(Page):
    template_name = "livskvalitet/accessibility.html"
    title = "Tillgänglighet"

    def get_context_data(self, **kwargs):
        return super().get_context_data(statement=load_statement(), **kwargs)


class Design(Page):
    """Every component in all its states, for those who build the site."""

    template_name = "livskvalitet/design.html"
    title = "Webbplatsens delar"
    parent = ABOUT

    def get_context_data(self, **kwargs):
        sample = design_samples.samples(taxonomy.current().viljeinriktningar)
        return super().get_context_data(sample=sample, **kwargs)


class SiteMap(Page):
    template_name = "livskvalitet/site_map.html"
    title = "Webbplatskarta"
    parent = ABOUT

    def get_context_data(self, **kwargs):
        return super().get_context_data(site_map=site_map(), **kwargs)


def site_map():
    """The pages of the site in parts: {"title", "url", "children"}."""
    return [
        {
            "title": "Programmet",
            "url": reverse("programme:overview"),
            "children": _programme_pages(),
        },
        {
            "title": "Kunskapsbanken",
            "url": reverse("kunskapsbank:entry_list"),
            "children": [
                _part("Ämnen", "kunskapsbank:tags"),
                _part("Organisationer", "kunskapsbank:organisations"),
                _part("Samlingar", "kunskapsbank:collections"),
                _part("Vita fläckar", "kunskapsbank:white_spots"),
                _part("Samband", "kunskapsbank:connections"),
                _part("Så granskar vi", "kunskapsbank:how_we_review"),
                _part("Tipsa utan konto", "kunskapsbank:tip"),
                _part("Följ kunskapsbanken", "kunskapsbank:follow"),
            ],
        },
        {
            "title": "Omvärld",
            "url": reverse("programme:frameworks"),
            "children": [
                _node(framework.title, framework.get_absolute_url())
                for framework in Framework.objects.all()
            ]
            + [_part("Styrdokument", "programme:steering_documents")],
        },
        _part("Sök", "search"),
        _part("Ordlista", "programme:glossary"),
        _node("Uppföljning", reverse("uppfoljning:start"), _follow_up_pages()),
        {
            "title": "Om webbplatsen",
            "url": reverse("about"),
            "children": _about_pages(),
        },
    ]


def _about_pages():
    return [
        _part("Tillgänglighet", "accessibility"),
        _part("Rapportera tillgänglighetsproblem", "kunskapsbank:report_accessibility"),
        _part("Personuppgifter", "privacy"),
        _part("Kakor", "cookies"),
        _node("Öppna data", reverse("open_data"), [_part("API", "open_data_api")]),
        _part("Kort och enkelt", "easy_read"),
        _part("Programmet i korthet på engelska", "in_english"),
    ]


def _follow_up_pages():
    return [
        *(
            _node(strand.short_title, viljeinriktning_url(strand))
            for strand in taxonomy.current().viljeinriktningar
        ),
        _part("Alla nyckeltal", "uppfoljning:indicators"),
        _part("I verksamhetsplanen", "uppfoljning:plan"),
        _part("Rapporter till kommunfullmäktige", "uppfoljning:reports"),
        _node(
            "Insatser",
            reverse("uppfoljning:initiatives"),
            [_part("Berätta om en insats", "uppfoljning:new_initiative")],
        ),
        _part("Öppenhet", "openness"),
    ]


def _programme_pages():
    tree = taxonomy.current()
    if tree.edition is None:
        return []
    strands = [
        _node(
            strand.title,
            strand.get_absolute_url(),
            [_node(str(area), area.get_absolute_url()) for area in areas],
        )
        for strand in tree.viljeinriktningar
        if (areas := strand.fokusomraden.all())
    ]
    return [
        *strands,
        *(_node(f"Kapitel {each}", each.get_absolute_url()) for each in tree.chapters),
        _node("Hela programmet", reverse("programme:whole", args=[tree.edition.slug])),
        _part("Ändringar i programtexten", "programme:changes"),
    ]


def _node(title, url, children=()):
    return {"title": title, "url": url, "children": list(children)}


def _part(title, url_name):
    return _node(title, reverse(url_name))
