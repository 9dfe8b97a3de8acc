"""What the document owner says of a text about an initiative."""

from django import forms

RETURN, DECLINE, PUBLISH = "return", "decline", "publish"


class InitiativeDecisionForm(forms.Form):
    """`lock` is the text that was shown, and `over` the published text beside it."""

    use_required_attribute = False

    lock = forms.IntegerField(widget=forms.HiddenInput)
    over = forms.IntegerField(required=False, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="Vad ska hända?",
        choices=[
            (PUBLISH, "Publicera"),
            (RETURN, "Be om komplettering"),
            (DECLINE, "Säg nej"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj vad som ska hända",
            "invalid_choice": "Välj vad som ska hända",
        },
    )
    message = forms.CharField(
        label="Meddelande till den som har skrivit",
        required=False,
        max_length=2000,
        help_text="Behövs om du ber om mer eller säger nej. Skickas med e-post.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": "Korta meddelandet till högst 2000 tecken"},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["decision"].option_hints = {
            PUBLISH: "Alla kan läsa texten direkt.",
            RETURN: "Den som har skrivit kan ändra och skicka in igen.",
            DECLINE: "Texten publiceras inte. Den finns kvar hos den som har skrivit.",
        }

    def clean(self):
        clean = super().clean()
        explains = clean.get("decision") in {RETURN, DECLINE}
        if explains and "message" not in self.errors and not clean.get("message"):
            self.add_error("message", "Skriv vad som behövs, eller varför det blev nej")
        return clean


class WithdrawForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label="Varför?",
        max_length=500,
        help_text="Visas på insatsens adress.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Skriv varför insatsen återtas",
            "max_length": "Korta texten till högst 500 tecken",
        },
    )
