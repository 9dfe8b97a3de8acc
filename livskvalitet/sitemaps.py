"""What search engines should know of."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from kunskapsbank import crossings
from kunskapsbank.models import Collection, Connection, Organisation, Tag, Version
from programme import taxonomy
from programme.models import Framework, Goal
from search import generation
from uppfoljning.models import Indicator, Initiative, Report
from uppfoljning.views.indicators import fokusomrade_url, viljeinriktning_url

PROTOCOL, _, HOST = settings.SITE_ADDRESS.partition("://")


class OwnSitemap(Sitemap):
    """The site's own address, whatever name the robot used."""

    protocol = PROTOCOL

    def get_domain(self, site=None):
        return HOST


class SitePages(OwnSitemap):
    """Every page but the contributions, in the site's order."""

    names = (
        "start",
        "programme:overview",
        "programme:changes",
        "search",
        "kunskapsbank:entry_list",
        "kunskapsbank:tags",
        "kunskapsbank:organisations",
        "kunskapsbank:white_spots",
        "kunskapsbank:collections",
        "kunskapsbank:connections",
        "kunskapsbank:how_we_review",
        "kunskapsbank:write_start",
        "uppfoljning:start",
        "uppfoljning:indicators",
        "uppfoljning:initiatives",
        "uppfoljning:new_initiative",
        "uppfoljning:plan",
        "uppfoljning:reports",
        "openness",
        "programme:frameworks",
        "programme:steering_documents",
        "programme:glossary",
        "about",
        "accessibility",
        "privacy",
        "cookies",
        "site_map",
        "easy_read",
        "in_english",
        "open_data",
        "open_data_api",
    )

    def items(self):
        return [reverse(name) for name in self.names]

    def location(self, address):
        return address


class ProgrammePages(OwnSitemap):
    def items(self):
        tree = taxonomy.current()
        return [
            *tree.viljeinriktningar,
            *tree.fokusomraden,
            *tree.prioriteringar,
            *tree.chapters,
            *whole_text(tree.edition),
            *Framework.objects.all(),
            *Goal.objects.select_related("framework"),
        ]

    def location(self, page):
        return page if isinstance(page, str) else super().location(page)


def whole_text(edition):
    return [reverse("programme:whole", args=[edition.slug])] if edition else []


class FollowUpPages(OwnSitemap):
    """Those of the programme's parts, and of each indicator."""

    def items(self):
        tree = taxonomy.current()
        return [
            *map(viljeinriktning_url, tree.viljeinriktningar),
            *map(fokusomrade_url, tree.fokusomraden),
            *Indicator.objects.public(),
        ]

    def location(self, page):
        return page if isinstance(page, str) else super().location(page)


class Contributions(OwnSitemap):
    def items(self):
        return Version.objects.listed().select_related("entry").newest_first()

    def lastmod(self, version):
        return version.published_at


class Subjects(OwnSitemap):
    def items(self):
        return list(Tag.objects.listed().order_by("pk"))


class Organisations(OwnSitemap):
    def items(self):
        return list(Organisation.objects.listed())


class Collections(OwnSitemap):
    def items(self):
        return Collection.objects.published()

    def lastmod(self, collection):
        return collection.changed_at


class Initiatives(OwnSitemap):
    def items(self):
        return Initiative.objects.public().newest_first()

    def lastmod(self, initiative):
        return initiative.changed_at


class Ties(OwnSitemap):
    """What ties fokusområden and prioriteringar, and the chain of each prioritering."""

    def items(self):
        now = generation.current()
        chains = [
            reverse("kunskapsbank:goal_chain", args=[each.slug])
            for each in taxonomy.current(now).prioriteringar
        ]
        pairs = [each.url for each in crossings.current(now)]
        shown = Connection.objects.public().order_by("pk")
        return [*chains, *pairs, *(each.get_absolute_url() for each in shown)]

    def location(self, address):
        return address


class Reports(OwnSitemap):
    """Those that are adopted."""

    def items(self):
        return Report.objects.public()

    def lastmod(self, report):
        return report.adoption.adopted_at


SITEMAPS = {
    "sidor": SitePages,
    "programmet": ProgrammePages,
    "uppfoljning": FollowUpPages,
    "bidrag": Contributions,
    "samlingar": Collections,
    "amnen": Subjects,
    "organisationer": Organisations,
    "insatser": Initiatives,
    "samband": Ties,
    "rapporter": Reports,
}


def addresses() -> set[str]:
    """The path of every page that search engines are told of."""
    maps = [sitemap() for sitemap in SITEMAPS.values()]
    return {each.location(page) for each in maps for page in each.items()}
