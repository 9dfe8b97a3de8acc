"""What a contributor writes, a form for each step; what must be there is said when the
text is sent in (`workflow.submit`)."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse

from kunskapsbank import plain_language, tag_suggestions
from kunskapsbank.enums import Kind, OrganisationKind, Outcome, PublicName
from kunskapsbank.forms import tree
from kunskapsbank.forms.draft_fields import (
    DraftChoice,
    DraftForm,
    DraftTags,
    DraftText,
    DraftYear,
)
from kunskapsbank.forms.questions import KINDS, questions_for
from kunskapsbank.models import Organisation, Version
from kunskapsbank.workflow.text import REQUIRED, REQUIRED_OF_ALL
from programme import taxonomy

READ_FOR_PLAINNESS = ("summary", "background", "implementation", "result", "lessons")
# What of the third step is words until the step is saved.
TYPED = ("tags", "organisation_name", "organisation_kind")
# The author's own name in the fourth step, until the step is saved.
NAME = "name"
LONG_TEXTS = ("background", "implementation", "result", "lessons")
# How a field is called in "Korta rubriken med 28 tecken".
_DEFINITE = {
    "title": "rubriken",
    "summary": "sammanfattningen",
    "address": "länken",
    "place": "platsen",
    "organisation_name": "namnet",
    "note": "meddelandet",
    "name": "namnet",
}
OUTCOMES = [
    (Outcome.SUCCEEDED, "Det lyckades"),
    (Outcome.PARTLY, "Det lyckades delvis"),
    (Outcome.ABANDONED, "Vi avbröt"),
]
_LANGUAGES = [
    ("sv", "Svenska"),
    ("en", "Engelska"),
    ("da", "Danska"),
    ("nb", "Norska"),
    ("fi", "Finska"),
    ("de", "Tyska"),
    ("fr", "Franska"),
    ("es", "Spanska"),
]
_SCHEMES = ("https://", "http://")
_BAD_ADDRESS = "Länken ska börja med https:// eller http://"
_WRONG_ORDER = "Slutåret är före startåret"


class KindForm(DraftForm):
    """Also used before there is a draft; then `version` is None."""

    kind = forms.ChoiceField(
        label="Vad vill du dela?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj vad du vill dela",
            "invalid_choice": "Välj vad du vill dela",
        },
    )

    def initial_of(self, version):
        return {"kind": version.kind} if version else {}

    def add_fields(self):
        self.fields["kind"].option_hints = {
            str(kind): about.purpose for kind, about in KINDS.items()
        }


class TellForm(DraftForm):
    """The text itself: the questions of the version's kind."""

    def initial_of(self, version):
        return {each.name: getattr(version, each.name) for each in self.questions}

    @property
    def questions(self):
        return questions_for(self.version)

    def add_fields(self):
        wanted = {*REQUIRED_OF_ALL, *REQUIRED[self.version.kind]}
        for question in self.questions:
            field = self._field(question)
            field.required = question.name in wanted
            if question.name == "address_language":
                field.required = True
            self.fields[question.name] = field

    def _field(self, question):
        said = {"label": question.label, "help_text": question.hint}
        name = question.name
        if name == "outcome":
            return DraftChoice(choices=OUTCOMES, widget=forms.RadioSelect, **said)
        if name == "address_language":
            return DraftChoice(choices=self._languages(), **said)
        widget = forms.TextInput()
        if name == "address":
            widget = forms.URLInput(
                attrs={"autocapitalize": "none", "spellcheck": "false"}
            )
        elif name != "title":
            widget = forms.Textarea(attrs={"rows": 4 if name == "summary" else 7})
        if name in LONG_TEXTS:
            widget.attrs["data-markdown"] = True
        return DraftText(
            max_length=Version._meta.get_field(name).max_length,
            what=_DEFINITE.get(name, "texten"),
            widget=widget,
            **said,
        )

    @property
    def asked(self):
        """Each question with its field, and advice on how the answer reads."""
        return [
            (self[each.name], each, self._advice(each.name)) for each in self.questions
        ]

    def _advice(self, name):
        is_read = name in READ_FOR_PLAINNESS
        return plain_language.advice(self[name].value() or "") if is_read else None

    def _languages(self):
        code = self.version.address_language
        known = dict(_LANGUAGES)
        return _LANGUAGES if code in known else [*_LANGUAGES, (code, code)]

    def clean_address_language(self):
        return self.cleaned_data["address_language"] or self.version.address_language

    def clean_address(self):
        address = self.cleaned_data["address"].strip()
        if address and not address.startswith(_SCHEMES):
            self.kept["address"] = address
            raise ValidationError(_BAD_ADDRESS)
        return address


