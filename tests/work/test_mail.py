"""Mail: each their own link, once, in their own language, and a sentence where it did not go."""

from collections.abc import AsyncIterator
from email.message import EmailMessage
from typing import Any

import pytest
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings
from tests.support.house import House
from tests.support.post import Post, post_office

PEOPLE = {
    "chair": {"email": "chair@example.org", "language": "fr"},
    "rapporteur": {"email": "no-such@example.org"},
    "participant": {"email": "later@example.org"},
    "observer": {"email": "not an address"},
}


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with post_office() as found:
        yield found


@pytest.fixture
async def app(sqlite_url: str, post: Post) -> AsyncIterator[FastAPI]:
    """The application with a mail server; its tasks are done when the test says so."""
    sender = "The office <office@example.org>"
    made = create_app(Settings(database_url=sqlite_url, smtp_url=post.url, mail_from=sender))
    async with made.router.lifespan_context(made):
        await made.state.work.stop()
        yield made


@pytest.fixture
async def listed(house: House) -> House:
    """The house with what its people gave for addresses."""
    for role, particulars in PEOPLE.items():
        person = house.people[role]
        at = f"{house.at}/participants/{person['id']}"
        assert (await house.owner.patch(at, particulars, 1)).status_code == 200
    return house


async def send(house: House, **body: Any) -> dict[str, str]:
    """Ask for links and do it; how far each person's has come, by role."""
    sent = await house.by("organiser").post(f"{house.at}/mail", body)
    assert sent.status_code == 202, sent.text
    await house.app.state.work.tasks()
    return {role: one["status"] for role, one in (await told(house)).items()}


async def told(house: House) -> dict[str, Any]:
    items = (await house.owner.get(f"{house.at}/mail")).json()["items"]
    by_id = {one["id"]: one for one in items}
    return {role: by_id[person["id"]] for role, person in house.people.items()}


def _words(letter: EmailMessage) -> str:
    return str(letter.get_content())


async def test_each_gets_their_own_link_once(listed: House, post: Post) -> None:
    first = await send(listed)
    assert first == {
        "chair": "sent", "rapporteur": "failed", "participant": "waiting", "observer": "failed",
        "interpreter": "no_address",
    }  # fmt: skip
    assert await send(listed) == first
    (letter,) = post.letters
    assert (letter["To"], letter["From"]) == (
        "chair@example.org", "The office <office@example.org>"
    )  # fmt: skip
    link = next(word for word in _words(letter).split() if "/enter/" in word)
    at = link.removeprefix("http://hall.test:8000")
    entered = await listed.by("nobody").get(at)
    assert (entered.status_code, entered.headers["location"]) == (303, f"/w/{listed.id}/room")
    others = {str(listed.people[role]["label"]) for role in PEOPLE if role != "chair"}
    assert [name for name in others if name in _words(letter)] == []


async def test_why_not_is_a_sentence_for_each(listed: House) -> None:
    await send(listed)
    found = await told(listed)
    assert found["rapporteur"]["message"] == (
        "The mail server refused this address or message. Check the address."
    )
    assert found["observer"]["message"] == (
        "This e-mail address can't be read. Correct it and send again."
    )
    page = (await listed.owner.get(f"/w/{listed.id}/desk/people")).text
    assert found["rapporteur"]["message"] in page


async def test_a_corrected_address_is_written_to(listed: House, post: Post) -> None:
    await send(listed)
    person = listed.people["rapporteur"]
    at = f"{listed.at}/participants/{person['id']}"
    await listed.owner.patch(at, {"email": "right@example.org"}, 2)
    assert (await send(listed))["rapporteur"] == "sent"
    assert [to for to, _ in post.taken] == ["chair@example.org", "right@example.org"]


async def test_another_is_sent_when_asked_for(listed: House, post: Post) -> None:
    chair = [str(listed.people["chair"]["id"])]
    await send(listed, participants=chair)
    await send(listed, participants=chair)
    await send(listed, participants=chair, again=True)
    letters = post.letters
    assert len({letter["Message-ID"] for letter in letters}) == len(letters) == 2


async def test_the_same_task_writes_the_same_bytes(listed: House, post: Post) -> None:
    """A worker that died after the server's yes: whoever repeats it is recognised."""
    chair, db = [str(listed.people["chair"]["id"])], listed.app.state.db
    await send(listed, participants=chair)
    await db.change(listed.id, _undone)
    await listed.app.state.work.tasks()
    assert len(post.taken) == 2
    assert len(set(post.taken)) == 1


async def test_a_link_that_was_signed_out_is_not_mailed(listed: House, post: Post) -> None:
    person = listed.people["chair"]
    organiser = listed.by("organiser")
    await organiser.post(f"{listed.at}/mail", {"participants": [person["id"]]})
    at = f"{listed.at}/participants/{person['id']}/particulars"
    assert (await listed.owner.send("DELETE", at, headers={"If-Match": "2"})).status_code == 204
    await listed.app.state.work.tasks()
    assert post.taken == []


def _undone(tx: Any) -> None:
    from sqlalchemy import update

    from app.models import Task

    tx.conn.execute(update(Task).values(state="waiting", leased_until=None))


@pytest.mark.parametrize(
    ("url", "sender", "why"),
    [
        ("smtp://mail.test", None, "set MAIL_FROM too"),
        (None, "office@example.org", "set SMTP_URL too"),
        ("http://mail.test", "office@example.org", "write SMTP_URL as"),
        ("smtp://mail.test:99999", "office@example.org", "Port out of range"),
        ("smtp://mail.test", "nobody", "write MAIL_FROM as"),
    ],
)
def test_half_a_configuration_is_refused(url: str | None, sender: str | None, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Settings(smtp_url=url, mail_from=sender)


def test_a_password_may_hold_anything() -> None:
    mail = Settings(smtp_url="starttls://me%40x:p%2Fw@mail.test", mail_from="a@b.org").mail
    assert mail is not None
    assert (mail.user, mail.password, mail.port) == ("me@x", "p/w", 587)
