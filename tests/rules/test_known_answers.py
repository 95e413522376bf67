"""No method without a published answer: the table names a test that is there and counts by it."""

import ast
from pathlib import Path

import pytest

from app.methods import METHODS
from tests.known_answers.published import PUBLISHED

FOLDER = Path(__file__).resolve().parents[1] / "known_answers"


def test_every_method_has_its_published_answer() -> None:
    assert sorted(PUBLISHED) == sorted(METHODS)


@pytest.mark.parametrize("method", sorted(PUBLISHED))
def test_the_test_is_there_and_names_its_method_and_source(method: str) -> None:
    at, source = PUBLISHED[method]
    file, _, name = at.partition("::")
    tree = ast.parse((FOLDER / file).read_text("utf-8"))
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert name in tests
    assert method in words
    assert source
