"""Mutation: every small change of a rule has to be noticed by a test.

`python -m tests.soak.mutants app/methods/tiers.py` prints what survives, of all files without a
name. Each mutant runs in a child of this process, which imports the changed module instead of the
real one. A run that was broken off goes on where it stopped (`progress.py`).
"""

import ast
import copy
import importlib.abc
import importlib.util
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import scipy.optimize
import scipy.stats

from tests.soak.progress import Progress
from tests.soak.suites import FILES, tests_of

ROOT = Path(__file__).resolve().parents[2]
LOADED = (scipy.optimize, scipy.stats)  # once here, instead of in every child
PATIENCE = 120  # seconds; a mutant that never ends is noticed, too
SWAPPED: dict[type[Any], type[Any]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.And: ast.Or,
    ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}  # fmt: skip


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """Every mutant of a module: what was changed, told without line numbers, and its source."""
    tree = ast.parse(source)
    seen: Counter[str] = Counter()
    for number, node in enumerate(ast.walk(tree)):
        for changed in changes(node):
            mutant = copy.deepcopy(tree)
            place = list(ast.walk(mutant))[number]
            place.__dict__.update(changed.__dict__)
            told = f"{ast.unparse(node)} -> {ast.unparse(changed)}"
            seen[told] += 1
            name = told if seen[told] == 1 else f"{told} ({seen[told]})"
            yield name, ast.unparse(ast.fix_missing_locations(mutant))


def changes(node: ast.AST) -> Iterator[ast.AST]:
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


def altered(node: ast.AST, **fields: Any) -> ast.AST:
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
        return importlib.util.spec_from_loader(name, self, origin=str(self.path))

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, str(self.path), "exec"), module.__dict__)


def survivors(file: str) -> list[str]:
    """The mutants of a file that its tests do not notice: the quick ones are asked first, and the
    long ones only about what they let through. What is known from an earlier run is not run again.
    """
    quick, long = tests_of(file)
    source = (ROOT / file).read_text("utf-8")
    assert passes(file, source, quick), f"{quick} fail without any change"
    known = Progress(file, source, (*quick, *long))
    for name, mutant in mutants(source):
        if name not in known.survived:
            survived = passes(file, mutant, quick) and (not long or passes(file, mutant, long))
            known.note(name, survived)
    return [name for name, survived in known.survived.items() if survived]


def passes(file: str, source: str, tests: Sequence[str]) -> bool:
    """Whether the tests pass with this source, in a child that is given up after two minutes."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    signal.alarm(PATIENCE)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    for name in [name for name in sys.modules if name == "app" or name.startswith("app.")]:
        del sys.modules[name]
    module = file.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, Instead(module, ROOT / file, source))
    os.chdir(ROOT)
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "tests.soak.bare", "--noconftest"]
    options += ["--assert=plain", "-m", "not soak"]
    os._exit(int(pytest.main([*options, *tests])))


if __name__ == "__main__":
    for path in sys.argv[1:] or FILES:
        print(path, *survivors(path), sep="\n  ", flush=True)
