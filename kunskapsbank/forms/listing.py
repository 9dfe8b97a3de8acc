"""What readers and editors of the list and its subjects send in, made clean."""

from functools import cached_property

from django import forms
from django.core.paginator import Paginator

from kunskapsbank import facets
from kunskapsbank.enums import Kind, Order
from kunskapsbank.forms.filtering import Filter
from kunskapsbank.models import Tag, Version, tag_key
from kunskapsbank.options import FACETS
from search.finding import Matches, matching

_NARROWED = {
    "typ": lambda versions, kinds: versions.filter(kind__in=kinds),
    "amne": lambda versions, tags: versions.about(tags),
    "org": lambda versions, pks: versions.made_by(organisation__in=pks),
    "orgtyp": lambda versions, kinds: versions.made_by(organisation__kind__in=kinds),
    "plats": lambda versions, places: versions.filter(place__in=places),
    "period": lambda versions, years: versions.in_years(years),
    "fil": lambda versions, _: versions.with_files(),
}


class EntryFilter(Filter):
    """The state of the list of contributions.

    Without words every count is exact however many there are. With words the list is
    what the search index finds among contributions: see `search.finding.Found`.
    """

    url_name = "kunskapsbank:entry_list"
    kind_legend = "Typ av bidrag"

    @property
    def orders(self):
        return list(Order) if self.text else [o for o in Order if o != Order.MATCH]

    @cached_property
    def count(self):
        return self._places().bit_count()

    @cached_property
    def found(self):
        """What the words find, among all contributions."""
        return matching(self.text, {"kind": Kind.values}) if self.text else Matches()

    @property
    def count_in_words(self):
        return f"{self.count} bidrag" if self.count else "Inga bidrag"

    def versions(self):
        """What is listed, in any order but that of the match."""
        versions = Version.objects.listed()
        if self.text:
            versions = versions.filter(pk__in=self._listed())
        else:
            for facet in FACETS:
                if chosen := self.chosen[facet]:
                    versions = self._having(versions, facet, chosen)
        is_by_match = self.order == Order.MATCH
        return versions.in_order(Order.NEWEST if is_by_match else self.order)

    def page_of(self, length):
        """The page that is asked for, of versions with what a list shows of them."""
        in_order = self._in_order()
        paginator = Paginator(
            self.versions().for_list() if in_order is None else in_order, length
        )
        # The facets know how many there are, so the database need not count.
        paginator.count = self.count
        page = paginator.get_page(self.page)
        if in_order is not None:
            versions = Version.objects.listed().for_list()
            page.object_list = versions.in_order_of(page.object_list)
        return page

    def _in_order(self):
        """The keys of what is listed where their order is known already, else None."""
        if self.order == Order.MATCH:
            return self._ranked()
        is_whole = not self.text and not self.chosen_options
        return self.spread.versions if is_whole and self.order == Order.NEWEST else None

    def numbers(self, facet, options):
        others = self._places(but=facet)
        return list(self.spread.numbers([each.key for each in options], others))

    def common(self, facet, most):
        """Looks at the values that most have first, and only as far as it must."""
        others = self._places(but=facet)
        found = []
        for most_of_all, option in self.spread.by_number[facet]:
            if len(found) > most and found[most - 1][0] >= most_of_all:
                break
            (number,) = self.spread.numbers([option.key], others)
            if number:
                found.append((number, option))
                found = sorted(found, key=lambda pair: -pair[0])[: most + 1]
        return [(option, number) for number, option in found[:most]], len(found) > most

    def changed(self, **parts):
        state = super().changed(**parts)
        if state.text == self.text:  # the same is found
            state.__dict__["found"] = self.found
        return state

    def _having(self, versions, facet, chosen):
        keys = [option.key[1] for option in chosen]
        if facet in ("vilja", "fokus", "prio"):
            return versions.tagged_to(self._prioriteringar_in(chosen))
        if facet == "plats":
            keys = [place for option in chosen for place in option.spelt]
        return _NARROWED[facet](versions, keys)

    def _prioriteringar_in(self, chosen):
        """Those of the programme that is current, those that they were before it, and
        those of earlier editions that are chosen themselves."""
        wanted = {option.key for option in chosen}
        today = {
            prioritering.pk
            for prioritering in self.spread.tree.prioriteringar
            if wanted & _keys_of(prioritering)
        }
        before = {pk for pk, now in self.spread.heirs.items() if today & set(now)}
        asked = {pk for facet, pk in wanted if facet == "prio"}
        return today | before | asked

    @cached_property
    def _places_found(self):
        """The places that the words find, best first."""
        place_of = self.spread.place_of
        keys = (int(key.partition(":")[2]) for key in self.found.keys)
        return [place_of[pk] for pk in keys if pk in place_of]

    @cached_property
    def _everywhere(self):
        return facets.bits(self._places_found) if self.text else self.spread.everything

    def _places(self, but=None):
        places = self._everywhere
        for facet in FACETS:
            if facet != but and self.chosen[facet]:
                keys = [option.key for option in self.chosen[facet]]
                places &= self.spread.any_of(keys)
        return places

    def _listed(self):
        return self.spread.versions_at(self._places())

    def _ranked(self):
        places = self._places()
        return [
            self.spread.versions[place]
            for place in self._places_found
            if places >> place & 1
        ]


def _keys_of(prioritering):
    fokusomrade = prioritering.fokusomrade
    return {
        facets.key_of(place)
        for place in (prioritering, fokusomrade, fokusomrade.viljeinriktning)
    }


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ["name", "slug"]
        labels = {"name": "Namn", "slug": "Adressdel"}
        error_messages = {
            "slug": {"unique": "Adressdelen används av ett annat ämne. Välj en annan."}
        }

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        others = Tag.objects.exclude(pk=self.instance.pk)
        if others.filter(key=tag_key(name)).exists():
            raise forms.ValidationError("Ämnet finns redan.")
        return name

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if not slug.isascii():
            raise forms.ValidationError("Använd bara bokstäverna a till z i adressen.")
        return slug
