"""Tags and organisations that people name: the one there is, or else a new one."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from kunskapsbank.enums import OrganisationKind
from kunskapsbank.models import Organisation, Tag, tag_key
from kunskapsbank.workflow import text

_SLUG_ROOM = 100  # of 120, so that a number fits after


def tags_named(names: list[str]) -> list[Tag]:
    """A tag for each name, each once, whatever letters are capital."""
    wanted = {tag_key(name): " ".join(text.plain(name).split()) for name in names}
    return [_tag(key, name) for key, name in wanted.items() if key]


def organisation_named(
    name: str, kind: str = OrganisationKind.OTHER
) -> Organisation | None:
    """The organisation with this name, whatever letters are capital; None for none."""
    name = " ".join(text.plain(name).split())
    if not name:
        return None
    wanted = tag_key(name)
    for each in Organisation.objects.order_by("pk"):
        if tag_key(each.name) == wanted:
            return each
    slug = slugify(name)[:_SLUG_ROOM].strip("-") or "organisation"
    taken = Organisation.objects.filter(slug__startswith=slug).count()
    if Organisation.objects.filter(slug=slug).exists():
        slug = f"{slug}-{taken + 1}"
    return Organisation.objects.create(name=name, kind=kind, slug=slug)


def _tag(key: str, name: str) -> Tag:
    try:
        with transaction.atomic():
            return Tag.objects.get_or_create(key=key, defaults={"name": name})[0]
    except IntegrityError:  # somebody else named it this very moment
        return Tag.objects.get(key=key)
