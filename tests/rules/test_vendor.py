"""What others made and we ship is what they made: each file has its name, licence and hash."""

import hashlib
import tomllib
from typing import Any

from tests.rules.sources import ROOT

VENDOR = ROOT / "static" / "vendor"


def test_every_vendored_file_is_what_it_was() -> None:
    changed = [
        name
        for package in _packages()
        for name, digest in package["files"].items()
        if hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() != digest
    ]
    assert changed == []


def test_every_vendored_file_is_listed() -> None:
    listed = {name for package in _packages() for name in package["files"]}
    present = {
        str(file.relative_to(VENDOR))
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "VENDOR.toml"
    }
    assert present == listed


def test_every_package_has_version_and_licence() -> None:
    nameless = [
        package
        for package in _packages()
        if not all(package.get(key) for key in ("name", "version", "licence"))
    ]
    assert nameless == []


def _packages() -> list[dict[str, Any]]:
    packages: list[dict[str, Any]] = tomllib.loads((VENDOR / "VENDOR.toml").read_text())["package"]
    return packages
