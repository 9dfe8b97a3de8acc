"""The API and the tables in words, from the same schema that machines read."""

from dataclasses import dataclass

from livskvalitet.open_data.api import api

_TYPES = {"string": "text", "integer": "heltal", "array": "flera värden"}


@dataclass(frozen=True)
class Parameter:
    name: str
    description: str
    allowed: str


@dataclass(frozen=True)
class Address:
    """What can be asked for at one address of the API."""

    path: str
    summary: str
    description: str
    parameters: list[Parameter]
    answer: str


def addresses() -> list[Address]:
    """Every address of the API, in its own order."""
    schema = api.get_openapi_schema()
    return [_address(path, each["get"]) for path, each in schema["paths"].items()]


def records() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each kind of record with its fields and what they hold."""
    schema = api.get_openapi_schema()
    return [
        (name, _fields(each))
        for name, each in sorted(schema["components"]["schemas"].items())
    ]


def _address(path, operation):
    answer = operation["responses"][200]["content"]["application/json"]["schema"]
    return Address(
        path=path,
        summary=operation["summary"],
        description=operation["description"],
        parameters=[_parameter(each) for each in operation["parameters"]],
        answer=answer["$ref"].rpartition("/")[2],
    )


def _parameter(each):
    schema = each["schema"]
    return Parameter(each["name"], schema.get("description", ""), _allowed(schema))


def _allowed(schema):
    inner = schema.get("items", schema)
    values = inner.get("enum") or filter(None, [inner.get("const")])
    if text := ", ".join(str(value) for value in values):
        return text
    return _TYPES.get(inner.get("type"), "")


def _fields(schema):
    fields = schema.get("properties", {})
    return [(name, each.get("description", "")) for name, each in fields.items()]
