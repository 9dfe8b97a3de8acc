"""What an author does with a text about an initiative: begin, save, begin another.

Nothing here moves a text; `uppfoljning.workflow.initiatives` does.
"""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from kunskapsbank.checks import personal_numbers
from kunskapsbank.workflow.text import plain
from uppfoljning import permissions
from uppfoljning.enums.initiatives import InitiativeStatus, Progress
from uppfoljning.exceptions.initiatives import (
    AlreadyWaiting,
    Incomplete,
    KeyUsed,
    NotAllowed,
    NotEditable,
    StaleInitiative,
    Withdrawn,
)
from uppfoljning.models import Initiative, InitiativeText
from uppfoljning.models.initiatives import InitiativeContent

WORDS = ("title", "summary", "description", "effect", "evidence")
FACTS = ("progress", "period_start", "period_end")
TIES = ("prioriteringar", "entries", "indicators")
# Who is to answer for it, until it is published and is one organisation.
WHOSE = ("organisation", "organisation_name", "organisation_kind")
_PLEASE = {
    "title": "Skriv en rubrik",
    "summary": "Skriv kort vad ni gör",
    "progress": "Välj hur långt ni har kommit",
    "period_start": "Skriv vilket år det började eller ska börja",
    "prioriteringar": "Välj minst en prioritering",
}
_WHY_NOT = {
    InitiativeStatus.SUBMITTED: (
        "Texten är inskickad och kan inte ändras medan den väntar på beslut. Ta "
        "tillbaka den först, om du vill skriva mer."
    ),
    InitiativeStatus.PUBLISHED: "Texten är publicerad. Föreslå en ändring i stället.",
    InitiativeStatus.REPLACED: (
        "Det här är en äldre text. Föreslå en ändring av den som är publicerad."
    ),
    InitiativeStatus.DECLINED: "Texten är avböjd och kan inte ändras.",
}


def start_initiative(
    *, by: User, key: UUID | None = None, **values: Any
) -> InitiativeText:
    """Begin a new initiative; the same `key` again gives the same draft.

    Raises NotAllowed, and KeyUsed when the key is somebody else's.
    """
    if not permissions.can_contribute(by):
        raise NotAllowed(f"user {by.pk} may not tell of initiatives")
    if begun := _begun_with(key, by):
        return begun
    try:
        with transaction.atomic():
            text = InitiativeText(author=by, creation_key=key)
            _write(text, values)
            return text
    except IntegrityError:  # the other half of a double click came first
        if begun := _begun_with(key, by):
            return begun
        raise


@transaction.atomic
def save_initiative(
    text: InitiativeText, *, by: User, lock: int, **values: Any
) -> InitiativeText:
    """Store what has been written so far; nothing is required of a draft.

    `lock` is that of the text that was shown. Raises NotAllowed, NotEditable, and
    StaleInitiative when it has been saved in between.
    """
    text = lock_text(text)
    check_may_write(text, by=by)
    if lock != text.lock:
        raise StaleInitiative(f"text {text.pk}: {lock}", stored=as_data(text))
    _write(text, values)
    return text


@transaction.atomic
def propose_initiative_change(
    initiative: Initiative, *, by: User, words_of: InitiativeText | None = None
) -> InitiativeText:
    """A draft of the published text with all its ties; the old one stays up.

    It begins with other words if `words_of` says whose. Whoever has such a draft
    already gets that one. Raises NotAllowed, Withdrawn, and AlreadyWaiting when their
    change waits for a decision.
    """
    if not permissions.can_contribute(by):
        raise NotAllowed(f"user {by.pk} may not tell of initiatives")
    initiative = lock_initiative(initiative)
    if not initiative.is_open:
        raise Withdrawn(f"initiative {initiative.pk}")
    mine = initiative.texts.filter(author=by)
    if mine.filter(status=InitiativeStatus.SUBMITTED).exists():
        raise AlreadyWaiting(f"initiative {initiative.pk}, user {by.pk}")
    if begun := mine.unfinished().last():
        return begun
    text = InitiativeText(author=by, initiative=initiative)
    whose = {"organisation": initiative.organisation}
    _write(text, copied(words_of or initiative) | whose)
    return text


@transaction.atomic
def copy_declined_initiative(text: InitiativeText, *, by: User) -> InitiativeText:
    """A new draft that begins as the declined text, of the same initiative if any.

    What a decision was about stands as it was. Whoever has begun a change of the
    initiative gets that one. Raises NotAllowed, Withdrawn, and NotEditable when the
    text is not declined.
    """
    text = lock_text(text)
    if not permissions.can_write_initiative(by, text):
        raise NotAllowed(f"user {by.pk} may not copy text {text.pk}")
    if text.status != InitiativeStatus.DECLINED:
        raise NotEditable(
            f"text {text.pk} is {text.status}",
            user_message="Bara en avböjd text kan kopieras till ett nytt utkast.",
        )
    if text.initiative:
        return propose_initiative_change(text.initiative, by=by, words_of=text)
    copy = InitiativeText(author=by)
    _write(copy, _values_of(text))
    return copy


