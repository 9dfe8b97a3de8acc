"""What begins the next edition."""

from django import forms

from programme.models import Edition
from programme.validators import validate_edition_slug
from uppfoljning.forms.years import YEAR


class DraftForm(forms.Form):
    use_required_attribute = False

    title = forms.CharField(
        label="Titel",
        max_length=200,
        help_text="Utan årtal. De läggs till av sig själva.",
        error_messages={
            "required": "Skriv vad programmet ska heta",
            "max_length": "Korta titeln till högst 200 tecken",
        },
    )
    slug = forms.SlugField(
        label="Adressdel",
        validators=[validate_edition_slug],
        help_text="Börjar med ett årtal och ändras aldrig, till exempel 2027.",
        error_messages={
            "required": "Skriv en adressdel, till exempel 2027",
            "invalid": "Skriv adressdelen med siffror, små bokstäver och bindestreck",
        },
    )
    period_start = forms.IntegerField(label="Första år", **YEAR)
    period_end = forms.IntegerField(label="Sista år", **YEAR)

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if Edition.objects.filter(slug=slug).exists():
            raise forms.ValidationError(
                "Det finns redan en utgåva med den adressdelen. Välj en annan"
            )
        return slug

    def clean(self):
        clean = super().clean()
        first, last = clean.get("period_start"), clean.get("period_end")
        if first and last and last < first:
            self.add_error("period_end", "Sista året är före det första")
        return clean
