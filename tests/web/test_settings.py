"""Settings: read from the environment by their own names alone."""

import pytest

from app.cli import _wrong_setting
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
