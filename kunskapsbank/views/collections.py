"""Collections as anybody reads them."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.views.generic import DetailView, TemplateView

from kunskapsbank import markdown
from kunskapsbank.models import CollectedEntry, Collection, Version
from programme.views.text import START

# Most contributions are in none, and are not asked which.
PLACES = CollectedEntry.objects.filter(
    entry=OuterRef("entry"), collection__is_published=True
)
WITH_COLLECTIONS = {"is_collected": Exists(PLACES)}


def collections_of(version):
    """The published ones that hold it; `version` is read with WITH_COLLECTIONS."""
    if not version.is_collected:
        return []
    return Collection.objects.published().filter(entries=version.entry_id)


def trail(*steps):
    url = reverse("kunskapsbank:entry_list")
    return [START, {"title": "Kunskapsbanken", "url": url}, *steps]


class CollectionList(TemplateView):
    template_name = "kunskapsbank/collections/list.html"

    def get_context_data(self, **kwargs):
        published = Collection.objects.published().with_size()
        return super().get_context_data(
            section="kunskapsbank",
            breadcrumbs=trail({"title": "Samlingar"}),
            collection_list=[(each, in_short(each)) for each in published],
            **kwargs,
        )


class CollectionDetail(DetailView):
    """An unpublished one is there for moderators, so that they see how it looks."""

    template_name = "kunskapsbank/collections/detail.html"
    context_object_name = "collection"

    def get_queryset(self):
        return Collection.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        collection = self.object
        url = reverse("kunskapsbank:collections")
        gathered = Version.objects.listed().gathered_in(collection)
        return super().get_context_data(
            section="kunskapsbank",
            breadcrumbs=trail(
                {"title": "Samlingar", "url": url}, {"title": collection.title}
            ),
            in_short=in_short(collection),
            version_list=list(gathered.for_list()),
            **kwargs,
        )


def in_short(collection) -> str:
    """The text as one line of plain words."""
    return " ".join(markdown.plain(collection.text).split())
