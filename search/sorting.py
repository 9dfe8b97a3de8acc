"""Swedish alphabetical order that does not depend on the database's collation."""

import unicodedata

from django.db import models

# Letters only, so that every collation puts them after z and in this order.
_AFTER_Z = str.maketrans(
    {"å": "zza", "ä": "zzb", "æ": "zzb", "ö": "zzc", "ø": "zzc", " ": "0"}
)


def sort_key(text: str) -> str:
    """A key that sorts `text` as a Swedish word list does: …, z, å, ä, ö.

    Case and other accents are ignored (é sorts as e), and spaces come first.
    """
    folded = unicodedata.normalize("NFC", text).casefold().translate(_AFTER_Z)
    plain = unicodedata.normalize("NFKD", folded)
    return "".join(letter for letter in plain if letter.isalnum())[:200]


class SortKeyField(models.CharField):
    """Keeps the sort key of another field of the same row, `of`."""

    def __init__(self, *args, of="title", **kwargs):
        self.of = of
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance, add):
        key = sort_key(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, key)
        return key
