"""What a moderator sends and sees at the review page, for the tests of it."""

from kunskapsbank.models import Version


def at(version, act=""):
    return f"/granska/{version.pk}/{act}"


def text(response):
    return " ".join(response.content.decode().split())


def decision(version, decision="publish", over=None, **more):
    return {
        "lock": version.lock,
        "over": over.pk if over else "",
        "decision": decision,
        "message": "",
        **more,
    }


def is_now(version):
    return Version.objects.get(pk=version.pk)
