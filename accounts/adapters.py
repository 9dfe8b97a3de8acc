"""How allauth behaves here: closed, quiet about who has an account, and logged."""

import logging
import time

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts import encryption, notifications

logger = logging.getLogger("accounts.signin")

WAYS = {
    "reauthenticate": "Skriv ditt lösenord",
    "mfa_reauthenticate": "Skriv en kod från appen, eller en reservkod",
    "mfa_reauthenticate:webauthn": "Använd en nyckel",
    "code": "Få en kod med e-post",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Kontot är avstängt.",
        "duplicate_email": "Det är redan din e-postadress. Skriv en annan.",
        "email_taken": "Adressen går inte att använda. Skriv en annan.",
        "email_password_mismatch": (
            "E-postadressen och lösenordet hör inte ihop. Försök igen, eller få en "
            "kod i stället."
        ),
        "enter_current_password": "Lösenordet du har nu stämmer inte. Skriv det igen.",
        "incorrect_code": "Koden stämmer inte. Skriv den igen.",
        "incorrect_password": "Lösenordet stämmer inte. Skriv det igen.",
        "rate_limited": "Det blev för många försök. Vänta en minut och försök igen.",
        "same_as_current": "Det är redan din e-postadress. Skriv en annan.",
        "too_many_login_attempts": (
            "Det blev för många försök. Vänta fem minuter, eller börja om på ett annat "
            "sätt, till exempel med en ny kod."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """Queued, so that the time a page takes tells nothing (trust 6.3.8)."""
        with override("sv"):
            message = self.render_mail(
                template_prefix,
                email,
                {"email": email, "site_address": settings.SITE_ADDRESS, **context},
            )
        notifications.queue(message)

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")

    def is_safe_url(self, url):
        """Paths of this site only: nobody is sent elsewhere (trust 3.7.2)."""
        return bool(url) and url.startswith("/") and super().is_safe_url(url)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Per account and network: a stranger's guesses must not shut the owner out."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{get_ip(request)}"

    def is_reauthentication_required(self, *, app, **kwargs):
        """Also for whoever has neither password nor app, whom allauth lets through."""
        user = self.request.user
        has_no_other = user.is_authenticated and not get_reauthentication_flows(user)
        if has_no_other and not _was_here_lately(self.request):
            raise ReauthenticationRequired
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = WAYS[method["id"]]
        if methods or not user.is_authenticated:
            return methods
        url = reverse("reauthenticate_by_code")
        return [{"id": "code", "description": WAYS["code"], "url": url}]

    def pre_login(self, request, user, **kwargs):
        """A code by mail shows whose the address is, and so does the city's sign-in."""
        records = get_authentication_records(request, user)
        last = records[-1] if records else {}
        by_mail = last.get("method") == "code" and last.get("email") == user.email
        if by_mail or _is_vouched_for(user, kwargs.get("signal_kwargs") or {}):
            know_address(user)
        return super().pre_login(request, user, **kwargs)

    def login(self, request, user):
        super().login(request, user)
        logger.info("user %s signed in", user.pk)

    def logout(self, request):
        logger.info("user %s signed out", request.user.pk)
        super().logout(request)

    def authentication_failed(self, request, **credentials):
        """Without the address, which may be anybody's (trust 16.2.5)."""
        logger.warning("a password was refused")


def _was_here_lately(request):
    """Whether the person showed who they are within the time for it."""
    records = get_authentication_records(request, request.user)
    limit = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
    return bool(records) and records[-1]["at"] > limit


def _is_vouched_for(user, signal_kwargs):
    """Whether a provider has said that the person's address is theirs."""
    login = signal_kwargs.get("sociallogin")
    return login is not None and any(
        address.verified and address.email.lower() == user.email.lower()
        for address in login.email_addresses
    )


def know_address(user):
    """Note that the person's address has been shown to be theirs."""
    EmailAddress.objects.get_or_create(
        user=user,
        email=user.email.lower(),
        defaults={"verified": True, "primary": True},
    )


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden stämmer inte. Skriv den som visas nu.",
        "cannot_delete_authenticator": "Det går inte att ta bort.",
    }

    def encrypt(self, text):
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text):
        return encryption.decrypt(encrypted_text)

    def generate_authenticator_name(self, user, type):
        return "Min nyckel"


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The city's own sign-in: a way into an account that is there, and no sign-up."""

    def is_open_for_signup(self, request, sociallogin):
        logger.warning("a provider's person has no account here")
        return False

    def pre_social_login(self, request, sociallogin):
        """Keep who they are at the provider, and nothing else it tells of them."""
        account = sociallogin.account
        account.extra_data = {}
        if account.pk:
            account.save(update_fields=["extra_data"])
