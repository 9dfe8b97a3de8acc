"""Refusals of the API, all in one shape and in Swedish."""

from django.http import HttpRequest, JsonResponse
from ninja.errors import ValidationError

from livskvalitet.open_data.records import Error, Fault

MESSAGES = {
    400: "Anropet går inte att läsa.",
    403: "Anropet är inte tillåtet.",
    404: "Adressen finns inte.",
    405: "Metoden är inte tillåten. Använd GET, HEAD eller OPTIONS.",
    410: "Bidraget visas inte längre.",
    422: "Anropet har fel i en eller flera parametrar.",
    429: "För många anrop på kort tid. Vänta och försök igen.",
    500: "Något gick fel hos oss.",
    503: "Tjänsten kan inte svara just nu. Försök igen om en minut.",
}
UNKNOWN = "Parametern finns inte."
WRONG = "Värdet har fel form."
WRONG_VALUES = {
    "int_parsing": "Värdet ska vara ett heltal.",
    "int_from_float": "Värdet ska vara ett heltal.",
    "greater_than_equal": "Värdet är för litet.",
    "less_than_equal": "Värdet är för stort.",
    "literal_error": "Värdet är inte ett av de tillåtna.",
    "string_too_long": "Värdet är för långt.",
    "too_long": "Parametern är angiven för många gånger.",
}


def refusal(
    status: int, message: str = "", faults: list[Fault] | None = None
) -> JsonResponse:
    """An answer that says what is wrong; `message` is else the usual one."""
    error = Error(
        status=status,
        message=message or MESSAGES.get(status, MESSAGES[400]),
        faults=faults or [],
    )
    return JsonResponse(
        error.model_dump(), status=status, json_dumps_params={"ensure_ascii": False}
    )


def malformed(request: HttpRequest, fault: ValidationError) -> JsonResponse:
    """422 with each parameter that is wrong, once."""
    found = {}
    for each in fault.errors:
        name = next(
            (str(part) for part in reversed(each["loc"]) if isinstance(part, str)), ""
        )
        found.setdefault(name, WRONG_VALUES.get(each["type"], WRONG))
    return refusal(422, faults=_faults(found))


def unknown(names: set[str]) -> JsonResponse:
    """422 for parameters that are not there to be asked with."""
    return refusal(422, faults=_faults(dict.fromkeys(sorted(names), UNKNOWN)))


def _faults(found):
    return [Fault(parameter=name, message=text) for name, text in found.items()]
