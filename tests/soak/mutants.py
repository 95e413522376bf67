"""Mutation: every small change of a rule has to be noticed by a test.

`python -m tests.soak.mutants app/methods/tiers.py` prints what survives, of all files without a
name. Each mutant runs in a child of this process, which imports the changed module instead of the
real one. A run that was broken off goes on where it stopped (`progress.py`).
"""

import ast
import copy
import importlib
import importlib.abc
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import Any, TypeGuard, TypeVar

import pytest

from tests.soak.children import OPTIONS, ROOT, in_a_child
from tests.soak.progress import Progress
from tests.soak.touched import tests_of

FILES = [str(file.relative_to(ROOT)) for file in sorted((ROOT / "app/methods").glob("*.py"))]
HEAVY = ("scipy.optimize", "scipy.stats")  # loaded here once, instead of in every child
FIRST = 8
NO_LINES = range(0)
ENOUGH = 40  # seconds of tests that are shown a mutant: the quickest of those that run its line
SWAPPED: dict[type[Any], type[Any]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.And: ast.Or,
    ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}  # fmt: skip
Node = TypeVar("Node", bound=ast.expr | ast.stmt)


@dataclass(frozen=True)
class Mutant:
    """One change, told without line numbers, and the lines whose tests may notice it."""

    name: str
    source: str
    lines: range


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(source)
    seen: Counter[str] = Counter()
    guards = {one.value for one in ast.walk(tree) if is_guard(one)}
    bodies = {inner for one in ast.walk(tree) if is_function(one) for inner in inside(one)}
    for number, node in enumerate(ast.walk(tree)):
        for changed in () if node in guards else changes(node):
            mutant = copy.deepcopy(tree)
            place = list(ast.walk(mutant))[number]
            place.__dict__.update(changed.__dict__)
            told = f"{ast.unparse(node)} -> {ast.unparse(changed)}"
            seen[told] += 1
            name = told if seen[told] == 1 else f"{told} ({seen[told]})"
            last = changed.end_lineno or changed.lineno
            lines = range(changed.lineno, last + 1) if node in bodies else NO_LINES
            yield Mutant(name, ast.unparse(ast.fix_missing_locations(mutant)), lines)


def is_function(node: ast.AST) -> TypeGuard[ast.FunctionDef]:
    return isinstance(node, ast.FunctionDef)


def inside(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """What runs when it is called; all else runs once, in whichever test imports the module."""
    return (node for statement in function.body for node in ast.walk(statement))


def is_guard(node: ast.AST) -> TypeGuard[ast.keyword]:
    """`zip(…, strict=True)` and the like only guard what nobody does anyway, or save time."""
    return isinstance(node, ast.keyword) and node.arg in ("strict", "frozen", "defer_build")


def changes(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """The ways to change one node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield altered(node, ops=[SWAPPED[type(node.ops[0])]()])
    elif isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign) and type(node.op) in SWAPPED:
        if not annotation(node):
            yield altered(node, op=SWAPPED[type(node.op)]())
    elif isinstance(node, ast.IfExp):
        yield altered(node, body=node.orelse, orelse=node.body)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield altered(node, value=not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield altered(node, value=node.value + 1)


def annotation(node: ast.AST) -> bool:
    """`int | Fraction` is a type, not arithmetic."""
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return isinstance(node, ast.BinOp) and bool(names & {"int", "str", "float", "Fraction"})


def altered(node: Node, **fields: Any) -> Node:
    changed = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


class Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the changed source under the module's name."""

    def __init__(self, module: str, path: Path, source: str) -> None:
        self.module, self.path, self.source = module, path, source

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name != self.module:
            return None
        package = [str(self.path.parent)] if self.path.stem == "__init__" else None
        spec = ModuleSpec(name, self, origin=str(self.path), is_package=bool(package))
        spec.submodule_search_locations = package
        return spec

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, str(self.path), "exec"), module.__dict__)


def survivors(file: str) -> list[str]:
    """The mutants of a file that its tests do not notice. What is known from an earlier run is not
    run again.
    """
    for name in HEAVY:
        importlib.import_module(name)
    source = (ROOT / file).read_text("utf-8")
    lines = tests_of(file)
    known = Progress(file, source, {name.partition("::")[0] for name in lines[0]})
    names = []
    for mutant in mutants(source):
        if mutant.name not in known.survived:
            known.note(mutant.name, not noticed(file, mutant, lines))
        if known.survived[mutant.name]:
            names.append(mutant.name)
    return names


def noticed(file: str, mutant: Mutant, lines: dict[int, dict[str, float]]) -> bool:
    """Whether a test fails: a few quick ones that run the line are asked first, then the others."""
    found = {test: s for line in mutant.lines for test, s in lines.get(line, {}).items()}
    seconds = found or lines[0]  # what runs at import runs for all
    tests = within(ENOUGH, seconds)
    parts = tests[:FIRST], tests[FIRST:]
    return any(not passes(file, mutant.source, part, seconds) for part in parts if part)


def within(limit: float, seconds: dict[str, float]) -> list[str]:
    """The quickest tests that together take no longer."""
    tests = sorted(seconds, key=lambda test: (seconds[test], test))
    spent = accumulate(seconds[test] for test in tests)
    return [test for test, so_far in zip(tests, spent, strict=True) if so_far <= limit]


def passes(file: str, source: str, tests: Sequence[str], seconds: dict[str, float]) -> bool:
    """Whether these tests pass with this source. One that never ends is noticed, too."""
    module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def run() -> int:
        sys.meta_path.insert(0, Instead(module, ROOT / file, source))
        return int(pytest.main([*OPTIONS, "-x", "--assert=plain", *tests]))

    return in_a_child(run, 20 + 4 * sum(seconds[test] for test in tests))


if __name__ == "__main__":
    for path in sys.argv[1:] or FILES:
        print(path, *survivors(path), sep="\n  ", flush=True)