class TieForm(DraftForm):
    """What the text is about: prioriteringar, subjects, who, where and when."""

    prioriteringar = forms.MultipleChoiceField(
        label="Prioriteringar",
        required=False,
        error_messages={"invalid_choice": "Välj bland prioriteringarna i listan"},
    )
    tags = DraftTags(
        label="Ämnen",
        required=False,
        help_text="Skriv ett komma mellan dem, så här: äldre, promenader, trygghet",
    )
    organisations = forms.MultipleChoiceField(
        label="Organisationer som var med",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Välj bland organisationerna i listan"},
    )
    organisation_name = DraftText(
        label="Finns den inte i listan? Skriv namnet",
        required=False,
        max_length=200,
        what="namnet",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    organisation_kind = DraftChoice(
        label="Vad är det för slags organisation?",
        required=False,
        choices=[(kind, kind.label.capitalize()) for kind in OrganisationKind],
        initial=OrganisationKind.OTHER,
    )
    place = DraftText(
        label="Plats",
        required=False,
        max_length=120,
        what="platsen",
        widget=forms.TextInput(),
        help_text="Område, gata eller byggnad. Lämna tomt om det gäller hela staden.",
    )
    period_start = DraftYear(label="Från år")
    period_end = DraftYear(label="Till år")

    def initial_of(self, version):
        return {
            "prioriteringar": [str(each.pk) for each in version.prioriteringar.all()],
            "organisations": [str(each.pk) for each in version.organisations.all()],
            "tags": ", ".join(sorted(each.name for each in version.tags.all().shown())),
            "place": version.place,
            "period_start": version.period_start,
            "period_end": version.period_end,
            **{name: typed for name, typed in version.typed.items() if name in TYPED},
        }

    @classmethod
    def of_typed(cls, version, user):
        """The step as it would be sent with the words that are typed and no more."""
        data = QueryDict(mutable=True)
        data.update({name: version.typed.get(name, "") for name in TYPED})
        if "tags" not in version.typed:
            del data["tags"]
        for each in version.organisations.all():
            data.appendlist("organisations", str(each.pk))
        return cls(data, version=version, user=user, only=[*TYPED, "organisations"])

    def add_fields(self):
        asks = {"data-suggest": reverse("kunskapsbank:suggest_tags")}
        self.fields["tags"].widget.attrs |= asks | {"data-suggest-several": True}
        known = Organisation.objects.known_to(self.user, self.version)
        self._organisations = {str(each.pk): each for each in known}
        self.fields["organisations"].choices = [
            (pk, each.name) for pk, each in self._organisations.items()
        ]
        self._prioriteringar = self._known_prioriteringar()
        self.fields["prioriteringar"].choices = [
            (pk, each.text) for pk, each in self._prioriteringar.items()
        ]

    def _known_prioriteringar(self):
        known = {str(each.pk): each for each in taxonomy.current().prioriteringar}
        for each in self.version.prioriteringar.all():
            known.setdefault(str(each.pk), each)
        return known

    def clean_prioriteringar(self):
        chosen = self.cleaned_data["prioriteringar"]
        return [self._prioriteringar[pk] for pk in chosen]

    def clean_organisations(self):
        return [self._organisations[pk] for pk in self.cleaned_data["organisations"]]

    def clean(self):
        start, end = map(self._year, ("period_start", "period_end"))
        if start and end and end < start:
            latest = "period_end" if "period_end" in self.fields else "period_start"
            self.add_error(latest, _WRONG_ORDER)

    def _year(self, name):
        """As it will be: one that is not sent keeps its year."""
        is_sent = name in self.fields
        return self.cleaned_data.get(name) if is_sent else getattr(self.version, name)

    @property
    def values(self):
        """Ties as objects; subjects and a new organisation as they are named."""
        return {
            name: value
            for name, value in super().values.items()
            if not name.startswith("organisation_")
        }

    @property
    def branches(self):
        """The tree as it is chosen from."""
        return tree.branches(
            {str(each) for each in self["prioriteringar"].value() or []}
        )

    @property
    def earlier_ties(self):
        """What it is tagged with from an earlier edition, and whether that stays."""
        today = {each.pk for each in taxonomy.current().prioriteringar}
        chosen = {str(each) for each in self["prioriteringar"].value() or []}
        return [
            (each, pk in chosen)
            for pk, each in self._prioriteringar.items()
            if each.pk not in today
        ]

    @property
    def tags_in_text(self):
        """Subjects that exist and that the text seems to be about."""
        return tag_suggestions.named_in(self.version)

    @property
    def prioritering_count(self):
        return len(taxonomy.current().prioriteringar)

    @property
    def organisation_count(self):
        """How many of those that exist are chosen."""
        return len(self["organisations"].value() or [])


class AboutForm(DraftForm):
    """Which name is shown with the text."""

    public_name = DraftChoice(
        label="Vilket namn ska visas?",
        choices=[
            (PublicName.NAME, "Mitt namn"),
            (PublicName.ORGANISATION, "Organisationens namn"),
            (PublicName.NONE, "Inget namn"),
        ],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Välj vilket namn som ska visas"},
    )

    def initial_of(self, version):
        name = version.typed.get(NAME, "")
        return {"public_name": version.public_name, NAME: name}

    def add_fields(self):
        field = self.fields["public_name"]
        field.option_hints = {
            PublicName.NAME: self._under_own_name(),
            PublicName.ORGANISATION: self._as_organisation(),
            PublicName.NONE: "Bara granskarna vet vem du är.",
        }
        # Asked for once: whoever has told us their name is not asked again.
        if self.user.pk == self.version.author_id and not self.user.name:
            self.fields[NAME] = DraftText(
                label="Ditt namn",
                required=False,
                max_length=120,
                what="namnet",
                help_text="Behövs bara om ditt namn ska visas.",
                widget=forms.TextInput(attrs={"autocomplete": "name"}),
            )

    def _under_own_name(self):
        name = self.version.author.name if self.version.author else ""
        return f"Visas så här: Av {name}." if name else "Skriv det här nedanför."

    def _as_organisation(self):
        first = self.version.organisations.order_by("sort_key").first()
        if first is None:
            return "Välj först en organisation i steg 3."
        return f"Visas så här: Av {first.name}."

    @property
    def values(self):
        return {name: value for name, value in super().values.items() if name != NAME}


def _note():
    return DraftText(
        label="Meddelande till granskarna",
        required=False,
        max_length=2000,
        what="meddelandet",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Syns inte på webbplatsen.",
    )


class NoteForm(DraftForm):
    """The line to the reviewers, kept with the draft until it is sent in."""

    note = _note()

    @property
    def values(self):
        return {"typed": self.version.typed | super().values}


class SubmitForm(forms.Form):
    """The author's word on what is sent in (trust A27), and a line to reviewers."""

    use_required_attribute = False

    note = _note()
    grants_licence = forms.BooleanField(
        label=(
            "Jag har rätt att dela text, bild och länkar, och ingen annan kan kännas "
            "igen utan att ha sagt ja. Alla får använda, sprida och ändra texten och "
            "mina bilder, om de anger varifrån de kommer (CC\u00a0BY\u00a04.0)."
        ),
        help_text=(
            "Vad någon annan har skrivit, ritat eller fotograferat lägger du inte in. "
            "Länka till det i stället."
        ),
        error_messages={
            "required": "Kryssa i att du har rätt att dela och att andra får använda "
            "det"
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
