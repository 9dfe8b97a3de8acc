"""What begins the next edition."""

from django import forms

from programme.models import Edition
from programme.validators import validate_edition_slug


class DraftForm(forms.Form):
    title = forms.CharField(label="Titel", max_length=200)
    slug = forms.SlugField(
        label="Adressdel",
        validators=[validate_edition_slug],
        help_text="Börjar med ett årtal och ändras aldrig, till exempel 2027.",
    )
    period_start = forms.IntegerField(label="Första år", min_value=2016, max_value=2999)
    period_end = forms.IntegerField(label="Sista år", min_value=2016, max_value=2999)

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if Edition.objects.filter(slug=slug).exists():
            raise forms.ValidationError(
                "Det finns redan en utgåva med den adressdelen. Välj en annan."
            )
        return slug

    def clean(self):
        clean = super().clean()
        first, last = clean.get("period_start"), clean.get("period_end")
        if first and last and last < first:
            self.add_error("period_end", "Sista året är före det första.")
        return clean
