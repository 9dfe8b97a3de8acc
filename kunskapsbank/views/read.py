"""The pages that read the knowledge bank."""

from django.views.generic import DetailView, ListView

from kunskapsbank.models import Version


class EntryList(ListView):
    template_name = "kunskapsbank/entry_list.html"
    context_object_name = "version_list"
    queryset = Version.objects.listed().for_list().newest_first()


class EntryDetail(DetailView):
    template_name = "kunskapsbank/entry.html"
    slug_field = "entry__slug"
    context_object_name = "version"
    queryset = Version.objects.listed().select_related("entry")
