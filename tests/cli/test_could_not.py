"""What keeps a server or a command from its work: exit 3, one sentence, no traceback."""

import re
import socket
import sqlite3
from pathlib import Path

from tests.cli.test_commands import Run, consilience, data

__all__ = ["consilience"]


def could_not(run: Run, *arguments: str, **environment: str) -> str:
    """The one sentence of a command that could not."""
    done = run(*arguments, **environment)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1), done.stderr
    return done.stderr


def test_a_database_of_a_newer_program(consilience: Run, tmp_path: Path) -> None:
    home = tmp_path / "newer"
    data(consilience("create", "--title", "x", "--json", CONSILIENCE_HOME=str(home)))
    (file,) = [one for one in home.iterdir() if one.suffix in (".db", ".sqlite", ".sqlite3")]
    with sqlite3.connect(file) as conn:
        conn.execute("UPDATE alembic_version SET version_num = 'of_tomorrow'")
    conn.close()
    said = could_not(consilience, "serve", "--port", "0", CONSILIENCE_HOME=str(home))
    assert "made by a newer Consilience" in said


def test_a_home_that_can_not_be_written(consilience: Run, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("no folder")
    home = tmp_path / "a file" / "home"
    said = could_not(consilience, "create", "--title", "x", CONSILIENCE_HOME=str(home))
    assert str(tmp_path / "a file") in said


def test_a_port_that_is_taken(consilience: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = could_not(consilience, "serve", "--port", port)
    assert re.search(rf"127\.0\.0\.1:{port}.*PORT=", said)


def test_several_workers_on_sqlite(consilience: Run) -> None:
    assert "DATABASE_URL" in could_not(consilience, "serve", "--port", "0", "--workers", "2")


def test_a_file_that_is_no_bundle(consilience: Run, tmp_path: Path) -> None:
    done = consilience("verify", str(tmp_path / "missing.zip"))
    assert (done.returncode in (1, 3), "Traceback" in done.stderr) == (True, False)
