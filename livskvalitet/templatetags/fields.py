"""What the form components need to know of a field that Django does not tell.

{% load fields %}
{% styled field %}           the widget, with the site's class and its descriptions
{{ field|is_box }}           whether it is one check box
{{ field|limit }}            how many characters it holds, or None
{{ field|options }}          radio buttons or check boxes: input, id, label, hint
{{ field|target }}           the id that a link in the error summary leads to
{{ number|in_words }}        "en sak", "två saker" ... "12 saker"
"""

from django import forms, template

register = template.Library()

_WORDS = [
    "noll",
    "en",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
]


@register.simple_tag
def styled(field):
    widget = field.field.widget
    box = isinstance(widget, forms.CheckboxInput)
    widget.attrs.setdefault("class", "choice__box" if box else "input")
    widget.attrs.pop("maxlength", None)  # a limit never stops somebody's typing
    widget.attrs.pop("cols", None)
    described_by = field.aria_describedby
    if limit(field):
        described_by = f"{described_by or ''} {field.auto_id}_counter".strip()
    return field.as_widget(attrs={"aria-describedby": described_by or False})


@register.filter
def is_box(field):
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def limit(field):
    return (
        None
        if isinstance(field.field, forms.EmailField)
        or not isinstance(field.field.widget, forms.TextInput | forms.Textarea)
        else getattr(field.field, "max_length", None)
    )


@register.filter
def options(field):
    """A form tells more about an option in `field.option_hints`, keyed by value."""
    hints = getattr(field.field, "option_hints", {})
    return [_option(widget, hints) for widget in field.subwidgets]


def _option(widget, hints):
    attrs = widget.data["attrs"]
    attrs["class"] = "choice__box"
    hint = hints.get(str(widget.data["value"]), "")
    if hint:
        attrs["aria-describedby"] = f"{widget.id_for_label}_hint"
    return {
        "input": widget.tag(),
        "id": widget.id_for_label,
        "label": widget.choice_label,
        "hint": hint,
    }


@register.filter
def target(field):
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


@register.filter
def in_words(number):
    if number == 1:
        return "en sak"
    return f"{_WORDS[number] if number < len(_WORDS) else number} saker"
