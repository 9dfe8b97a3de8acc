"""Contributions, and what happened to them."""

from kunskapsbank.models.content import (
    RESERVED_SLUGS,
    Entry,
    EntrySlug,
    Version,
)
from kunskapsbank.models.review import (
    Actor,
    Appeal,
    Claim,
    EventDetail,
    LicenceGrant,
    ReviewEvent,
    Snapshot,
)
from kunskapsbank.models.subjects import Organisation, Tag, TaggedVersion, tag_key

__all__ = [
    "RESERVED_SLUGS",
    "Actor",
    "Appeal",
    "Claim",
    "Entry",
    "EntrySlug",
    "EventDetail",
    "LicenceGrant",
    "Organisation",
    "ReviewEvent",
    "Snapshot",
    "Tag",
    "TaggedVersion",
    "Version",
    "tag_key",
]
