"""Mail: people's own links, sent to the addresses on the list."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from app.actions.mail import send_links
from app.errors import Conflict
from app.policy import may_organise, require
from app.queries import mail as queries
from app.queries.tasks import REASONS
from app.web.addresses import base_address
from app.web.api.base import Answer, Body, Items, PageQuery, cut, json_router
from app.web.deps import InWorkshop, Visit
from app.web.language import translator

router = json_router()


class Links(Body):
    """To whom; without `participants` to everybody. `again`: also to those who have got one."""

    participants: Annotated[list[str], Field(min_length=1, max_length=2000)] | None = None
    again: bool = False


class Mailed(Answer):
    """`id` is the participant's; `message` says why it failed; `at` is when it was sent."""

    id: str
    status: Literal["none", "no_address", "waiting", "sent", "failed"]
    message: str
    at: datetime | None


@router.post("/workshops/{workshop_id}/mail", status_code=202)
async def send(here: InWorkshop, body: Links) -> Items:
    """Send people their own links by e-mail. Answers with those who are written to."""
    require(may_organise(here.actor))
    if here.request.app.state.settings.mail is None:
        raise Conflict("no_mail", REASONS["no_mail"])
    address = base_address(here.request)
    done = await here.change(send_links, body.participants, address, again=body.again)
    here.request.app.state.work.hurry()
    written_to = [one for one in await here.read(queries.mailed) if one.id in done.ids]
    return Items(items=[_answer(here, one) for one in written_to], next=None)


@router.get("/workshops/{workshop_id}/mail")
async def every(here: InWorkshop, page: PageQuery) -> Items:
    """How far each person's link has come."""
    require(may_organise(here.actor))
    return cut(await here.read(queries.mailed), page, lambda one: _answer(here, one))


def _answer(here: Visit, one: queries.Mailed) -> Mailed:
    message = translator(here.request)(one.message) if one.message else ""
    return Mailed(id=one.id, status=one.status, message=message, at=one.at)
