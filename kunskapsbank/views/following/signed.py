"""The pages that a signed address in a mail leads to. Opening one changes nothing,
since scanners open what is in mails; a button does."""

from functools import wraps

from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kunskapsbank import workflow
from kunskapsbank.follow_mail import (
    CONFIRM,
    LINK_LASTS,
    MANAGE,
    STOP,
    keys_in,
    of_same_address,
    token_of,
)
from kunskapsbank.followed_lists import followed
from kunskapsbank.forms.following import FrequencyForm
from kunskapsbank.models import Subscription
from kunskapsbank.views.following.asking import TITLE
from programme.views.text import START

EXPIRED = "kunskapsbank/following/expired.html"
CONFIRMING = "kunskapsbank/following/confirm.html"
MANAGING = "kunskapsbank/following/manage.html"
STOPPING = "kunskapsbank/following/stop.html"

both = require_http_methods(["GET", "HEAD", "POST"])
# What RFC 8058 has mail programs send; our own button sends the same.
FIELD, ONE_CLICK = "List-Unsubscribe", "One-Click"
DONE = {
    "andrat": "Ditt val är sparat.",
    "avslutat": "Du följer inte den listan längre.",
    "allt": "Adressen är raderad.",
}


def kept_by_nobody(view):
    """What a secret address shows is kept by no browser, and told to no other site."""

    @wraps(view)
    def answer(request, token):
        page = view(request, token)
        page.headers["Cache-Control"] = "private, no-store"
        page.headers["Referrer-Policy"] = "no-referrer"
        return page

    return answer


@both
@kept_by_nobody
def confirm(request, token):
    found = _asked_for(token)
    if found and request.method == "POST":
        found = workflow.confirm_following(found)
        if found:
            return redirect("kunskapsbank:confirm_following", token=token)
    if found is None:
        return _page(request, EXPIRED, "Länken gäller inte längre", status=410)
    title = "Du följer nu" if found.confirmed_at else "Bekräfta att du vill följa"
    context = {
        "followed": _told(found),
        "manage": reverse("kunskapsbank:manage_following", args=[_manage(found)]),
    }
    return _page(request, CONFIRMING, title, **context)


@both
@kept_by_nobody
def manage(request, token):
    """All that the address follows; whoever has the mail may change it."""
    own = of_same_address(_keys(token, MANAGE))
    form = None
    if request.method == "POST":
        done, form = _done(request, own)
        if done:
            path = reverse("kunskapsbank:manage_following", args=[token])
            return redirect(f"{path}?gjort={done}")
    title = "Det du följer"
    context = {
        "form": form,
        "followed_list": [_told(each, form) for each in own],
        "done": DONE.get(request.GET.get("gjort")),
    }
    return _page(request, MANAGING, title, **context)


@csrf_exempt  # RFC 8058: a mail program has no token but the signed one
@both
@kept_by_nobody
def stop(request, token):
    """Stop with one click; answers alike whether or not anything was there."""
    keys = _keys(token, STOP)
    if request.method == "POST" and request.POST.get(FIELD) == ONE_CLICK:
        workflow.stop_following(keys)
    own = Subscription.objects.filter(pk__in=keys).order_by("pk")
    followed_list = [_told(each) for each in own]
    title = "Sluta följa" if followed_list else "Redan avslutat"
    if request.method == "POST" and not followed_list:
        title = "Du följer inte längre"
    return _page(request, STOPPING, title, followed_list=followed_list)


def _asked_for(token):
    try:
        keys = keys_in(token, CONFIRM, max_age=LINK_LASTS)
    except BadSignature:  # SignatureExpired is one
        return None
    return Subscription.objects.filter(pk__in=keys).first()


def _keys(token, salt):
    try:
        return keys_in(token, salt)
    except BadSignature:
        raise Http404 from None


def _manage(subscription):
    return token_of(MANAGE, of_same_address([subscription.pk]))


def _done(request, own):
    """What was done, and the form that has a fault."""
    if "allt" in request.POST:
        workflow.stop_following([each.pk for each in own])
        return "allt", None
    chosen = [each for each in own if str(each.pk) == request.POST.get("lista")]
    if not chosen:  # it is erased already, in another tab
        return "avslutat", None
    if "sluta" in request.POST:
        workflow.stop_following([chosen[0].pk])
        return "avslutat", None
    form = FrequencyForm(request.POST, subscription=chosen[0])
    if not form.is_valid():
        return "", form
    workflow.change_frequency(chosen[0], form.cleaned_data["frequency"])
    return "andrat", None


def _told(subscription, form=None):
    """A subscription for the page: the list in words, and its form."""
    followed_list = followed(subscription.query)
    is_sent = form is not None and form.subscription == subscription
    return {
        "subscription": subscription,
        "words": followed_list.in_words(),
        "url": followed_list.asked.address(),
        "form": form if is_sent else FrequencyForm(subscription=subscription),
    }


def _page(request, template, title, status=200, **context):
    crumbs = [START, {"title": TITLE, "url": reverse("kunskapsbank:follow")}]
    context |= {
        "title": title,
        "breadcrumbs": [*crumbs, {"title": title}],
        "section": "kunskapsbank",
    }
    return render(request, template, context, status=status)
