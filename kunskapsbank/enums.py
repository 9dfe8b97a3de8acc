"""The closed sets of values in the knowledge bank."""

from django.db.models import TextChoices


class Kind(TextChoices):
    GOOD_EXAMPLE = "good_example", "Gott exempel"
    EXPERIENCE = "experience", "Erfarenhet"
    RESEARCH = "research", "Forskning"
    LINK = "link", "Länk"

    @property
    def plural(self):
        return {
            Kind.GOOD_EXAMPLE: "Goda exempel",
            Kind.EXPERIENCE: "Erfarenheter",
            Kind.RESEARCH: "Forskning",
            Kind.LINK: "Länkar",
        }[self]


class Status(TextChoices):
    DRAFT = "draft", "utkast"
    SUBMITTED = "submitted", "inskickat"
    RETURNED = "returned", "komplettering begärd"
    PUBLISHED = "published", "publicerat"
    REPLACED = "replaced", "ersatt"
    DECLINED = "declined", "avböjt"


class EntryState(TextChoices):
    OPEN = "open", "öppet"
    HIDDEN = "hidden", "dolt"
    WITHDRAWN = "withdrawn", "återtaget"


class Outcome(TextChoices):
    SUCCEEDED = "succeeded", "lyckades"
    PARTLY = "partly", "lyckades delvis"
    ABANDONED = "abandoned", "avbröts"


class OrganisationKind(TextChoices):
    ADMINISTRATION = "administration", "förvaltning"
    BOARD = "board", "nämnd"
    COMPANY = "company", "kommunalt bolag"
    BUSINESS = "business", "företag"
    ASSOCIATION = "association", "förening"
    UNIVERSITY = "university", "lärosäte"
    OTHER = "other", "annan"


class TagAct(TextChoices):
    """What a moderator did with a subject."""

    RENAMED = "renamed", "bytte namn"
    MERGED = "merged", "slogs ihop"
    SPLIT = "split", "delades"
    FORBIDDEN = "forbidden", "förbjöds"
    ALLOWED = "allowed", "tilläts igen"


class PublicName(TextChoices):
    """How a contribution names the person who wrote it."""

    NAME = "name", "mitt namn"
    ORGANISATION = "organisation", "organisationens namn"
    NONE = "none", "inget namn"


class Act(TextChoices):
    """What a review event says happened."""

    LOADED = "loaded", "inläst vid starten"
    SUBMITTED = "submitted", "inskickat"
    TAKEN_BACK = "taken_back", "taget tillbaka före beslut"
    RETURNED = "returned", "komplettering begärd"
    RESUBMITTED = "resubmitted", "inskickat igen"
    EDITED_BY_MODERATOR = "edited_by_moderator", "redigerat av en moderator"
    PUBLISHED = "published", "publicerat"
    REPLACED = "replaced", "ersatt av en nyare version"
    DECLINED = "declined", "avböjt"
    APPEALED = "appealed", "omprövning begärd"
    APPEAL_GRANTED = "appeal_granted", "granskas på nytt efter omprövning"
    APPEAL_DENIED = "appeal_denied", "avböjt även efter omprövning"
    PUBLICATION_UNDONE = "publication_undone", "publiceringen ångrad"
    RESTORED = "restored", "publicerat på nytt"
    SUPPRESSED = "suppressed", "undantaget ur den öppna historiken"
    HIDDEN = "hidden", "dolt"
    HIDING_OBJECTED = "hiding_objected", "omprövning av döljandet begärd"
    HIDING_UPHELD = "hiding_upheld", "döljandet omprövat, bidraget förblir dolt"
    SHOWN_AGAIN = "shown_again", "visat på nytt"
    WITHDRAWN = "withdrawn", "återtaget"
    HANDED_OVER = "handed_over", "överlämnat"
    OWNER_ADDED = "owner_added", "fler ägare"
    ADDRESS_CHANGED = "address_changed", "ny adress"
    CONFIRMED = "confirmed", "bekräftat att det stämmer"


class DeclineReason(TextChoices):
    """Why a text is declined or hidden: first what the law names (trust A23)."""

    THREAT = "threat", "olaga hot"
    PRIVACY_CRIME = "privacy_crime", "olaga integritetsintrång"
    INCITEMENT = "incitement", "uppvigling"
    HATE_SPEECH = "hate_speech", "hets mot folkgrupp"
    CHILD_ABUSE = "child_abuse", "barnpornografibrott"
    VIOLENCE = "violence", "olaga våldsskildring"
    TERRORISM = "terrorism", "offentlig uppmaning till särskilt allvarlig brottslighet"
    COPYRIGHT = "copyright", "uppenbart intrång i upphovsrätten"
    PERSONAL_DATA = "personal_data", "uppgifter om någon som inte har sagt ja"
    OUT_OF_SCOPE = "out_of_scope", "hör inte till programmet"
    DUPLICATE = "duplicate", "finns redan i kunskapsbanken"
    ADVERTISING = "advertising", "reklam"
    UNSOURCED = "unsourced", "källan saknas eller går inte att kontrollera"
    TOO_THIN = "too_thin", "för lite för andra att lära av"
    OTHER = "other", "annat skäl"


