"""What readers, contributors and editors send in, made clean."""

from kunskapsbank.forms.listing import FACETS, EntryFilter, TagForm

__all__ = ["FACETS", "EntryFilter", "TagForm"]
