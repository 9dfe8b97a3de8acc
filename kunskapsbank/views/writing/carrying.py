"""Keeping what somebody wrote while they sign in again (trust R8).

A form that arrives without a session is kept, for as long as an anonymous session
lives, in the session of the same browser: the last one of each page. It is given back
to the person who was shown the form, and to nobody else: the form says who in a signed
field, and one that does not is not kept at all.
"""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import QueryDict

KEY = "carried"
PAGES = 5  # how many pages' forms are kept, the newest ones
KEPT = "Du har loggats ut. Logga in, så får du tillbaka det du skrev."
_SALT = "who was shown the form"
_NOT_CARRIED = {"csrfmiddlewaretoken"}


def owner_token(user):
    """What a form holds so that its text goes back to this person only."""
    return signing.dumps(user.pk, salt=_SALT)


def sign_in_first(request):
    """To the sign-in page, and back here; what was posted is waiting then."""
    if request.method == "POST" and _owner(request.POST):
        others = {
            path: kept for path, kept in _all(request).items() if path != request.path
        }
        newest = list(others.items())[1 - PAGES :]
        request.session[KEY] = dict([*newest, (request.path, _kept(request))])
        messages.info(request, KEPT)
    return redirect_to_login(request.get_full_path())


def sign_in_url(request):
    """The address of the sign-in page, which leads back here."""
    return redirect_to_login(request.get_full_path()).url


def given_back(request):
    """What was posted here before signing in: a QueryDict, or None.

    The names of files that had been chosen are in its list "files".
    """
    kept = _all(request).get(request.path)
    if not kept:
        return None
    data = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        data.setlist(name, values)
    data.setlist("files", kept["files"])
    return data if _owner(data) == request.user.pk else None


def let_go(request):
    """Forget what was posted here, when it has been saved."""
    kept = _all(request)
    if kept.pop(request.path, None):
        request.session[KEY] = kept


def _all(request):
    return request.session.get(KEY, {})


def _kept(request):
    fields = {
        name: values
        for name, values in request.POST.lists()
        if name not in _NOT_CARRIED
    }
    names = [each.name for each in request.FILES.values()]
    return {"fields": fields, "files": names}


def _owner(data):
    """The pk of the person who was shown the form; None when it does not truly say."""
    try:
        return signing.loads(data.get("who", ""), salt=_SALT)
    except signing.BadSignature:
        return None
