"""The command line: exit codes and sentences, with and without a running server."""

import json
import os
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.servers import PROGRAM, Server

PEOPLE = 'id,label,role\nS01,"Representative, State 01",state_representative\n'


@pytest.fixture
def consilience(home: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command on this test's home."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(PROGRAM), *arguments],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


Run = Callable[..., subprocess.CompletedProcess[str]]


def data(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_workshop_from_setting_up_to_export_without_a_server(
    consilience: Run, tmp_path: Path
) -> None:
    made = data(consilience("create", "--title", "Regional meeting", "--json"))
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE)
    preview = data(
        consilience("import", made["code"], "people", str(people), "--preview", "--json")
    )
    done = data(consilience("import", made["id"], "people", str(people), "--json"))
    out = tmp_path / "record.json"
    exported = consilience("export", made["code"], "--format", "json", "--out", str(out))
    assert len(preview["added"]) == len(done["added"]) == 1
    assert exported.returncode == 0, exported.stderr
    assert "Regional meeting" in out.read_text()


def test_a_bundle_is_verified_and_a_changed_one_is_not(consilience: Run, tmp_path: Path) -> None:
    made = data(consilience("create", "--title", "Regional meeting", "--json"))
    out, changed = tmp_path / "meeting.zip", tmp_path / "changed.zip"
    consilience("export", made["id"], "--format", "bundle", "--out", str(out))
    head = json.loads(zipfile.ZipFile(out).read("manifest.json"))["head"]
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"Regional", b"Global"))
    verified = data(consilience("verify", str(out), "--head", head[:10], "--json"))
    refused = consilience("verify", str(changed))
    missing = consilience("verify", str(tmp_path / "none.zip"))
    assert (verified["verified"], verified["faults"]) == (True, [])
    assert (refused.returncode, refused.stderr) == (1, "")
    assert refused.stdout.endswith("NOT verified.\n")
    assert (missing.returncode, missing.stderr.count("\n")) == (3, 1)


def test_links_for_everyone(consilience: Run, tmp_path: Path) -> None:
    made = data(consilience("create", "--title", "Regional meeting", "--json"))
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE)
    consilience("import", made["id"], "people", str(people))
    roles = ("organiser", "facilitator", "screen", "join", "owner", "participants")
    wanted = [part for role in roles for part in ("--role", role)]
    links = data(consilience("links", made["code"].lower(), *wanted, "--json"))
    assert [link["role"] for link in links] == [
        "organiser", "facilitator", "screen", "join", "organiser", "participant",
    ]  # fmt: skip
    assert links[-1]["note"] == "Representative, State 01"


def test_a_backup_is_restored_elsewhere(consilience: Run, tmp_path: Path) -> None:
    made = data(consilience("create", "--title", "Regional meeting", "--json"))
    file = tmp_path / "backup.zip"
    saved = consilience("backup", "--out", str(file))
    other = str(tmp_path / "other")
    restored = consilience("restore", str(file), CONSILIENCE_HOME=other)
    again = consilience("restore", str(file), CONSILIENCE_HOME=other)
    doctor = consilience("doctor", CONSILIENCE_HOME=other)
    links = data(consilience("links", made["code"], "--json", CONSILIENCE_HOME=other))
    assert (saved.returncode, restored.returncode, again.returncode) == (0, 0, 3)
    assert "already" in again.stderr
    assert (doctor.returncode, "logs: whole" in doctor.stdout) == (0, True)
    assert links[0]["role"] == "organiser"


def test_a_damaged_backup_is_refused(consilience: Run, tmp_path: Path) -> None:
    data(consilience("create", "--title", "Regional meeting", "--json"))
    file = tmp_path / "backup.zip"
    consilience("backup", "--out", str(file))
    file.write_bytes(file.read_bytes()[:-200])
    refused = consilience("restore", str(file), CONSILIENCE_HOME=str(tmp_path / "other"))
    assert (refused.returncode, refused.stderr.count("\n")) == (3, 1)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nonsense"], 2),
        (["create"], 2),
        (["links", "--role", "king"], 2),
        (["export", "X", "--format", "png", "--out", "x"], 2),
        (["links", "NOSUCHCODE"], 3),
        (["import", "X", "people", "missing.csv"], 3),
        (["restore", "missing.zip"], 3),
    ],
)
def test_wrong_usage_is_2_and_could_not_is_3(
    consilience: Run, arguments: list[str], code: int
) -> None:
    done = consilience(*arguments)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)


def test_a_wrong_setting_is_named(consilience: Run) -> None:
    typo = consilience("doctor", CONSILIENCE_HOMEE="x")
    short = consilience("create", "--title", "x", CONSILIENCE_SECRET="short")
    assert (typo.returncode, short.returncode) == (3, 3)
    assert "CONSILIENCE_HOMEE" in typo.stderr
    assert "CONSILIENCE_SECRET" in short.stderr


def test_a_running_server_is_asked_and_nothing_else_touches_its_home(
    server: Server, consilience: Run, tmp_path: Path
) -> None:
    made = data(consilience("create", "--title", "Regional meeting", "--json"))
    links = data(consilience("links", "--json"))
    second = consilience("serve", "--port", "0")
    restore = consilience("restore", str(PROGRAM))
    backup = consilience("backup", "--out", str(tmp_path / "backup.zip"))
    assert links[1]["url"].startswith(f"{server.url}/enter/")
    assert httpx.get(links[1]["url"]).headers["location"] == f"/w/{made['id']}/control"
    assert (second.returncode, restore.returncode, backup.returncode) == (3, 3, 0)
    assert "already runs" in second.stderr
    mode = (server.home / "owner-token").stat().st_mode & 0o777
    assert mode == 0o600


def test_every_start_prints_links_that_work(server: Server, consilience: Run) -> None:
    data(consilience("create", "--title", "Regional meeting", "--json"))
    server.kill()
    server.start()
    printed = server.output.rsplit("Consilience serves", 1)[1]
    found = dict(re.findall(r"^(organiser|facilitator|screen|join) +(\S+)", printed, re.MULTILINE))
    statuses = {role: httpx.get(url).status_code for role, url in found.items()}
    assert statuses == {"organiser": 303, "facilitator": 303, "screen": 303, "join": 200}
    assert "HOST=0.0.0.0" in printed
    assert "▄" in printed


def test_after_a_kill_the_old_owners_token_opens_nothing(server: Server) -> None:
    old = (server.home / "owner-token").read_text().strip()
    server.kill()
    server.start()
    headers = {"Authorization": f"Bearer {old}"}
    assert httpx.get(f"{server.url}/api/v1/workshops", headers=headers).status_code == 401


def test_at_its_end_a_server_takes_its_token_back(server: Server) -> None:
    server.stop()
    left = [name for name in ("owner-token", "server.json") if (server.home / name).exists()]
    assert left == []
