"""Signing in and out, where our pages differ from allauth's."""

import logging
import time

import requests
from allauth.account import views as account
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from accounts import sessions, workflow
from accounts.forms.signin import CodeForm, ConfirmCodeForm, limit_mail

logger = logging.getLogger("accounts.signin")

ASKED = "reauthentication_code"
MOST_WRONG = 3


class Login(account.LoginView):
    """The one page for all ways in: the other ways are forms of their own on it."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        login = self.request.POST.get("login", "")
        return {**context, "code_form": CodeForm(initial={"email": login})}


class SaysResent:
    """allauth sends a new code in silence."""

    def _resend_form_valid(self, form):
        response = super()._resend_form_valid(form)
        if not messages.get_messages(self.request):
            messages.success(
                self.request, "En ny kod är på väg. Den förra gäller inte."
            )
        return response


class ConfirmLoginCode(SaysResent, account.ConfirmLoginCodeView):
    pass


class ConfirmEmailCode(SaysResent, account.ConfirmEmailVerificationCodeView):
    pass


class Logout(account.LogoutView):
    def post(self, *args, **kwargs):
        return leaving_nothing(super().post(*args, **kwargs))


def leaving_nothing(response):
    """Whoever has left leaves nothing in the browser (trust 14.3.2).

    Not "cookies": that would clear those of all of helsingborg.se. Ours go by name.
    """
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


class SignedOut(TemplateView):
    template_name = "account/signed_out.html"


class AddsFactor:
    """Whoever came in before there was a second step is out, but for this browser."""

    def form_valid(self, form):
        response = super().form_valid(form)
        session_key = self.request.session.session_key
        workflow.end_other_sessions(self.request.user, but=session_key)
        return response


class ActivateTOTP(AddsFactor, totp.ActivateTOTPView):
    pass


class AddKey(AddsFactor, keys.AddWebAuthnView):
    pass


class ReauthenticateByCode(account.BaseReauthenticateView):
    """For whoever has neither password nor app: a code to their address."""

    template_name = "account/reauthenticate_by_code.html"
    form_class = ConfirmCodeForm

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") == "send":
            return self._send(request)
        return super().post(request, *args, **kwargs)

    def _send(self, request):
        onward = redirect(request.get_full_path())
        try:
            limit_mail(request.user.email)
        except ValidationError as refusal:
            messages.error(request, refusal.message)
            return onward
        adapter = get_account_adapter()
        code = adapter.generate_login_code()
        request.session[ASKED] = {"code": code, "at": time.time(), "wrong": 0}
        adapter.send_mail(
            "account/email/login_code", request.user.email, {"code": code}
        )
        return onward

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "code": self._asked().get("code", "")}

    def _asked(self):
        asked = self.request.session.get(ASKED, {})
        is_old = time.time() - asked.get("at", 0) > settings.CODE_SECONDS
        return {} if is_old or asked["wrong"] >= MOST_WRONG else asked

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "is_sent": bool(self._asked())}

    def form_valid(self, form):
        self.request.session.pop(ASKED, None)
        record_authentication(
            self.request, self.request.user, method="code", reauthenticated=True
        )
        return super().form_valid(form)

    def form_invalid(self, form):
        if asked := self._asked():
            asked = {**asked, "wrong": asked["wrong"] + 1}
            self.request.session[ASKED] = asked
        return super().form_invalid(form)


activate_totp = login_required(ActivateTOTP.as_view())
add_key = login_required(AddKey.as_view())
reauthenticate_by_code = login_required(ReauthenticateByCode.as_view())


@require_safe
def provider_login(request, provider_id):
    """To the city's own sign-in. A link and not a form, so that `form-action 'self'`
    lets the answer lead there."""
    try:
        return oidc.login(request, provider_id)
    except requests.RequestException as fault:
        logger.error("the provider does not answer: %s", type(fault).__name__)
        page = "socialaccount/authentication_error.html"
        return render(request, page, status=503)


@require_safe
def closed(request):
    """There is no sign-up; allauth only needs an address by this name."""
    raise Http404


@require_safe
def admin_login(request):
    """The admin has no way in of its own, so that none goes past the second factor."""
    if request.user.is_authenticated:
        raise PermissionDenied
    onward = request.GET.get("next", reverse("admin:index"))
    return redirect_to_login(onward)


@require_POST
def stay(request):
    """Stay signed in: that somebody asked is noted by the session itself."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    request.session.modified = True
    if request.accepts("text/html"):
        return redirect("mfa_index")
    return JsonResponse(
        {
            "seconds": sessions.seconds_left(request.session, seen_now=True),
            "prolongs": sessions.may_prolong(request.session),
        }
    )


@require_safe
@login_required
def totp_picture(request):
    """The app's secret as a picture of its own, since pages hold no `data:`.

    Only while it is being set up: then the session has it.
    """
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml")
