"""What every test may ask for; the fixtures stand in tests/support/.

home          a folder of its own as CONSILIENCE_HOME
database_url  a migrated, empty database: once on SQLite, once on PostgreSQL
database      app.db.Database on it
server        `consilience serve` as a real process on a free port
browser, page a real Chromium, by Playwright's async API
"""

import os
import shutil
import tempfile

import pytest
from hypothesis import settings

# A test may be slow on a busy machine; that is no fault of what it tests.
settings.register_profile("consilience", deadline=None)
settings.load_profile("consilience")

pytest_plugins = [
    "tests.support.databases",
    "tests.support.nursery",
    "tests.support.servers",
    "tests.support.soaking",
    "tests.support.house",
    "tests.support.browsers",
    "tests.support.hall",
    "tests.support.table",
]

# What the workers of one run share: the PostgreSQL server and the migrated templates.
SHARED = "TESTS_SHARED_FOLDER"
NAMED = {"DATABASE_URL", "PUBLIC_URL", "HOST", "SMTP_URL", "MAIL_FROM"}
MARKED_BY_FIXTURE = {
    "app": "whole",
    "house": "whole",
    "small_house": "whole",
    "server": "server",
    "serve": "server",
    "browser": "browser",
}
MARKED_BY_FOLDER = {"live": "whole", "scenario": "server", "cli": "server"}


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = tempfile.mkdtemp(prefix="consilience-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and (folder := os.environ.pop(SHARED, None)):
        from tests.support import databases

        databases.stop_shared(folder)
        shutil.rmtree(folder, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test is marked by what it uses and where it stands, so that nobody forgets to. What takes
    longest comes first, or at the end one worker would wait for the other."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        used = [MARKED_BY_FIXTURE.get(name) for name in getattr(item, "fixturenames", ())]
        standing = [MARKED_BY_FOLDER.get(folder) for folder in item.path.parts]
        for mark in {*used, *standing} - {None}:
            item.add_marker(str(mark))


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of whoever runs it."""
    for name in list(os.environ):
        if name.startswith("CONSILIENCE_") or name in NAMED:
            monkeypatch.delenv(name)
