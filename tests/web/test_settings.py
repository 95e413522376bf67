"""Settings: read from the environment by their own names alone."""

import sqlite3
from pathlib import Path

import pytest

from app.cli import _wrong_setting
from app.cli.doctor import _machine, _way_in
from app.settings import ROOT, Settings


def test_the_home_folder_is_not_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    assert Settings().home == ROOT / "var"


def test_an_unknown_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSILIENCE_HOST", "0.0.0.0")
    with pytest.raises(ValueError, match="CONSILIENCE_HOST"):
        Settings()


@pytest.mark.parametrize(
    "address", ["meeting.example.org", "ftp://x", "https://x/path", "https://"]
)
def test_a_public_address_is_whole(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("PUBLIC_URL", address)
    with pytest.raises(ValueError, match="whole address"):
        Settings()


@pytest.mark.parametrize(
    ("address", "refused", "warned"),
    [
        ("http://192.168.1.20:8000", False, False),
        ("http://[fd00::20]:8000", False, False),
        ("http://hall", False, False),
        ("http://hall.lan:8000", False, False),
        ("https://meeting.example.org", False, False),
        ("http://meeting.example.org", False, True),
        ("http://8.8.8.8", True, None),
        ("http://[2001:4860:4860::8888]:8000", True, None),
    ],
)
def test_nobody_listens_to_a_meeting_on_the_open_internet(
    monkeypatch: pytest.MonkeyPatch, address: str, refused: bool, warned: bool | None
) -> None:
    monkeypatch.setenv("PUBLIC_URL", address)
    if refused:
        with pytest.raises(ValueError, match="https://"):
            Settings()
        return
    assert bool(Settings().overheard) is warned
    assert [finding.ok for finding in _way_in(Settings())] == [None if warned else True]


@pytest.mark.parametrize(("version", "fit"), [((3, 51, 3), True), ((3, 51, 2), None)])
def test_the_doctor_warns_of_an_older_sqlite(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], fit: bool | None
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    (found,) = (one for one in _machine(Settings()) if one.what == "SQLite")
    assert (found.ok, "no other program" in found.said) == (fit, not fit)


def test_a_secret_is_made_and_no_two_servers_have_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = []
    for home in ("one", "other"):
        monkeypatch.setenv("CONSILIENCE_HOME", str(tmp_path / home))
        made.append(Settings().secret())
        assert Settings().secret() == made[-1]
        assert (tmp_path / home / "secret").stat().st_mode & 0o777 == 0o600
    assert len({*made}) == 2
    monkeypatch.setenv("CONSILIENCE_SECRET", "changeme")
    with pytest.raises(ValueError, match="openssl rand"):
        Settings().secret()


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "")
    monkeypatch.setenv("DATABASE_URL", "")
    assert (Settings().public_url, Settings().database_url) == (None, None)


def test_what_is_wrong_with_a_password_is_said_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_URL", "nonsense://user:s3cret-pass@host")
    monkeypatch.setenv("MAIL_FROM", "office@example.org")
    with pytest.raises(ValueError, match="SMTP_URL") as wrong:
        Settings()
    said = _wrong_setting(wrong.value)
    assert said.startswith("SMTP_URL: ")
    assert "s3cret-pass" not in said
