"""Addresses of the list of contributions in each of its states."""

from django.urls import reverse
from django.utils.http import urlencode

from programme.models import Fokusomrade, Prioritering


def entry_list_address(place):
    """The list of the contributions to a viljeinriktning, fokusområde or
    prioritering."""
    if isinstance(place, Prioritering):
        query = {"prio": place.slug}
    elif isinstance(place, Fokusomrade):
        query = {"fokus": place.number}
    else:
        query = {"vilja": place.key}
    return f"{reverse('kunskapsbank:entry_list')}?{urlencode(query)}"