@transaction.atomic
def erase_initiative_draft(text: InitiativeText, *, by: User) -> None:
    """Take away a draft that nobody but its author has seen.

    Raises NotAllowed, and NotEditable when it has been handed in.
    """
    text = lock_text(text)
    check_may_write(text, by=by)
    if text.submitted_at or text.status != InitiativeStatus.DRAFT:
        raise NotEditable(
            f"text {text.pk} has been handed in",
            user_message="Texten har varit inskickad, och då sparas den.",
        )
    text.delete()


def check_complete(text: InitiativeText) -> None:
    """Raise Incomplete, with what to do about each field that is not ready."""
    if faults := faults_of(_values_of(text)):
        raise Incomplete(f"text {text.pk} is incomplete", faults=faults)


def faults_of(values: dict[str, Any]) -> dict[str, str]:
    """What is missing, or must go, in values that are to be handed in; by field."""
    faults = {name: said for name, said in _PLEASE.items() if not values[name]}
    if not (values["organisation"] or values["organisation_name"]):
        faults["organisation"] = "Välj vilken nämnd, förvaltning eller bolag det gäller"
    elif not (values["organisation"] or values["organisation_kind"]):
        faults["organisation_kind"] = "Välj vad det är för slags organisation"
    for name in WORDS:
        if found := personal_numbers(values[name]):
            faults[name] = f"Ta bort personnumret {found[0]}"
    return faults


def why_not_editable(text: InitiativeText) -> str:
    """What to do instead of writing in it, in Swedish; empty if one may write."""
    return _WHY_NOT.get(InitiativeStatus(text.status), "")


def check_may_write(text: InitiativeText, *, by: User) -> None:
    """Raise NotAllowed or NotEditable unless `by` may change the text now."""
    if not permissions.can_write_initiative(by, text):
        raise NotAllowed(f"user {by.pk} may not write in text {text.pk}")
    if why := why_not_editable(text):
        raise NotEditable(f"text {text.pk} is {text.status}", user_message=why)


def copied(source: InitiativeContent) -> dict[str, Any]:
    """The words, facts and ties of a text or an initiative, ready to be stored."""
    values = {name: getattr(source, name) for name in (*WORDS, *FACTS)}
    return values | {name: list(getattr(source, name).all()) for name in TIES}


def as_data(text: InitiativeText) -> dict[str, Any]:
    """The whole text as plain values, to be compared."""
    return data_of(_values_of(text))


def data_of(values: dict[str, Any]) -> dict[str, Any]:
    """The same of values that may become a text: choices as their labels, and ties as
    names in order."""
    start, end = values["period_start"], values["period_end"]
    progress, organisation = values["progress"], values["organisation"]
    named = organisation.name if organisation else values["organisation_name"]
    return {name: plain(values[name]) for name in WORDS} | {
        "progress": Progress(progress).label if progress else "",
        "period": InitiativeText(period_start=start, period_end=end).period,
        "organisation": named,
        "prioriteringar": sorted(each.slug for each in values["prioriteringar"]),
        "entries": [f"B-{pk}" for pk in sorted(each.pk for each in values["entries"])],
        "indicators": sorted(each.title for each in values["indicators"]),
    }


def store(content: InitiativeContent, values: dict[str, Any]) -> None:
    """Save the values in a row that the caller has locked, or that is new."""
    fields = {name: value for name, value in values.items() if name not in TIES}
    for name, value in fields.items():
        setattr(content, name, value)
    content.save()
    for name in values.keys() & set(TIES):
        getattr(content, name).set(values[name])


def lock_initiative(initiative: Initiative) -> Initiative:
    """The initiative as it is now, locked until the transaction ends."""
    return Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)


def lock_text(text: InitiativeText) -> InitiativeText:
    """The text as it is now, locked, and its initiative with it, so that no two texts
    of one initiative are moved at once."""
    initiative_pk = InitiativeText.objects.values_list("initiative", flat=True)
    known = initiative_pk.get(pk=text.pk)
    initiative = lock_initiative(Initiative(pk=known)) if known else None
    locked = InitiativeText.objects.select_for_update(of=("self",)).get(pk=text.pk)
    if initiative:
        locked.initiative = initiative
    return locked


def _values_of(text: InitiativeText) -> dict[str, Any]:
    return copied(text) | {name: getattr(text, name) for name in WHOSE}


def _write(text: InitiativeText, values: dict[str, Any]) -> None:
    if unknown := values.keys() - {*WORDS, *FACTS, *TIES, *WHOSE}:
        raise TypeError(f"not part of a text: {', '.join(sorted(unknown))}")
    clean = {
        name: plain(value) if isinstance(value, str) else value
        for name, value in values.items()
    }
    text.lock += 1
    text.saved_at = timezone.now()
    store(text, clean)


def _begun_with(key: UUID | None, by: User) -> InitiativeText | None:
    begun = InitiativeText.objects.filter(creation_key=key).first() if key else None
    if begun and begun.author_id != by.pk:
        raise KeyUsed(f"text {begun.pk}")
    return begun
