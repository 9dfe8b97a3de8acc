"""Faults to Sentry, when SENTRY_DSN is set: where in the code, and nothing of whom.

A fault is of use without what a person wrote, so what could hold that is left out here
and not asked of the receiver to forget.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from livskvalitet.logs import scrubbed

# What is kept of a request; its address may hold a code or words.
_KEPT = {"method"}


def start() -> None:
    """Does nothing without SENTRY_DSN."""
    if not settings.SENTRY_DSN:
        return
    try:
        import sentry_sdk
        from sentry_sdk.integrations.logging import ignore_logger
    except ImportError as fault:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, and sentry-sdk is not installed: install "
            "requirements-server.txt, or unset SENTRY_DSN."
        ) from fault
    # Each 5xx is a line there; the fault itself is told by Django.
    ignore_logger("livskvalitet.request")
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        release=settings.RELEASE,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        before_send=without_persons,
    )


def without_persons(event: Any, hint: Any) -> Any:
    """The fault without who had it, what they sent and where they were."""
    for part in ("user", "breadcrumbs", "server_name", "extra", "tags"):
        event.pop(part, None)
    if "logentry" in event:  # without what is put into it
        event["logentry"] = {"message": scrubbed(str(event["logentry"].get("message")))}
    if event.get("transaction_info", {}).get("source") != "route":
        event.pop("transaction", None)  # an address, and not the pattern of one
    request = event.get("request", {})
    event["request"] = {key: value for key, value in request.items() if key in _KEPT}
    for fault in event.get("exception", {}).get("values", []):
        fault["value"] = scrubbed(str(fault.get("value", "")))
        for frame in fault.get("stacktrace", {}).get("frames", []):
            frame.pop("vars", None)
    return event
