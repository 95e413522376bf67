"""The API's documentation as a plain page, drawn from OpenAPI without any script."""

from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.render import pages
from app.web.language import language_of

router = APIRouter(include_in_schema=False)
PREFIX = "/api/v1/"


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    needed: bool


@dataclass(frozen=True)
class Call:
    """One call: what it is, what it takes, what it answers."""

    id: str
    method: str
    path: str
    says: str
    query: list[Field]
    sends: list[Field]
    answers: list[Field]


@dataclass(frozen=True)
class Group:
    """The calls about one noun."""

    name: str
    calls: list[Call] = field(default_factory=list)


@router.get("/api/docs")
async def docs(request: Request) -> HTMLResponse:
    """Every call of the API."""
    groups = grouped(request.app.openapi())
    page = pages.page("pages/api.html", lang=language_of(request), workshop=None, groups=groups)
    return HTMLResponse(page)


def grouped(openapi: dict[str, Any]) -> list[Group]:
    """The calls by noun: the first word of the path that is no id, after `workshops` if there is
    one."""
    groups: dict[str, Group] = {}
    schemas = openapi.get("components", {}).get("schemas", {})
    for path, methods in openapi["paths"].items():
        if path.startswith(PREFIX):
            words = [word for word in path.removeprefix(PREFIX).split("/") if "{" not in word]
            name = words[1] if words[0] == "workshops" and len(words) > 1 else words[0]
            group = groups.setdefault(name, Group(name))
            group.calls.extend(
                _call(method, path, told, schemas) for method, told in methods.items()
            )
    return list(groups.values())


def _call(method: str, path: str, told: dict[str, Any], schemas: dict[str, Any]) -> Call:
    query = [
        Field(one["name"], _kind(one["schema"]), one.get("required", False))
        for one in told.get("parameters", [])
        if one["in"] == "query"
    ]
    done: dict[str, Any] = next(
        (answer for code, answer in told["responses"].items() if code[0] == "2"), {}
    )
    return Call(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        says=told.get("description", ""),
        query=query,
        sends=_fields(told.get("requestBody", {}), schemas),
        answers=_fields(done, schemas),
    )


def _fields(message: dict[str, Any], schemas: dict[str, Any]) -> list[Field]:
    schema = message.get("content", {}).get("application/json", {}).get("schema", {})
    while schema and "properties" not in schema:
        inner = schema.get("items") or (schema.get("anyOf") or [{}])[0]
        name = schema.get("$ref", "").rpartition("/")[2]
        schema = schemas[name] if name else inner
    needed = schema.get("required", [])
    return [
        Field(name, _kind(one), name in needed)
        for name, one in schema.get("properties", {}).items()
    ]


def _kind(schema: dict[str, Any]) -> str:
    """A schema's kind in few words: string, list of string, one of its words, or null."""
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type", ""))
