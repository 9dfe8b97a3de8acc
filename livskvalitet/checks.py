"""What `manage.py check --deploy` warns of."""

from django.conf import settings
from django.core.checks import Warning, register

from livskvalitet import publisher
from livskvalitet.environment import is_loopback

# What psycopg may do without encryption, or without knowing who answers.
LAX_TLS = {"", "disable", "allow", "prefer"}


@register(deploy=True)
def check_publisher(app_configs, **kwargs):
    """The catalogue lacks what DCAT-AP-SE demands until the publisher is named."""
    return [
        Warning(
            f"{name} is missing or cannot be read: the catalogue of open data lacks "
            "what DCAT-AP-SE 3.0.1 demands.",
            hint=f"Set {name}.",
            id="livskvalitet.W001",
        )
        for name in publisher.missing()
    ]


@register(deploy=True)
def check_encrypted_on_the_way(app_configs, **kwargs):
    """What goes to another machine is encrypted on its way there (trust 12.3.1)."""
    database = settings.DATABASES["default"]
    host = database.get("HOST") or ""
    is_lax = database.get("OPTIONS", {}).get("sslmode", "") in LAX_TLS
    if _is_another_machine(host) and is_lax:
        yield Warning(
            f"The database at {host} is talked to in clear.",
            hint="Add ?sslmode=verify-full and &sslrootcert= to DATABASE_URL, as "
            "deploy/env.example has them.",
            id="livskvalitet.W002",
        )
    is_clear = not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL)
    by_smtp = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    if by_smtp and _is_another_machine(settings.EMAIL_HOST) and is_clear:
        yield Warning(
            f"The mail server {settings.EMAIL_HOST} is talked to in clear.",
            hint="Set EMAIL_URL to submission:// or smtps://.",
            id="livskvalitet.W003",
        )


def _is_another_machine(host):
    """A folder is a socket of this one."""
    return bool(host) and not host.startswith("/") and not is_loopback(host)
