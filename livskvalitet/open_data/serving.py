"""The API itself, version 1: how a view of it is registered, and what it refuses.

Interactive documentation is off: its scripts set markup as text, which the site's
policy forbids. `/oppna-data/api/` says the same from the same schema.
"""

from functools import wraps

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from livskvalitet.open_data.asked import NoParameters
from livskvalitet.open_data.identity import absolute
from livskvalitet.open_data.records import Error
from livskvalitet.open_data.refusals import malformed, refusal, unknown

DESCRIPTION = (
    "Bidragen i kunskapsbanken, programmets text, målen omkring det, länkarna som "
    "bidragen pekar på, och uppföljningen: nyckeltal, insatser, samband och rapporter. "
    "API:et läser bara och kräver ingen nyckel. En parameter som inte finns ger svaret "
    "422."
)


class Api(NinjaAPI):
    """Its schema names the site's own address, also when nobody asks for it."""

    def get_openapi_schema(self, **kwargs) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        schema["servers"] = [{"url": absolute("")}]
        return schema


class Renderer(JSONRenderer):
    """Swedish letters as they are."""

    json_dumps_params = {"ensure_ascii": False}


api = Api(
    title="Livskvalitet Helsingborg: öppna data",
    version="1.0.0",
    description=DESCRIPTION,
    docs_url=None,
    renderer=Renderer(),
    urls_namespace="api",
)
api.add_exception_handler(ValidationError, malformed)
api.add_exception_handler(Http404, lambda request, fault: refusal(404))


def reads(path, answer, *, name, summary, may_be_missing=False, may_be_gone=False):
    """Register a view that reads; it is refused parameters that it does not know."""
    answers = {200: answer, 422: Error}
    answers |= {404: Error} if may_be_missing else {}
    answers |= {410: Error} if may_be_gone else {}

    def register(view):
        known = _parameters_of(view)

        @wraps(view)
        def strict(request, *args, **kwargs):
            if strays := set(request.GET) - known:
                return unknown(strays)
            return view(request, *args, **kwargs)

        operation = api.get(
            path,
            response=answers,
            url_name=name,
            operation_id=name,
            summary=summary,
            description=view.__doc__,
        )
        return operation(strict)

    return register


def _parameters_of(view):
    annotation = view.__annotations__.get("asked")
    asked = annotation.__args__[0] if hasattr(annotation, "__args__") else NoParameters
    return {field.alias or name for name, field in asked.model_fields.items()}
