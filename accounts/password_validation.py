"""Passwords that are too easy to guess for this site (trust 6.2.11)."""

import re

from django.core.exceptions import ValidationError

OWN_WORDS = ["helsingborg", "livskvalitet", "kunskapsbank", "stadsbyggnad", "kommun"]
# What people write for letters; a 1 may be either of two.
LOOKALIKES = [
    {},
    str.maketrans("013457@$!|", "oleastasil"),
    str.maketrans("013457@$!|", "oieastasil"),
]
LEAST_BESIDE = 8


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