class LinkState(TextChoices):
    """What came of asking the address of a link; it is never more than a hint."""

    UNCHECKED = "unchecked", "inte kontrollerad än"
    ANSWERS = "answers", "svarar"
    MISSING = "missing", "sidan finns inte"
    CLOSED = "closed", "svarar, men släpper inte in vår kontroll"
    FAILING = "failing", "svarar med ett fel"
    SILENT = "silent", "svarar inte"
    FORBIDDEN = "forbidden", "kontrolleras inte, adressen är inte öppen på webben"


class FreshnessAnswer(TextChoices):
    """What came of asking whether a contribution still holds."""

    YES = "yes", "stämmer fortfarande"
    CHANGE = "change", "ska ändras"
    WITHDRAW = "withdraw", "ska tas tillbaka"


class Frequency(TextChoices):
    """How often a follower is told."""

    DAILY = "daily", "Högst en gång om dagen"
    WEEKLY = "weekly", "Högst en gång i veckan"


class QueueKind(TextChoices):
    """What sort of thing waits for a moderator."""

    NEW = "new", "Nytt bidrag"
    CHANGE = "change", "Ändring"
    TIP = "tip", "Tips"
    APPLICATION = "application", "Ansökan"
    REPORT = "report", "Anmälan"
    APPEAL = "appeal", "Omprövning"
    HIDING = "hiding", "Dolt bidrag"
    CONNECTION = "connection", "Samband"


class Decision(TextChoices):
    """What a moderator may do with a text that waits."""

    PUBLISH = "publish", "Publicera"
    RETURN = "return", "Be om komplettering"
    DECLINE = "decline", "Säg nej"
    EDIT = "edit", "Rätta själv och publicera"


class Warned(TextChoices):
    """How often the author of a draft has been told that it will be erased."""

    FIRST = "first", "första"
    LAST = "last", "sista"


class Order(TextChoices):
    """How a list of contributions may be ordered; by match when words are asked for."""

    MATCH = "traff", "Bästa träffen först"
    NEWEST = "senaste", "Senaste först"
    OLDEST = "aldsta", "Äldsta först"
    YEAR = "ar", "Nyaste årtal först"
    TITLE = "a-o", "Rubrik, A till Ö"


class Scan(TextChoices):
    """What the virus scanner has said of a file."""

    NONE = "none", "inte kontrollerad"
    WAITING = "waiting", "väntar på kontroll"
    CLEAN = "clean", "kontrollerad"
    INFECTED = "infected", "stoppad"


class People(TextChoices):
    """Who can be recognised in a picture (trust A16)."""

    NOBODY = "nobody", "Nej"
    INFORMED = "informed", "Ja, och de vet att bilden kan publiceras"


class LetterKind(TextChoices):
    """What anybody may write to the moderators without an account."""

    TIP = "tip", "tips"
    REPORT = "report", "anmälan av innehåll"
    ACCESSIBILITY = "accessibility", "brist i tillgängligheten"
    OTHER_FORM = "other_form", "önskan om tillgänglig version"

    @property
    def initials(self):
        """What the number of a letter begins with."""
        return {LetterKind.TIP: "T", LetterKind.REPORT: "A"}.get(self, "L")


class LetterOutcome(TextChoices):
    """What became of a letter."""

    DRAFT = "draft", "blev ett utkast"
    ANSWERED = "answered", "besvarat"
    HIDDEN = "hidden", "innehållet doldes"
    KEPT = "kept", "innehållet står kvar"
    CLOSED = "closed", "avslutat utan åtgärd"


class ConnectionKind(TextChoices):
    """How one prioritering bears on another. The first two point one way: that 4.1.1 a
    supports 4.3.1 b says nothing of the other way round. A conflict has no direction.
    """

    SUPPORTS = "supports", "stöder"
    REQUIRES = "requires", "förutsätter"
    CONFLICTS = "conflicts", "krockar med"

    @property
    def backwards(self):
        """The same, said from the other end."""
        return {
            ConnectionKind.SUPPORTS: "stöds av",
            ConnectionKind.REQUIRES: "är en förutsättning för",
            ConnectionKind.CONFLICTS: "krockar med",
        }[self]


class ConnectionStatus(TextChoices):
    PROPOSED = "proposed", "väntar på granskning"
    APPROVED = "approved", "godkänt"
    DECLINED = "declined", "avböjt"
    WITHDRAWN = "withdrawn", "återtaget"


class MailChoice(TextChoices):
    """How often a moderator wants to be told what waits."""

    DAILY = "daily", "En sammanfattning om dagen"
    EACH = "each", "Ett mejl för varje ärende"
    NONE = "none", "Inga mejl"
