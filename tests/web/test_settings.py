"""Settings: read from the environment by their own names alone."""

import pytest

from app.settings import ROOT, Settings


def test_the_home_folder_is_not_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    assert Settings().home == ROOT / "var"


def test_an_unknown_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSILIENCE_HOST", "0.0.0.0")
    with pytest.raises(ValueError, match="CONSILIENCE_HOST"):
        Settings()
