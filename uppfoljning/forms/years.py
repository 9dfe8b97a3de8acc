"""How a year is asked for."""

from django import forms

YEAR = {
    "min_value": 2016,
    "max_value": 2100,
    "widget": forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "data-size": "year"}
    ),
    "error_messages": dict.fromkeys(
        ("required", "invalid", "min_value", "max_value"),
        "Skriv ett årtal med fyra siffror, tidigast 2016",
    ),
}
