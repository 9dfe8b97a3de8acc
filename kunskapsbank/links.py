"""Which addresses a text points to, and what they answered when last asked.

`check_links` is a task: a page never waits for another server.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django_tasks import task

from kunskapsbank import asking, markdown
from kunskapsbank.comparison import label_of
from kunskapsbank.enums import LinkState
from kunskapsbank.models import Link, Version

TEXTS = ("background", "implementation", "result", "lessons")
MOST = 50  # addresses of one text that are asked


@dataclass(frozen=True)
class Address:
    """An address in a text: the field it stands in, and the link's own words."""

    url: str
    place: str
    label: str


def addresses_in(version: Version) -> list[Address]:
    """Every web address of the text, each once, in the order that readers meet them."""
    found: dict[str, Address] = {}
    for address in _all_addresses(version):
        if address.url.startswith(("https://", "http://")):
            found.setdefault(address.url, address)
    return list(found.values())


def _all_addresses(version: Version) -> Iterator[Address]:
    if version.address:
        yield Address(version.address, label_of("address"), "")
    for name in TEXTS:
        for url, label in markdown.links(getattr(version, name)):
            yield Address(url, label_of(name), label)


def last_answers(version: Version) -> list[tuple[Address, Link]]:
    """Each address with what is known of it; one that was never asked is unsaved."""
    known = {link.url: link for link in Link.objects.filter(entry=version.entry_id)}
    return [
        (
            address,
            known.get(address.url) or Link(entry_id=version.entry_id, url=address.url),
        )
        for address in addresses_in(version)
    ]


@task()
def check_links(version_pk: int) -> None:
    """Ask every address of a text, and note the answers."""
    version = Version.objects.get(pk=version_pk)
    for address in addresses_in(version)[:MOST]:
        note(version.entry_id, address.url, asking.ask(address.url))


def note(entry_id: int, url: str, answer: asking.Answer) -> Link:
    """Keep what an address answered now."""
    link, _ = Link.objects.update_or_create(
        entry_id=entry_id,
        url=url,
        defaults={
            "state": LinkState(answer.state),
            "status_code": answer.status,
            "checked_at": timezone.now(),
        },
    )
    return link
