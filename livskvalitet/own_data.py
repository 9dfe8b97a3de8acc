"""All that the site knows of a person, gathered from every app (trust A15).

What is told is plain values under Swedish names, since it is read by the person.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.models import Application, Invitation, RoleAssignment, User
from kunskapsbank.followed_lists import followed
from kunskapsbank.models import (
    Actor,
    Connection,
    ConnectionEvent,
    InternalNote,
    Letter,
    LetterReply,
    LicenceGrant,
    MailPreference,
    OwnerOffer,
    ReviewEvent,
    StoredFile,
    Subscription,
    Version,
)
from kunskapsbank.workflow.text import as_data
from uppfoljning.models import (
    Assessment,
    AssessmentEvent,
    Initiative,
    InitiativeEvent,
    InitiativeText,
    ValueUpload,
)
from uppfoljning.workflow.initiative_texts import as_data as initiative_data

Told = dict[str, object]


def gather(user: User) -> Told:
    """Everything, in parts; names of others are left out of it."""
    return {
        "konto": _account(user),
        "roller": _roles(user),
        "inloggning": _ways_in(user),
        "inbjudningar": _invitations(user),
        "ansökningar": _applications(user),
        "bidrag": _contributions(user),
        "händelser": _events(user),
        "upplåtelser": _licences(user),
        "filer": _files(user),
        "tips och rapporter": _letters(user),
        "samband": _connections(user),
        "det du följer": _followed(user),
        "erbjudanden om att äga": _offers(user),
        "anteckningar och svar som moderator": _as_moderator(user),
        "texter om insatser": _initiative_texts(user),
        "det du har gjort med insatser": _initiative_events(user),
        "lägesbedömningar som är fördelade till dig": _assessments(user),
        "det du har gjort med lägesbedömningar": _assessment_events(user),
        "värden som du har läst in": _uploads(user),
    }


def in_parts(told: Told) -> list[Told]:
    """The same for a page: parts with a title and rows of terms and texts.

    A contribution's own text is left to its page and to the file.
    """
    parts = []
    for title, value in told.items():
        if isinstance(value, list):
            parts.append(_part(title, value))
        elif isinstance(value, dict):
            lists = {name: rows for name, rows in value.items() if _is_rows(rows)}
            facts = {name: fact for name, fact in value.items() if name not in lists}
            parts += [_part(title, [facts])] if facts else []
            parts += [_part(name, rows) for name, rows in lists.items()]
    return [part for part in parts if part["rows"]]


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _part(title: str, rows: list[Told]) -> Told:
    pairs = [[_pair(*each) for each in row.items() if each[1]] for row in rows]
    return {
        "title": f"{title[:1].upper()}{title[1:]}",
        "rows": [[pair for pair in row if pair["text"]] for row in pairs if row],
    }


def _pair(name: str, value: object) -> dict[str, str]:
    return {"term": f"{name[:1].upper()}{name[1:]}", "text": _in_words(value)}


def _in_words(value: object) -> str:
    if value is True:
        return "ja"
    if isinstance(value, datetime):
        return date_format(localtime(value), "j F Y H.i")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if isinstance(value, dict) else str(value)


def _account(user: User) -> Told:
    return {
        "e-postadress": user.email,
        "namn": user.name,
        "roll": user.role or "ingen roll",
        "öppet": user.is_active,
        "skapat": user.date_joined,
        "senaste inloggning": user.last_login,
        "har lösenord": user.has_usable_password(),
        "adresser": list(
            EmailAddress.objects.filter(user=user).values_list("email", flat=True)
        ),
    }


def _roles(user: User) -> list[Told]:
    changes = RoleAssignment.history.filter(user_id=user.pk).order_by("history_id")
    return [
        {"roll": each.role or "ingen roll", "när": each.history_date}
        for each in changes
    ]


def _ways_in(user: User) -> Told:
    return {
        "andra steg": [
            {"slag": each.get_type_display(), "tillagt": each.created_at}
            for each in Authenticator.objects.filter(user=user)
        ],
        "inloggningar": [
            {
                "IP-adress": each.ip,
                "webbläsare": each.user_agent,
                "började": each.created_at,
                "sågs senast": each.last_seen_at,
            }
            for each in UserSession.objects.filter(user=user)
        ],
        "andra inloggningstjänster": [
            {"tjänst": each.provider, "id": each.uid}
            for each in SocialAccount.objects.filter(user=user)
        ],
    }


def _invitations(user: User) -> list[Told]:
    return [
        {
            "roll": each.role,
            "meddelande": each.message,
            "skapad": each.created_at,
            "gäller till": each.expires_at,
            "använd": each.used_at,
            "återkallad": each.revoked_at,
        }
        for each in Invitation.objects.filter(email__iexact=user.email)
    ]


def _applications(user: User) -> list[Told]:
    return [
        {
            "nummer": each.number,
            "namn": each.name,
            "organisation": each.organisation,
            "varför": each.reason,
            "skickad": each.created_at,
            "besvarad": each.answered_at,
            "svar": each.answer,
        }
        for each in Application.objects.filter(email__iexact=user.email)
    ]


def _contributions(user: User) -> list[Told]:
    versions = Version.objects.filter(author=user).select_related("entry")
    return [
        {
            "nummer": version.entry.number,
            "version": version.number,
            "läge": version.get_status_display(),
            "namn som visas": version.get_public_name_display(),
            "visas som": version.byline,
            "skapad": version.created_at,
            "inskickad": version.submitted_at,
            "publicerad": version.published_at,
            "text": as_data(version),
        }
        for version in versions.order_by("entry_id", "number")
    ]


def _events(user: User) -> list[Told]:
    refs = Actor.objects.filter(user=user).values("ref")
    events = ReviewEvent.objects.filter(actor_ref__in=refs)
    return [
        {
            "bidrag": event.entry.number,
            "version": event.version_number,
            "händelse": event.get_act_display(),
            "när": event.happened_at,
            "meddelande": event.detail.message if hasattr(event, "detail") else "",
        }
        for event in events.select_related("entry", "detail").order_by("happened_at")
    ]


def _licences(user: User) -> list[Told]:
    grants = LicenceGrant.objects.filter(granted_by=user).select_related("version")
    return [
        {
            "licens": each.licence,
            "text": each.version.title,
            "när": each.granted_at,
        }
        for each in grants.order_by("granted_at", "pk")
    ]


def _files(user: User) -> list[Told]:
    files = StoredFile.objects.filter(uploaded_by=user).order_by("pk")
    return [
        {"kontrollsumma": each.hash, "typ": each.content_type, "byte": each.size}
        for each in files
    ]


def _letters(user: User) -> list[Told]:
    letters = Letter.objects.filter(email__iexact=user.email).order_by("pk")
    return [
        {
            "slag": each.get_kind_display(),
            "namn": each.name,
            "text": each.text,
            "skickat": each.created_at,
        }
        for each in letters
    ]


def _connections(user: User) -> list[Told]:
    proposed = Connection.objects.proposed_by(user).with_ends()
    return [
        {
            "nummer": each.number,
            "samband": each.title,
            "mening": each.sentence,
            "bidrag": [str(entry) for entry in each.entries.order_by("pk")],
            "länk": each.link,
            "länkens namn": each.link_title,
            "läge": each.get_status_display(),
            "föreslaget": each.proposed_at,
            "beslutat": each.decided_at,
            "svar": [event.message for event in each.events.all() if event.message],
        }
        for each in proposed.order_by("pk")
    ]


def _followed(user: User) -> list[Told]:
    return [
        {
            "lista": followed(each.query).in_words(),
            "hur ofta": each.get_frequency_display(),
            "e-postadress": each.email,
            "begärt": each.created_at,
            "bekräftat": each.confirmed_at,
        }
        for each in Subscription.objects.belonging_to(user)
    ]


def _offers(user: User) -> list[Told]:
    offers = OwnerOffer.objects.filter(recipient=user).select_related("entry")
    return [
        {
            "bidrag": each.entry.number,
            "när": each.offered_at,
            "tackade ja": each.accepted,
        }
        for each in offers
    ]


def _initiative_texts(user: User) -> list[Told]:
    texts = InitiativeText.objects.filter(author=user).order_by("pk")
    return [
        {
            "nummer": text.number,
            "rubrik": text.title,
            "läge": text.get_status_display(),
            "skapad": text.created_at,
            "inskickad": text.submitted_at,
            "beslutad": text.decided_at,
            "text": initiative_data(text),
        }
        for text in texts
    ]


def _initiative_events(user: User) -> list[Told]:
    events = InitiativeEvent.objects.filter(actor=user).select_related("text")
    acts = [
        {
            "insats": event.text.number,
            "läge": event.get_to_status_display(),
            "när": event.happened_at,
            "meddelande": event.message,
        }
        for event in events
    ]
    changed = Initiative.objects.filter(state_by=user).order_by("state_at")
    return acts + [
        {
            "insats": each.title,
            "läge": each.get_state_display(),
            "när": each.state_at,
            "meddelande": each.state_reason,
        }
        for each in changed
    ]


def _assessments(user: User) -> list[Told]:
    rows = Assessment.objects.filter(assignee=user).with_places().in_order()
    return [
        {
            "fokusområde": each.fokusomrade.number,
            "period": each.report.period,
            "läge": each.get_status_display(),
            "fördelad": each.assigned_at,
            "påmind": each.reminded_at,
            "text": {"lägesbedömning": each.text},
        }
        for each in rows
    ]


def _assessment_events(user: User) -> list[Told]:
    events = AssessmentEvent.objects.filter(actor=user)
    related = events.select_related("assessment__fokusomrade", "assessment__report")
    return [
        {
            "fokusområde": each.assessment.fokusomrade.number,
            "period": each.assessment.report.period,
            "läge": each.get_to_status_display(),
            "när": each.happened_at,
            "meddelande": each.message,
        }
        for each in related
    ]


def _uploads(user: User) -> list[Told]:
    uploads = ValueUpload.objects.filter(uploaded_by=user).order_by("pk")
    return [{"inläst": each.uploaded_at, "nya": each.new_count} for each in uploads]


def _as_moderator(user: User) -> Told:
    preference = MailPreference.objects.filter(user=user).first()
    decided = ConnectionEvent.objects.filter(actor=user).exclude(
        connection__proposer=user
    )
    return {
        "beslut om samband": [
            {
                "nummer": each.connection.number,
                "beslut": each.get_to_status_display(),
                "meddelande": each.message,
                "när": each.happened_at,
            }
            for each in decided.select_related("connection")
        ],
        "mejl": preference.get_choice_display() if preference else "",
        "anteckningar": [
            {"text": each.text, "när": each.written_at}
            for each in InternalNote.objects.filter(author=user)
        ],
        "svar på tips och rapporter": [
            {"text": each.text, "när": each.sent_at}
            for each in LetterReply.objects.filter(author=user)
        ],
    }
