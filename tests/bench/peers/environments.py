"""An environment of its own for each system that we stand beside, with the versions measured."""

import subprocess
import venv
from pathlib import Path

from tests.support.databases import ROOT

HOME = ROOT / "var" / "peers"
PACKAGES = {
    "limits": ("picows==2.3.1", "uvloop==0.23.0", "websockets==17.4"),
    "socketio": (
        "python-socketio==5.18.1", "uvicorn[standard]==0.54.0", "SQLAlchemy[asyncio]==2.1.9",
        "aiosqlite==0.22.1",
    ),
    "channels": (
        "Django==5.2.19", "channels==4.3.2", "daphne==4.2.3", "uvicorn[standard]==0.54.0",
    ),
    "otree": ("otree==6.0.15", "psycopg2-binary==2.9.13"),
}  # fmt: skip


def lay_out(name: str) -> Path | None:
    """The folder of an environment's programs, made where it is missing. None, with a sentence,
    if it cannot be had."""
    folder, packages = HOME / name, PACKAGES[name]
    done = folder / "complete"
    if done.exists() and done.read_text() == " ".join(packages):
        return folder / "bin"
    print(f"  Installing {' '.join(packages)} into {folder} (once)", flush=True)
    venv.create(folder, with_pip=True, clear=True)
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "-qq", *packages]
    if subprocess.run(command, check=False).returncode:
        print(f"  {name} cannot be had here, so nothing is compared with it.", flush=True)
        return None
    done.write_text(" ".join(packages))
    return folder / "bin"
