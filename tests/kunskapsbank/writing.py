"""Filling in the steps of a contribution, as a browser does."""

from uuid import uuid4

from django.urls import reverse

from kunskapsbank.models import Version
from programme.models import Prioritering


def at(version, step="beratta"):
    return reverse("kunskapsbank:write_step", args=[version.pk, step])


def post(client, version, step="beratta", **values):
    version.refresh_from_db()
    return client.post(at(version, step), {"lock": version.lock, **values})


def html_of(response):
    return response.content.decode()


def send(client, version, **values):
    ticks = {"grants_licence": "on", "key": str(uuid4())}
    return post(client, version, "kontrollera", **{**ticks, **values})


def autosave(
    client, version, *, step="beratta", sequence=1, tab="flik", lock=None, **values
):
    version.refresh_from_db()
    address = reverse("kunskapsbank:autosave", args=[version.pk])
    data = {
        "step": step,
        "lock": version.lock if lock is None else lock,
        "tab": tab,
        "sequence": sequence,
        "changed": list(values),
        **values,
    }
    return client.post(address, data, headers={"accept": "application/json"})


def stored(version):
    return Version.objects.get(pk=version.pk)


def who_of(client, version, step="beratta"):
    """What the page holds that says to whom it was shown."""
    html = html_of(client.get(at(version, step)))
    return html.partition('name="who" value="')[2].partition('"')[0]


def first_prioritering():
    return Prioritering.objects.first().pk
