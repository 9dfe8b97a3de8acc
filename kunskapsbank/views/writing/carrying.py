"""Keeping what somebody wrote while they sign in again (trust R8).

A form that arrives without a session is kept, for as long as an anonymous session
lives, in the session of the same browser. It is given back to the person who was shown
the form, and to nobody else: the form says who in a signed field.
"""

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import QueryDict

KEY = "carried"
ROOM = 200_000  # characters; a form with every text too long by far fits
_SALT = "who was shown the form"
_NOT_CARRIED = {"csrfmiddlewaretoken"}


def owner_token(user):
    """What a form holds so that its text goes back to this person only."""
    return signing.dumps(user.pk, salt=_SALT)


def sign_in_first(request):
    """To the sign-in page, and back here; what was posted is waiting then."""
    if request.method == "POST" and (kept := _kept(request)):
        request.session[KEY] = kept
    return redirect_to_login(request.get_full_path())


def sign_in_url(request):
    """The address of the sign-in page, which leads back here."""
    return redirect_to_login(request.get_full_path()).url


def given_back(request):
    """What was posted here before signing in: a QueryDict, or None.

    The names of files that had been chosen are in its list "files".
    """
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path or not _is_owner(request.user, kept):
        return None
    data = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        data.setlist(name, values)
    data.setlist("files", kept["files"])
    return data


def let_go(request):
    """Forget it, when it has been saved or belongs to somebody else."""
    request.session.pop(KEY, None)


def _kept(request):
    fields = {
        name: values
        for name, values in request.POST.lists()
        if name not in _NOT_CARRIED
    }
    size = sum(len(value) for values in fields.values() for value in values)
    if size > ROOM:
        return None
    names = [each.name for each in request.FILES.values()]
    return {"path": request.path, "fields": fields, "files": names}


def _is_owner(user, kept):
    [token] = kept["fields"].get("who", [""])[-1:]
    try:
        return signing.loads(token, salt=_SALT) == user.pk
    except signing.BadSignature:
        return False
