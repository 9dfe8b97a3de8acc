"""A form that could not be taken in, as its sender gets it back to send again."""

from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.middleware.csrf import get_token

# Forms whose fields are never written in a page: passwords, and the editors' own.
NOT_SHOWN_AGAIN = ("/konto/", "/admin/")


def of(request: HttpRequest) -> dict[str, object] | None:
    """What the page needs; None when nothing of the form may be shown.

    A form from elsewhere is never shown: a browser says in Origin where a form was.
    """
    if not _is_from_our_page(request) or request.path.startswith(NOT_SHOWN_AGAIN):
        return None
    try:
        fields = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken"
        ]
        chosen = [each.name for _, files in request.FILES.lists() for each in files]
    except UnreadablePostError:  # the sender has gone
        return None
    return {
        "address": request.get_full_path(),
        "fields": fields,
        "files": chosen,
        # Keys and numbers are one word; what somebody put into words is more.
        "written": [value for _, value in fields if len(value.split()) > 1],
        "csrf_token": get_token(request),
    }


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _is_from_our_page(request: HttpRequest) -> bool:
    origin = f"{request.scheme}://{request.get_host()}"
    return request.method == "POST" and request.headers.get("Origin") == origin
