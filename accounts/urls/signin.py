"""Addresses for signing in: allauth's views under its names, in Swedish words."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions import views as sessions
from django.urls import path
from django.views.decorators.http import require_http_methods

from accounts.views import signin


def page(route, view, name):
    """Form views take a PUT for a POST; here they do not."""
    usual = require_http_methods(["GET", "HEAD", "POST"])
    return path(route, usual(view), name=name)


urlpatterns = [
    page("logga-in/", signin.Login.as_view(), name="account_login"),
    page(
        "logga-in/ny-kod/",
        account.request_login_code,
        name="account_request_login_code",
    ),
    page(
        "logga-in/kod/",
        signin.ConfirmLoginCode.as_view(),
        name="account_confirm_login_code",
    ),
    page("logga-in/nyckel/", keys.login_webauthn, name="mfa_login_webauthn"),
    page("logga-in/andra-steget/", mfa.authenticate, name="mfa_authenticate"),
    page("logga-ut/", signin.Logout.as_view(), name="account_logout"),
    page("utloggad/", signin.SignedOut.as_view(), name="signed_out"),
    page("fortsatt/", signin.stay, name="stay_signed_in"),
    page("avstangt/", account.account_inactive, name="account_inactive"),
    page("skapa-konto/", signin.closed, name="account_signup"),
    page("bekrafta/losenord/", account.reauthenticate, name="account_reauthenticate"),
    page(
        "bekrafta/epostkod/",
        signin.reauthenticate_by_code,
        name="reauthenticate_by_code",
    ),
    page("bekrafta/kod/", mfa.reauthenticate, name="mfa_reauthenticate"),
    page(
        "bekrafta/nyckel/",
        keys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    page("epost/", account.email, name="account_email"),
    page(
        "epost/bekrafta/",
        signin.ConfirmEmailCode.as_view(),
        name="account_email_verification_sent",
    ),
    page("losenord/byt/", account.password_change, name="account_change_password"),
    page("losenord/skapa/", account.password_set, name="account_set_password"),
    page("losenord/glomt/", account.password_reset, name="account_reset_password"),
    page(
        "losenord/glomt/kod/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    page(
        "losenord/glomt/nytt/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    page(
        "losenord/glomt/klart/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    page("sakerhet/", mfa.index, name="mfa_index"),
    page("sakerhet/engangskoder/", signin.activate_totp, name="mfa_activate_totp"),
    page("sakerhet/engangskoder/bild/", signin.totp_picture, name="totp_picture"),
    page(
        "sakerhet/engangskoder/ta-bort/",
        totp.deactivate_totp,
        name="mfa_deactivate_totp",
    ),
    page(
        "sakerhet/reservkoder/",
        codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    page(
        "sakerhet/reservkoder/nya/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    page(
        "sakerhet/reservkoder/hamta/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    page("sakerhet/nycklar/", keys.list_webauthn, name="mfa_list_webauthn"),
    page("sakerhet/nycklar/ny/", signin.add_key, name="mfa_add_webauthn"),
    page(
        "sakerhet/nycklar/<int:pk>/ta-bort/",
        keys.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
    page(
        "sakerhet/nycklar/<int:pk>/namn/", keys.edit_webauthn, name="mfa_edit_webauthn"
    ),
    page("inloggningar/", sessions.list_usersessions, name="usersessions_list"),
    page(
        "stad/avbruten/", social.login_cancelled, name="socialaccount_login_cancelled"
    ),
    page("stad/fel/", social.login_error, name="socialaccount_login_error"),
    page("stad/nytt/", signin.closed, name="socialaccount_signup"),
    page("stad/kopplingar/", signin.closed, name="socialaccount_connections"),
    page(
        "stad/<slug:provider_id>/", signin.provider_login, name="openid_connect_login"
    ),
    page(
        "stad/<slug:provider_id>/svar/", oidc.callback, name="openid_connect_callback"
    ),
]
