"""Whatever somebody calls a bundle is answered with a sentence and exit 1, never a traceback."""

import json
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from app.formats import verify

MANIFEST = {
    "format": verify.FORMAT, "workshop": "w", "title": "", "made_at": "", "salt": "", "seq": 0,
    "head": "",
}  # fmt: skip
DEEP = b"[" * 200_000


def zipped(path: Path, files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def nothing(path: Path) -> None:
    """There is no file."""


def empty(path: Path) -> None:
    path.write_bytes(b"")


def noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def a_folder(path: Path) -> None:
    path.mkdir()


def empty_zip(path: Path) -> None:
    zipped(path, {})


def another_zip(path: Path) -> None:
    zipped(path, {"word/document.xml": b"<w/>"})


def a_bomb(path: Path) -> None:
    zipped(path, {"manifest.json": b"0" * (64 << 20)})


def a_lie_about_sizes(path: Path) -> None:
    """A megabyte that says in both its headers that it is ten bytes long."""
    zipped(path, {"manifest.json": b"0" * (1 << 20)})
    raw = path.read_bytes()
    path.write_bytes(raw.replace(struct.pack("<L", 1 << 20), struct.pack("<L", 10)))


def a_wrong_checksum(path: Path) -> None:
    zipped(path, {"manifest.json": b"{}"}, zipfile.ZIP_STORED)
    crc = struct.pack("<L", zlib.crc32(b"{}"))
    path.write_bytes(path.read_bytes().replace(crc, b"\0\0\0\0"))


def a_name_twice(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", "{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("manifest.json", "[]")


def a_way_out(path: Path) -> None:
    zipped(path, {"../../etc/passwd": b""})


def too_many(path: Path) -> None:
    zipped(path, {f"f{n}": b"" for n in range(verify.MOST_FILES + 1)}, zipfile.ZIP_STORED)


def manifest(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        names = ("log.jsonl", "record.json", "SHA256SUMS")
        zipped(path, {"manifest.json": content, **dict.fromkeys(names, b"{}\n")})

    return write


def whole(**changed: bytes) -> Callable[[Path], None]:
    """A bundle of an empty log but for one file."""

    def write(path: Path) -> None:
        files = {"manifest_json": json.dumps(MANIFEST).encode(), "log_jsonl": b"",
                 "record_json": b"{}", "SHA256SUMS": b"", **changed}  # fmt: skip
        zipped(path, {name.replace("_", "."): data for name, data in files.items()})

    return write


def line(ids: object, kind: str = "round_opened") -> bytes:
    return json.dumps({"at": "", "ids": ids, "kind": kind, "n": 1, "salted": {}}).encode() + b"\n"


HOSTILE = {
    "nothing": nothing,
    "empty": empty,
    "noise": noise,
    "a folder": a_folder,
    "empty zip": empty_zip,
    "another zip": another_zip,
    "a bomb": a_bomb,
    "a lie about sizes": a_lie_about_sizes,
    "a wrong checksum": a_wrong_checksum,
    "a name twice": a_name_twice,
    "a way out": a_way_out,
    "too many": too_many,
    "deep": manifest(DEEP),
    "not a number": manifest(b'{"seq": NaN}'),
    "five thousand digits": manifest(b'{"seq": ' + b"9" * 5000 + b"}"),
    "a field twice": manifest(b'{"seq": 1, "seq": 2}'),
    "another encoding": manifest("{}".encode("utf-16")),
    "half a surrogate": manifest(b'{"seq": "\\ud800"}'),
    "a list": manifest(b"[]"),
    "half a line": whole(log_jsonl=b'{"at": ""'),
    "a deep line": whole(log_jsonl=DEEP + b"\n"),
    "a line of another kind": whole(log_jsonl=b"[]\n"),
    "no voters": whole(log_jsonl=line({"round": "r"})),
    "voters of no kind": whole(log_jsonl=line({"round": ["r"], "voters": {}})),
    "an outcome of nothing": whole(log_jsonl=line({"round": "r"}, "outcome_recorded")),
    "a record of another kind": whole(record_json=b'{"meeting": 7, "log": 7}'),
    "a deep record": whole(record_json=DEEP),
    "strange sums": whole(SHA256SUMS=b"\xff\xfe\0 ../x\n\n\n"),
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_is_answered_with_a_sentence(
    make: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.zip"
    make(path)
    assert verify.main([str(path)]) == 1
    said = capsys.readouterr()
    sentences = [told for told in said.out.splitlines() if told.startswith("! ")]
    assert sentences != []
    assert all(told.endswith(".") and "Traceback" not in told for told in sentences)
    assert said.err == ""


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    zipped(bomb, {f"f{n}": b"0" * (32 << 20) for n in range(4)})
    tracemalloc.start()
    faults, _ = verify.verify(str(bomb))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert faults == ["f0 is packed far too tightly to be a record."]
    assert most < 8 << 20


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--nonsense"], ["x.zip", "--head"]])
def test_wrong_usage_ends_with_1(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-I", verify.__file__, *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert done.stdout + done.stderr != ""
