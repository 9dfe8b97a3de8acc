"""What people write when they sign in and protect their accounts: in our words."""

import logging

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError

logger = logging.getLogger("accounts.signin")

PASSWORD_HINT = (
    "Minst 15 tecken. Flera ord efter varandra blir både säkert och lätt att minnas. "
    "Vi tar inte lösenord som står i en lista över vanliga och läckta lösenord. Den är "
    "inte fullständig, så använd ett som du inte har någon annanstans."
)
SHOWN_CODE = "Koden som appen visar nu, eller en av dina reservkoder."


def say(field, label, required, hint="", invalid=None):
    """Give a field of allauth's our words, and no placeholder."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = required
    if invalid:
        field.error_messages["invalid"] = invalid
        # The validator's own message would win.
        for validator in field.validators:
            validator.message = invalid
    field.widget.attrs.pop("placeholder", None)


def say_email(field, label="E-postadress", hint=""):
    say(
        field,
        label,
        "Skriv din e-postadress.",
        hint,
        invalid="Skriv e-postadressen så här: namn@example.se.",
    )


def say_code(field, hint, label="Kod"):
    say(field, label, "Skriv koden.", hint)
    field.widget.attrs |= {
        "autocapitalize": "characters",
        "spellcheck": "false",
        "autocomplete": "one-time-code",
    }


def say_new_password(form):
    say(form.fields["password1"], "Nytt lösenord", "Skriv ett lösenord.", PASSWORD_HINT)
    say(
        form.fields["password2"],
        "Nytt lösenord en gång till",
        "Skriv lösenordet en gång till.",
    )


def say_name_of_key(form, missing, hint=""):
    say(form.fields["name"], "Namn på nyckeln", missing, hint)
    form.fields["name"].max_length = 100
    # Not a person's, which a browser would offer.
    form.fields["name"].widget.attrs["autocomplete"] = "off"


class SameTwice:
    def clean(self):
        written = super(account.PasswordVerificationMixin, self).clean()
        first, second = written.get("password1"), written.get("password2")
        if first and second and first != second:
            self.add_error(
                "password2", "Lösenorden är olika. Skriv samma lösenord två gånger."
            )
        return written


def limit_mail(email):
    """Three mails a minute to one address from one network.

    Per network too, so that a stranger cannot keep the owner from getting theirs.
    """
    request = context.request
    key = f"{email.lower()}:{get_ip(request)}"
    config = {"mail": "3/m/key"}
    if not ratelimit.consume(
        request, app="accounts", action="mail", config=config, key=key
    ):
        raise get_adapter().validation_error("rate_limited")


class LoginForm(account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_email(self.fields["login"])
        say(self.fields["password"], "Lösenord", "Skriv ditt lösenord.")


class CodeForm(account.RequestLoginCodeForm):
    """Ask for a code; beside the form for a password, so its ids are its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="code_%s", **kwargs)
        say_email(self.fields["email"], hint="Den adress som kontot har.")

    def clean_email(self):
        limit_mail(self.cleaned_data["email"])
        return super().clean_email()


class RefusedCode:
    """Logs that a code was wrong, without saying whose (trust 16.3.1)."""

    def clean_code(self):
        try:
            return super().clean_code()
        except ValidationError:
            logger.warning("a code was refused in %s", type(self).__name__)
            raise


class ConfirmCodeForm(RefusedCode, account.ConfirmLoginCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], "Åtta bokstäver, till exempel BCDF-GHJK.")


class ConfirmEmailForm(RefusedCode, account.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], "Åtta bokstäver, till exempel BCDF-GHJK.")


class ConfirmResetForm(RefusedCode, account.ConfirmPasswordResetCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], "Åtta bokstäver, till exempel BCDF-GHJK.")


class ResetPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_email(self.fields["email"], hint="Den adress som kontot har.")

    def clean_email(self):
        limit_mail(self.cleaned_data["email"])
        return super().clean_email()


class NewPasswordForm(SameTwice, account.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_new_password(self)


class SetPasswordForm(SameTwice, account.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_new_password(self)


class ChangePasswordForm(SameTwice, account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(
            self.fields["oldpassword"],
            "Lösenordet du har nu",
            "Skriv lösenordet du har nu.",
        )
        say_new_password(self)


class EmailForm(account.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_email(
            self.fields["email"],
            "Ny e-postadress",
            "Du får en kod till den nya adressen. Den gamla gäller tills du har "
            "skrivit koden.",
        )


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self.fields["password"], "Lösenord", "Skriv ditt lösenord.")


class SecondFactorForm(RefusedCode, mfa.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], SHOWN_CODE)


class ReauthenticateCodeForm(RefusedCode, mfa.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], SHOWN_CODE)


class ActivateTOTPForm(RefusedCode, totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], "De sex siffror som appen visar nu.", "Kod")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddKeyForm(webauthn.AddWebAuthnForm):
    """Always one that can sign in by itself: a person need not know of two sorts."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        hint = "Så att du känner igen den, till exempel ”Min telefon”."
        say_name_of_key(self, "", hint)


class RenameKeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_name_of_key(self, "Skriv ett namn på nyckeln.")
