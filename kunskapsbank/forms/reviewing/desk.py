"""Acts on a whole contribution, and what moderators keep for each other."""

from django import forms

from accounts.models import User
from kunskapsbank.forms.reviewing.decision import message_field, reasons
from kunskapsbank.models import ReplyTemplate


class HideForm(forms.Form):
    reason = forms.ChoiceField(
        label="Skäl",
        choices=reasons,
        help_text="Det står på bidragets adress så länge det är dolt.",
        error_messages={
            "required": "Välj ett skäl",
            "invalid_choice": "Välj ett av skälen i listan",
        },
    )
    message = message_field(
        "Meddelande till den som äger bidraget", "Skickas med e-post."
    )


class MessageForm(forms.Form):
    message = message_field(
        "Meddelande till den som äger bidraget", "Skickas med e-post.", required=True
    )


class OptionalMessageForm(forms.Form):
    message = message_field(
        "Meddelande till den som äger bidraget", "Skickas med e-post."
    )


class AddressForm(forms.Form):
    slug = forms.SlugField(
        label="Ny adressdel",
        max_length=120,
        help_text="Små bokstäver a till z, siffror och bindestreck. Den gamla adressen "
        "leder till den nya.",
        error_messages={
            "required": "Skriv en adressdel",
            "invalid": "Använd bara bokstäverna a till z, siffror och bindestreck",
            "max_length": "Korta adressdelen till högst 120 tecken",
        },
    )


class OwnerForm(forms.Form):
    """Whom to give a contribution to; the account must be there already."""

    email = forms.EmailField(
        label="Personens e-postadress",
        help_text="Personen ska redan ha ett konto som får bidra.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Skriv en e-postadress",
            "invalid": "Skriv e-postadressen så här: namn@example.se",
        },
    )
    how = forms.ChoiceField(
        label="Vad ska hända?",
        choices=[("add", "Lägg till som ägare"), ("give", "Lämna över helt")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad som ska hända"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["how"].option_hints = {
            "add": "De som äger bidraget i dag gör det fortfarande.",
            "give": "Personen blir ensam ägare. De andra får behålla sina utkast.",
        }

    def clean_email(self) -> User:
        email = self.cleaned_data["email"]
        account = User.objects.filter(email__iexact=email, is_active=True).first()
        if account is None:
            raise forms.ValidationError(
                "Det finns inget konto med den adressen. Bjud in personen först"
            )
        return account


# -- Among moderators


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Ny anteckning",
        max_length=2000,
        help_text="Bara moderatorer ser den. Den skickas inte och går att radera.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Skriv något i anteckningen",
            "max_length": "Korta anteckningen till högst 2000 tecken",
        },
    )


class ReplyTemplateForm(forms.Form):
    title = forms.CharField(
        label="Namn",
        max_length=80,
        help_text="Syns bara för moderatorer.",
        error_messages={
            "required": "Skriv ett namn på mallen",
            "max_length": "Korta namnet till högst 80 tecken",
        },
    )
    text = forms.CharField(
        label="Text",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": "Skriv mallens text",
            "max_length": "Korta texten till högst 2000 tecken",
        },
    )

    def __init__(self, *args, template=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.template = template

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        others = ReplyTemplate.objects.exclude(pk=self.template and self.template.pk)
        if others.filter(title=title).exists():
            raise forms.ValidationError("Det finns redan en mall med det namnet")
        return title
