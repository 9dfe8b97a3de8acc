"""What keeps machines out of forms that anybody may send, without puzzles: a field
that people never fill in, and a least time to write.

Whoever is stopped is told why and keeps what they wrote, since it may be a person.
"""

import time

from django import forms
from django.core import signing

LEAST_SECONDS = 3
_SALT = "accounts.bots"


class UnlikeBots(forms.Form):
    """Mix in to a form; give `{{ form.page_url }}` and `{{ form.began }}` a place."""

    page_url = forms.CharField(
        label="Lämna fältet tomt",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    began = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("began", signing.dumps(int(time.time()), salt=_SALT))

    def clean_page_url(self):
        if self.cleaned_data["page_url"]:
            raise forms.ValidationError(
                "Det sista fältet ska vara tomt. Töm det och skicka igen."
            )
        return ""

    def clean_began(self):
        """An old page may be sent; one that was never opened may not."""
        try:
            began = signing.loads(self.cleaned_data["began"], salt=_SALT)
        except signing.BadSignature:
            began = None
        if not isinstance(began, int) or time.time() - began < LEAST_SECONDS:
            raise forms.ValidationError(
                "Det gick så fort att vi tror att det var en maskin. Vänta några "
                "sekunder och skicka igen."
            )
        return self.cleaned_data["began"]
