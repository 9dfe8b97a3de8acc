"""An address for each route of the site, with something in place of every argument."""

from django.urls import get_resolver, reverse
from django.urls.converters import IntConverter

from tests.policy import NAMESPACES, POLICY
from tests.rules import ANONYMOUS

SAMPLES = {
    "edition": "2016",
    "viljeinriktning": "varmt-valkomnande",
    "fokusomrade": "hem-for-alla",
    "chapter": "1-1",
    "number": "1-1",
    "slug": "prov",
    "framework": "prov",
    "rest": "prov/",
    "pk": "1",
    "step": "typ",
    "file_pk": "1",
    "provider_id": "prov",
    "name": "prov.pdf",
    "token": "prov",
    "receipt": "prov",
    "table": "bidrag",
    "key": "1",
    "first": "2016-4-1-1",
    "second": "2016-4-1-2",
    "year": 2020,
    "of_year": 2020,
    "place": "4.1.1",
}


def routes():
    """An address for each route of the site's own; the admin's first page for all."""
    return {address for _, address in _named_routes(get_resolver())}


def routes_that_only_read():
    """Those where nobody sends anything."""
    for name, address in _named_routes(get_resolver()):
        rule = POLICY.get(name) or NAMESPACES[name.partition(":")[0]]
        if rule.allows(ANONYMOUS, "GET") and "POST" not in rule.methods:
            yield address


def _named_routes(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if getattr(pattern, "app_name", "") == "admin":
            yield "admin:index", "/admin/"
        elif hasattr(pattern, "url_patterns"):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _named_routes(pattern, namespace + inner)
        else:
            name = namespace + (pattern.name or str(pattern.pattern))
            yield name, _address(pattern, namespace)


def _address(pattern, namespace):
    wanted = pattern.pattern.converters
    values = {name: SAMPLES[name] for name in wanted}
    if pattern.name:
        return reverse(namespace + pattern.name, kwargs=_fitting(wanted, values))
    address = f"/{pattern.pattern}".replace("^", "")
    for name in wanted:
        address = address.replace(f"<{_marked(address, name)}>", values[name])
    return address


def _fitting(wanted, values):
    """A `number` is a whole number at some addresses, and a letter's at others."""
    return {
        name: 1 if isinstance(wanted[name], IntConverter) else value
        for name, value in values.items()
    }


def _marked(address, name):
    marks = [part.split(">")[0] for part in address.split("<")[1:]]
    return next(mark for mark in marks if mark.split(":")[-1] == name)
