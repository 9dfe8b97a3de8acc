"""Contributions, and what happened to them."""

from kunskapsbank.models.collections import CollectedEntry, Collection
from kunskapsbank.models.connections import Connection, ConnectionEvent
from kunskapsbank.models.content import (
    RESERVED_SLUGS,
    Entry,
    EntrySlug,
    Version,
)
from kunskapsbank.models.files import StoredFile, VersionAttachment
from kunskapsbank.models.following import Subscription
from kunskapsbank.models.freshness import FreshnessQuestion, HelpfulAnswer
from kunskapsbank.models.letters import Letter, LetterReply, MailPreference
from kunskapsbank.models.links import Link
from kunskapsbank.models.retention import DraftWarning
from kunskapsbank.models.review import (
    Actor,
    Appeal,
    Claim,
    EventDetail,
    Hiding,
    LicenceGrant,
    ReviewEvent,
    Snapshot,
)
from kunskapsbank.models.reviewing import InternalNote, ReplyTemplate
from kunskapsbank.models.sharing import DraftLink, OwnerOffer
from kunskapsbank.models.subjects import (
    Organisation,
    Tag,
    TagAlias,
    TagEvent,
    TaggedVersion,
    tag_key,
)

__all__ = [
    "RESERVED_SLUGS",
    "Actor",
    "Appeal",
    "Claim",
    "CollectedEntry",
    "Collection",
    "Connection",
    "ConnectionEvent",
    "DraftLink",
    "DraftWarning",
    "Entry",
    "EntrySlug",
    "EventDetail",
    "FreshnessQuestion",
    "HelpfulAnswer",
    "Hiding",
    "InternalNote",
    "Letter",
    "LetterReply",
    "LicenceGrant",
    "Link",
    "MailPreference",
    "Organisation",
    "OwnerOffer",
    "ReplyTemplate",
    "ReviewEvent",
    "Snapshot",
    "StoredFile",
    "Subscription",
    "Tag",
    "TagAlias",
    "TagEvent",
    "TaggedVersion",
    "Version",
    "VersionAttachment",
    "tag_key",
]
