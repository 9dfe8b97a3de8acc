"""Who publishes the site, as far as the settings say."""

from django.conf import settings

# What a catalogue of open data must say (DCAT-AP-SE 3.0.1), and the settings for it.
NEEDED = {
    "publisher": "PUBLISHER_NAME",
    "organisation_number": "PUBLISHER_ORGANISATION_NUMBER",
    "contact_email": "CONTACT_EMAIL",
}
DIGITS = 10


def organisation_digits() -> str:
    """The ten digits of the organisation number, empty when it is none."""
    digits = settings.PUBLISHER["organisation_number"].strip().replace("-", "")
    is_number = digits.isascii() and digits.isdigit() and len(digits) == DIGITS
    return digits if is_number else ""


def missing() -> list[str]:
    """The settings without which the catalogue lacks what the profile demands."""
    return [
        name
        for key, name in NEEDED.items()
        if not settings.PUBLISHER[key]
        or (key == "organisation_number" and not organisation_digits())
    ]
