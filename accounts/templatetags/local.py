"""{% local_accounts %}: the ready accounts, on the sign-in page with LOCAL=1."""

from django import template
from django.conf import settings

from accounts import local

register = template.Library()


@register.inclusion_tag("accounts/_local_accounts.html")
def local_accounts():
    if not settings.LOCAL:
        return {"accounts": []}
    return {"accounts": local.accounts(), "password": local.password()}
