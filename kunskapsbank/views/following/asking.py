"""The form for anybody who wants to follow a list, and the feed of the same list."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from kunskapsbank import facets, guards, workflow
from kunskapsbank.exceptions import TooManyFollowers
from kunskapsbank.feeds import Feed, feed_of
from kunskapsbank.followed_lists import (
    as_listed,
    feed_address,
    follow_address,
    followed,
)
from kunskapsbank.forms.following import FollowForm
from kunskapsbank.models import Subscription
from programme.views.text import START

HOUR = "3600"
TITLE = "Följ kunskapsbanken"
LONGEST = Subscription._meta.get_field("query").max_length
TOO_LONG = (
    "Listan har för många filter för att gå att följa. Ta bort några och försök igen."
)


class Follow(FormView):
    """What is followed stands in the address, as the list's own page writes it."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "kunskapsbank/following/follow.html"
    form_class = FollowForm

    def dispatch(self, request, *args, **kwargs):
        self.spread = facets.for_request(request)
        self.followed = as_listed(request.GET.urlencode(), self.spread)
        self.query = self.followed.query
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            breadcrumbs=[START, {"title": TITLE}],
            section="kunskapsbank",
            words=self.followed.in_words(),
            asked=self.followed.asked,
            is_everything=not self.query,
            feed_url=feed_address(self.query),
            ways=self.ways(),
            **kwargs,
        )

    def ways(self):
        """What else one may follow: everything, or a viljeinriktning."""
        strands = self.spread.tree.viljeinriktningar
        queries = [("Alla bidrag", "")] if self.query else []
        queries += [(each.short_title, f"vilja={each.key}") for each in strands]
        return [
            {"label": label, "url": follow_address(query)}
            for label, query in queries
            if query != self.query
        ]

    def form_valid(self, form):
        if len(self.query) > LONGEST:
            form.add_error(None, TOO_LONG)
            return self.form_invalid(form)
        network = guards.network_of(self.request.META.get("REMOTE_ADDR", ""))
        try:
            workflow.follow(query=self.query, network=network, **form.wanted())
        except TooManyFollowers as refusal:
            form.add_error(None, refusal.user_message)
            page = self.render_to_response(self.get_context_data(form=form), status=429)
            page.headers["Retry-After"] = HOUR
            return page
        return redirect("kunskapsbank:follow_asked")


@require_safe
def asked(request):
    """The same for everybody, whatever is known of the address."""
    crumbs = [
        START,
        {"title": TITLE, "url": reverse("kunskapsbank:follow")},
        {"title": "Titta i din e-post"},
    ]
    context = {"breadcrumbs": crumbs, "section": "kunskapsbank"}
    return render(request, "kunskapsbank/following/asked.html", context)


@require_safe
def feed(request):
    spread = facets.for_request(request)
    followed_list = followed(request.GET.urlencode(), spread)
    written = feed_of(followed_list, spread)
    return HttpResponse(written, content_type=Feed.content_type)
