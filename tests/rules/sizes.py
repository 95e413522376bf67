"""How long the files of app/ are: `python -m tests.rules.sizes`."""

from math import ceil
from pathlib import Path
from statistics import median

from tests.rules.sources import APP


def lengths(folder: Path) -> list[int]:
    """The lines of each Python file, shortest first; empty files say nothing."""
    counts = (len(file.read_text(encoding="utf-8").splitlines()) for file in folder.rglob("*.py"))
    return sorted(count for count in counts if count)


def row(name: str, counts: list[int]) -> str:
    """Count, median, 90th percentile (nearest rank) and longest of one folder."""
    ninetieth = counts[ceil(0.9 * len(counts)) - 1]
    return f"{name:<16}{len(counts):>6}{median(counts):>8.0f}{ninetieth:>6}{counts[-1]:>9}"


def main() -> None:
    """Print the table: the whole, each package, and the ten longest files."""
    print(f"{'':<16}{'files':>6}{'median':>8}{'p90':>6}{'longest':>9}")
    print(row("app/", lengths(APP)))
    for folder in sorted(child for child in APP.iterdir() if child.is_dir()):
        if counts := lengths(folder):
            print(row(f"  {folder.name}/", counts))
    longest = sorted(APP.rglob("*.py"), key=lambda file: -len(file.read_text().splitlines()))
    for file in longest[:10]:
        print(f"{len(file.read_text().splitlines()):>6}  {file.relative_to(APP.parent)}")


if __name__ == "__main__":
    main()
