"""Tags and organisations that people name: the one there is, or else a new one."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from kunskapsbank.enums import OrganisationKind
from kunskapsbank.exceptions import TagForbidden
from kunskapsbank.models import Organisation, Tag, tag_key
from kunskapsbank.workflow import text
from kunskapsbank.workflow.tags import free_slug

_SLUG_ROOM = 100  # of 120, so that a number fits after


def tags_named(names: list[str]) -> list[Tag]:
    """A tag for each name, each once, whatever letters are capital; a name that one
    had before gives that one. Raises TagForbidden for those that may not be used."""
    wanted = {tag_key(name): " ".join(text.plain(name).split()) for name in names}
    known = Tag.objects.called([key for key in wanted if key])
    if forbidden := [wanted[key] for key, tag in known.items() if tag.is_forbidden]:
        raise TagForbidden("forbidden tags", names=forbidden)
    tags = [known.get(key) or _tag(key, name) for key, name in wanted.items() if key]
    return list({tag.pk: tag for tag in tags}.values())


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
            about = {"name": name, "slug": free_slug(name)}
            return Tag.objects.get_or_create(key=key, defaults=about)[0]
    except IntegrityError:  # somebody else named it this very moment
        return Tag.objects.get(key=key)
