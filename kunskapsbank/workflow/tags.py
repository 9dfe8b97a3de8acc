"""What moderators do with the subjects that people have named.

Each act locks the subjects that it concerns, in the order of their keys, changes the
ties of every version, earlier ones too, and makes the index what it then is. A note of
who did what is kept. Where a subject went, and what it was called, is an alias.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.models import User
from kunskapsbank import findable, permissions
from kunskapsbank.enums import TagAct
from kunskapsbank.exceptions import (
    NotAllowed,
    NothingChosen,
    TagForbidden,
    TagGone,
    TagRenamed,
    TagTaken,
)
from kunskapsbank.models import (
    Tag,
    TagAlias,
    TagEvent,
    TaggedVersion,
    Version,
    tag_key,
)
from kunskapsbank.workflow import text
from search import generation

_SLUG_ROOM = 90  # of 100, so that a number fits after
MAX_NAME = 100


@dataclass(frozen=True)
class Part:
    """What a contribution is to have after a split: the old subject, the new, both."""

    keeps_old: bool
    gets_new: bool


@transaction.atomic
def rename_tag(tag: Tag, *, by: User, name: str, shown: str) -> Tag:
    """Call it something else; what it was called leads to it for good.

    `shown` is the name that it had on the page. Raises NotAllowed, TagGone,
    TagRenamed when somebody else has renamed it, and TagTaken.
    """
    (tag,) = _locked(by, tag)
    name = _named(name)
    if tag.name == name:
        return tag
    if tag.name != shown:
        raise TagRenamed(
            f"tag {tag.pk}", user_message=TagRenamed.user_message.format(tag.name)
        )
    _check_free(tag, name)
    before = tag.name
    _call(tag, name)
    _note(TagAct.RENAMED, before, other=name, by=by)
    findable.refresh(_tied_to(tag))
    return tag


@transaction.atomic
def merge_tags(tag: Tag, *, into: Tag, by: User) -> Tag:
    """Make two subjects one: what had the first gets the other, each once, and all that
    the first was ever called leads to the other. Gives the other.

    Raises NotAllowed, TagGone, NothingChosen for one and the same, and TagForbidden.
    """
    if tag.pk == into.pk:
        raise NothingChosen(f"tag {tag.pk} into itself")
    tag, into = _locked(by, tag, into)
    if into.is_forbidden:
        raise TagForbidden(f"tag {into.pk}", names=[into.name])
    entries = _tied_to(tag)
    _move_ties(tag, into)
    for alias in tag.aliases.all():
        alias.tag = into
        alias.save(update_fields=["tag"])
    key, slug, name = tag.key, tag.slug, tag.name
    tag.delete()
    TagAlias.objects.create(tag=into, key=key, slug=slug)
    _note(TagAct.MERGED, name, other=into.name, by=by)
    findable.refresh(entries)
    return into


@transaction.atomic
def split_tag(tag: Tag, *, by: User, name: str, parts: Mapping[int, Part]) -> Tag:
    """Give some contributions another subject, new or known, beside or instead.

    `parts` is keyed on the entry's key; an entry that is not there keeps what it has.
    Gives the other subject. Raises NotAllowed, TagGone, TagForbidden, TagTaken when
    the name is the subject's own, and NothingChosen unless some contribution gets it
    and each has one of the two.
    """
    is_whole = all(part.keeps_old or part.gets_new for part in parts.values())
    if not is_whole or not any(part.gets_new for part in parts.values()):
        raise NothingChosen(f"tag {tag.pk}")
    _check_may_moderate(by)
    other = _other(tag, name)
    tag, other = _locked(by, tag, other)
    if other.is_forbidden:
        raise TagForbidden(f"tag {other.pk}", names=[other.name])
    ties = TaggedVersion.objects.filter(tag=tag, content_object__entry__in=parts)
    for tie in ties.select_related("content_object"):
        part = parts[tie.content_object.entry_id]
        if part.gets_new:
            _tie(tie.content_object, other)
        if not part.keeps_old:
            tie.delete()
    _note(TagAct.SPLIT, tag.name, other=other.name, by=by)
    findable.refresh(parts)
    return other


@transaction.atomic
def forbid_tag(tag: Tag, *, by: User) -> Tag:
    """Show it nowhere, and let nobody write it; its ties stay. To do it again changes
    nothing. Raises NotAllowed and TagGone."""
    return _set_forbidden(tag, True, act=TagAct.FORBIDDEN, by=by)


@transaction.atomic
def allow_tag(tag: Tag, *, by: User) -> Tag:
    """Show it again wherever it was. Raises NotAllowed and TagGone."""
    return _set_forbidden(tag, False, act=TagAct.ALLOWED, by=by)


def free_slug(name: str, *, own: Tag | None = None) -> str:
    """An address that leads to no other subject, and never did."""
    words = slugify(name)[:_SLUG_ROOM].strip("-") or "amne"
    pk = own.pk if own else None
    others = Tag.objects.exclude(pk=pk).filter(slug__startswith=words)
    left = TagAlias.objects.exclude(tag=pk).filter(slug__startswith=words)
    taken = {each.slug for each in [*others, *left]}
    slug, number = words, 2
    while slug in taken:
        slug, number = f"{words}-{number}", number + 1
    return slug


def _set_forbidden(tag: Tag, is_forbidden: bool, *, act: TagAct, by: User) -> Tag:
    (tag,) = _locked(by, tag)
    if tag.is_forbidden != is_forbidden:
        tag.is_forbidden = is_forbidden
        tag.save(update_fields=["is_forbidden"])
        _note(act, tag.name, by=by)
        findable.refresh(_tied_to(tag))
    return tag


def _check_may_moderate(by: User) -> None:
    if not permissions.can_moderate(by):
        raise NotAllowed(f"user {by.pk} is no moderator")


def _locked(by: User, *tags: Tag) -> list[Tag]:
    """The subjects as they are now, in the order given, locked in one order always.

    After it nobody else changes subjects or what is public until this has ended, so
    that what is tied to them now is all that is.
    """
    _check_may_moderate(by)
    rows = Tag.objects.select_for_update(of=("self",)).order_by("pk")
    found = {each.pk: each for each in rows.filter(pk__in=[tag.pk for tag in tags])}
    if gone := [tag for tag in tags if tag.pk not in found]:
        raise TagGone(f"tag {gone[0].pk}")
    generation.touch()
    return [found[tag.pk] for tag in tags]


def _named(name: str) -> str:
    clean = " ".join(text.plain(name).split())
    if not clean or "," in clean or len(tag_key(clean)) > MAX_NAME:
        raise TagTaken("no name", user_message="Skriv ett namn utan kommatecken.")
    return clean


def _check_free(tag: Tag, name: str) -> None:
    """Raise TagTaken when the name is another subject's, or leads to another."""
    other = Tag.objects.called([tag_key(name)]).get(tag_key(name))
    if other and other.pk != tag.pk:
        said = TagTaken.user_message.format(other.name)
        raise TagTaken(f"tag {other.pk}", user_message=said)


