"""What all API modules share: strict bodies, plain answers, pages of lists."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query
from fastapi.routing import APIRoute
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from app.errors import N_, Refused
from app.web.errors import RefusedBody
from app.web.strict_json import read_json

CONTENT_TYPE = N_("Send JSON, with the header Content-Type: application/json.")
BAD_CURSOR = N_("This list has no such place. Start again without “after”.")
T = TypeVar("T")


class StrictRequest(Request):
    """A request whose JSON is read strictly, once."""

    async def body(self) -> bytes:
        body = await super().body()
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if body and kind != "application/json" and not kind.endswith("+json"):
            raise RefusedBody(Refused("content_type", CONTENT_TYPE))
        return body

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            try:
                self._json = read_json(await self.body())
            except Refused as refusal:
                raise RefusedBody(refusal) from None
        return self._json


class JsonRoute(APIRoute):
    """A route that takes JSON and nothing else."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(StrictRequest(request.scope, request.receive))

        return strict


def json_router() -> APIRouter:
    """A router of one noun."""
    return APIRouter(route_class=JsonRoute)


class Body(BaseModel):
    """What a client sends: no field that is not known, no number in a string, no text for true."""

    model_config = ConfigDict(extra="forbid", strict=True)

    def given(self) -> dict[str, Any]:
        """The fields that were sent."""
        return self.model_dump(exclude_unset=True)


class Answer(BaseModel):
    """What a client gets: these fields of a row and no others."""

    model_config = ConfigDict(from_attributes=True)


class Problem(BaseModel):
    """Why something was not done: a code for programs, a sentence for people, a reference by which
    the server's log is searched, and what helps to go on."""

    model_config = ConfigDict(extra="allow")

    code: str
    message: str
    ref: str
    field: str | None = None


class Refusal(BaseModel):
    """What every answer that is none holds."""

    error: Problem


REFUSALS: dict[int | str, dict[str, Any]] = {"4XX": {"model": Refusal}, 503: {"model": Refusal}}


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


# One object or a list of them; the answer has the form of the question.
OneOrMany = Annotated[list[T], BeforeValidator(_listed), Field(min_length=1, max_length=2000)]


async def same_form(request: Request, answers: Sequence[T]) -> T | list[T]:
    """One answer where one was sent, a list where a list was sent."""
    return list(answers) if isinstance(await request.json(), list) else answers[0]


class Page(BaseModel):
    """Which part of a list is wanted."""

    model_config = ConfigDict(extra="forbid")

    after: Annotated[str | None, Field(max_length=64)] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


PageQuery = Annotated[Page, Query()]


class Items(BaseModel):
    """One page of a list; `next` goes into `after`, or is null at the end."""

    items: list[Any]
    next: str | None


def paged(rows: Sequence[Any], page: Page, answer: type[Answer]) -> Items:
    """One page of rows that each have an `id`, as answers."""
    return cut(rows, page, answer.model_validate)


def cut(rows: Sequence[Any], page: Page, as_data: Callable[[Any], Any]) -> Items:
    """One page of rows that each have an `id`, each put into an answer's words."""
    start = 0
    if page.after is not None:
        ids = [row.id for row in rows]
        if page.after not in ids:
            raise Refused("bad_query", BAD_CURSOR, field="after")
        start = ids.index(page.after) + 1
    end = start + page.limit
    found = [as_data(row) for row in rows[start:end]]
    return Items(items=found, next=rows[end - 1].id if end < len(rows) else None)
