"""The head of the log is the same number wherever it stands, and the verifier finds it."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from app.formats.verify import main as verify
from app.work.loop import count_round
from tests.support.house import House
from tests.web.test_receipts import voted

HEAD = re.compile(r"head (?:now is |)([0-9a-f]{16})|Head of the chain: ([0-9a-f]{16})")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is shown does not depend on the database."""
    return sqlite_url


async def test_one_head_on_screen_record_receipts_report_and_bundle(
    house: House, tmp_path: Path
) -> None:
    round_, voters, _ = await voted(house, 9)
    await count_round(house.app.state.db, house.id, round_)
    await house.owner.post(f"/rounds/{round_}/publish", {"to": ["participants", "screen"]})
    shown = await house.owner.send(
        "PUT", f"{house.at}/screen", json={"show": "results", "round": round_}
    )
    assert shown.status_code == 200, shown.text
    at, reader = f"/w/{house.id}", house.owner.as_(voters[0]["token"])
    found = {
        "screen": found_in((await house.by("screen").get(f"{at}/screen")).text),
        "receipts": found_in((await reader.get(f"{at}/receipts/{round_}")).text),
        "record": found_in((await house.owner.get(f"{at}/desk/record")).text),
        "report": found_in(await report_of(house)),
    }
    workshop = (await house.owner.get(house.at)).json()
    now = workshop["head"][:16]
    assert {name: head for name, head in found.items() if name != "screen"} == dict.fromkeys(
        ("receipts", "record", "report"), now
    )
    bundle = tmp_path / "bundle.zip"
    export = await house.owner.get(f"{house.at}/export?format=bundle")
    bundle.write_bytes(export.content)
    for kept in {*found.values(), workshop["head"]}:
        assert verify([str(bundle), "--head", kept]) == 0, kept
    other = found["screen"][:-1] + ("0" if found["screen"][-1] != "0" else "1")
    assert verify([str(bundle), "--head", other]) == 1


def found_in(text: str) -> str:
    """The one head that a page tells."""
    heads: set[str] = {first or second for first, second in HEAD.findall(text)}
    assert len(heads) == 1, heads
    return heads.pop()


async def report_of(house: House) -> str:
    answer = await house.owner.get(f"{house.at}/export?format=docx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        parts = [file.read(name).decode() for name in file.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]+>", "", "\n".join(parts))
