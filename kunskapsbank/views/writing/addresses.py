"""Where the pages of writing lead."""

from django.urls import NoReverseMatch, reverse


def step_url(version, slug):
    return reverse("kunskapsbank:write_step", args=[version.pk, slug])


def address_of(name, *arguments):
    """An address of another part of the site; None while there is no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None


def after_leaving():
    """Where a draft is found again."""
    return address_of("kunskapsbank:my_entries") or reverse("kunskapsbank:write_start")