def _call(tag: Tag, name: str) -> None:
    """Give the locked subject a free name; the one before it becomes an alias."""
    key, slug = tag.key, tag.slug
    tag.name, tag.key = name, tag_key(name)
    if tag.key == key:
        tag.save(update_fields=["name"])
        return
    tag.slug = slugify(name) if slugify(name) == slug else free_slug(name, own=tag)
    for alias in tag.aliases.all():
        if alias.key == tag.key:  # what it was called once, and is again
            alias.delete()
    own = {alias.slug: alias for alias in tag.aliases.all()}
    if tag.slug in own:
        own[tag.slug].slug = free_slug(f"{tag.slug}-tidigare")
        own[tag.slug].save(update_fields=["slug"])
    try:
        with transaction.atomic():
            tag.save(update_fields=["name", "key", "slug"])
    except IntegrityError as taken:  # somebody else named it this very moment
        said = TagTaken.user_message.format(name)
        raise TagTaken(f"tag {tag.pk}", user_message=said) from taken
    left = slug if slug != tag.slug else free_slug(f"{slug}-tidigare")
    TagAlias.objects.create(tag=tag, key=key, slug=left)


def _other(tag: Tag, name: str) -> Tag:
    """The subject to split off: the one that is called so, or else a new one."""
    name = _named(name)
    key = tag_key(name)
    other = Tag.objects.called([key]).get(key)
    if other and other.pk == tag.pk:
        said = "Skriv ett annat namn än det som ämnet har."
        raise TagTaken(f"tag {tag.pk}", user_message=said)
    return (
        other
        or Tag.objects.get_or_create(
            key=key, defaults={"name": name, "slug": free_slug(name)}
        )[0]
    )


def _move_ties(tag: Tag, into: Tag) -> None:
    has_both = TaggedVersion.objects.filter(tag=into).values("content_object")
    ties = TaggedVersion.objects.filter(tag=tag)
    ties.filter(content_object__in=has_both).delete()
    ties.update(tag=into)


def _tie(version: Version, tag: Tag) -> None:
    TaggedVersion.objects.get_or_create(content_object=version, tag=tag)


def _tied_to(tag: Tag) -> list[int]:
    """The entries that have the subject in any of their texts."""
    ties = TaggedVersion.objects.filter(tag=tag).order_by()
    return list(ties.values_list("content_object__entry", flat=True).distinct())


def _note(act: TagAct, name: str, *, by: User, other: str = "") -> None:
    TagEvent.objects.create(act=act, name=name, other=other, actor=by)
