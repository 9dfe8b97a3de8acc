"""The people, the methods and the arguments that the policy speaks of."""

from collections.abc import Callable
from dataclasses import dataclass, field

from kunskapsbank.enums import Status

ANONYMOUS = "anonymous"
DISABLED = "disabled"  # a contributor whose account was closed while signed in
STRANGER = "stranger"  # signed in, without any role
AUTHOR = "author"  # of the text that the address is about
OTHER = "other"  # a second contributor
MODERATOR = "moderator"
BARE_MODERATOR = "bare_moderator"  # without a second factor
EMPLOYEE = "employee"  # who tells what the city does
DOCUMENT_OWNER = "document_owner"
ADMINISTRATOR = "administrator"

ROLES = (
    ANONYMOUS,
    DISABLED,
    STRANGER,
    AUTHOR,
    OTHER,
    MODERATOR,
    BARE_MODERATOR,
    EMPLOYEE,
    DOCUMENT_OWNER,
    ADMINISTRATOR,
)
EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {ANONYMOUS, DISABLED}
CONTRIBUTORS = frozenset(
    {AUTHOR, OTHER, MODERATOR, EMPLOYEE, DOCUMENT_OWNER, ADMINISTRATOR}
)
MODERATORS = frozenset({MODERATOR, ADMINISTRATOR})
EMPLOYEES = frozenset({EMPLOYEE, DOCUMENT_OWNER, ADMINISTRATOR})
DOCUMENT_OWNERS = frozenset({DOCUMENT_OWNER, ADMINISTRATOR})

READ = ("GET", "HEAD")
WRITE = ("POST",)
BOTH = (*READ, *WRITE)


@dataclass(frozen=True)
class Rule:
    """`who` may use the `methods`; every other role is refused.

    `arguments` makes the address's arguments from a version; without it the address
    has none (or is tried elsewhere: say so in `tried_in`). `statuses` are those where
    the page is there at all: in the rest nobody gets it, and nothing changes.
    `writers` are those who may POST, when they are fewer than `who`. No page links to
    an address that `comes_after` an act, or with a secret link by mail.
    """

    who: frozenset[str] = EVERYBODY
    methods: tuple[str, ...] = READ
    arguments: Callable | None = None
    statuses: frozenset[str] = field(default_factory=lambda: frozenset(Status.values))
    tried_in: str = ""
    writers: frozenset[str] | None = None
    comes_after: bool = False

    def allows(self, role, method):
        fewer = method in WRITE and self.writers is not None
        return method in self.methods and role in (self.writers if fewer else self.who)


def pk(version):
    return {"pk": version.pk}


def entry_pk(version):
    return {"pk": version.entry_id}


def step(version):
    return {"pk": version.pk, "step": "beratta"}


def slug(version):
    return {"slug": version.entry.slug}
