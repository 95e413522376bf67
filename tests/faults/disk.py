"""A disk that forgets: every write and sync of SQLite is noted, and a power cut at any moment
leaves what was synced, and of the rest some, torn or whole."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512


@dataclass(frozen=True)
class Write:
    """Bytes written to a file at an offset."""

    file: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    """A file made shorter."""

    file: str
    size: int


@dataclass(frozen=True)
class Sync:
    """A file of which everything so far lies on the disk."""

    file: str


@dataclass(frozen=True)
class Mark:
    """Something that the world was told at this moment: a commit's number."""

    commit: int


@dataclass
class Disk:
    """What was done to the files of one database, in order."""

    notes: list[Write | Cut | Sync | Mark] = field(default_factory=list)

    def image(self, until: int, draw: random.Random) -> dict[str, bytes]:
        """The files after a power cut behind the first `until` notes."""
        synced = {
            note.file: at for at, note in enumerate(self.notes[:until]) if isinstance(note, Sync)
        }
        files: dict[str, bytearray] = {}
        for at, note in enumerate(self.notes[:until]):
            if isinstance(note, (Sync, Mark)):
                continue
            safe = at < synced.get(note.file, -1)
            content = files.setdefault(note.file, bytearray())
            if isinstance(note, Cut):
                if safe or draw.random() < 0.5:
                    del content[note.size :]
            else:
                for offset, data in [(note.offset, note.data)] if safe else _torn(note, draw):
                    content.extend(bytes(max(0, offset + len(data) - len(content))))
                    content[offset : offset + len(data)] = data
        return {file: bytes(content) for file, content in files.items()}

    def told(self, until: int) -> int:
        """How many commits the world had been told of by then."""
        return sum(isinstance(note, Mark) for note in self.notes[:until])


def _torn(note: Write, draw: random.Random) -> Iterator[tuple[int, bytes]]:
    """What an unsynced write may leave: all of it, nothing, or some of its sectors."""
    fate = draw.random()
    if fate < 1 / 3:
        yield note.offset, note.data
    elif fate < 2 / 3:
        for start in range(0, len(note.data), SECTOR):
            if draw.random() < 0.5:
                yield note.offset + start, note.data[start : start + SECTOR]


class NotingVFS(apsw.VFS):
    """SQLite's own files, with every change noted on a Disk."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.name, self.disk = name, disk
        self.noting = False
        super().__init__(name, base="")

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802 - SQLite's name
        return _File(self, name, flags)


class _File(apsw.VFSFile):
    def __init__(self, vfs: NotingVFS, name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or ""
        self.vfs, self.file = vfs, Path(path).name
        super().__init__("", name, flags)

    def _note(self, note: Write | Cut | Sync) -> None:
        if self.vfs.noting:
            self.vfs.disk.notes.append(note)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        super().xWrite(data, offset)
        self._note(Write(self.file, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        super().xTruncate(newsize)
        self._note(Cut(self.file, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        super().xSync(flags)
        self._note(Sync(self.file))
