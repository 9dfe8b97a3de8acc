"""What the pages of all acts on one's own contributions have in common."""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.forms import life as forms
from kunskapsbank.models import Version
from kunskapsbank.views.life.rows import mine
from programme.views.text import START


class ActView(LoginRequiredMixin, View, ABC):
    """A page that asks once, and the act itself. Whose act it is not gets 404; when it
    cannot be done now the page says so."""

    http_method_names = ["get", "head", "post"]
    template_name = "kunskapsbank/life/act.html"
    form_class: type = forms.ConfirmForm
    title = ""
    consequences: list[str] = []
    button = ""
    not_now = (
        "Bidraget är inte längre i det läget, så det går inte att göra det här nu."
    )

    def get(self, request, pk):
        version = self.fetched(pk)
        return self.shown(version, self.form_class())

    def post(self, request, pk):
        version = self.fetched(pk)
        form = self.form_class(request.POST)
        if not self.is_time(version):
            messages.warning(request, self.not_now)
            return redirect("kunskapsbank:my_entry", version.pk)
        if not form.is_valid():
            return self.shown(version, form)
        try:
            return self.done(version, form.cleaned_data)
        except WorkflowError as error:
            messages.error(request, error.user_message)
            return redirect("kunskapsbank:my_entry", version.pk)

    def fetched(self, pk) -> Version:
        version = get_object_or_404(self.versions(), pk=pk)
        if not self.is_theirs(self.request.user, version):
            raise Http404
        return version

    def versions(self):
        return mine(self.request.user)

    def shown(self, version, form):
        context = {
            "breadcrumbs": self.trail(version),
            "act": self,
            "version": version,
            "form": form,
            "is_time": self.is_time(version),
            **self.more(version),
        }
        return render(self.request, self.template_name, context)

    def trail(self, version):
        return [
            START,
            {"title": "Mina bidrag", "url": reverse("kunskapsbank:my_entries")},
            {
                "title": version.title or "Utan rubrik",
                "url": reverse("kunskapsbank:my_entry", args=[version.pk]),
            },
            {"title": self.title},
        ]

    @staticmethod
    @abstractmethod
    def is_theirs(user, version) -> bool: ...

    @staticmethod
    @abstractmethod
    def is_time(version) -> bool: ...

    def more(self, version) -> dict[str, Any]:
        return {}

    @abstractmethod
    def done(self, version, values):
        """Do it and give the answer; may raise any WorkflowError."""
