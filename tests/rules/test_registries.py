"""What the registries name exists: regions, methods, shapes, the kinds of log lines."""

import ast
from collections.abc import Iterator

from app.activities import EXERCISES
from app.ballots import SHAPES
from app.live.regions import TABLE
from app.methods import METHODS
from app.queries.record import SENTENCES
from tests.rules.sources import APP, calls, modules


def test_each_region_that_an_activity_names_exists() -> None:
    named = {region for exercise in EXERCISES.values() for region in exercise.regions}
    assert named - {region.name for region in TABLE} == set()


def test_each_method_that_an_activity_allows_exists() -> None:
    allowed = {method for exercise in EXERCISES.values() for method in exercise.methods}
    assert allowed - METHODS.keys() == set()


def test_each_method_counts_a_known_shape() -> None:
    assert {method.shape for method in METHODS.values()} - SHAPES.keys() == set()


def test_regions_wait_for_kinds_that_the_record_knows() -> None:
    awaited = {kind for region in TABLE for kind in region.stale_on}
    assert awaited - SENTENCES.keys() == set()


def test_each_kind_of_line_has_its_sentence_in_the_record() -> None:
    assert set(_logged_kinds()) - SENTENCES.keys() == set()


def _logged_kinds() -> Iterator[str]:
    """The kinds that actions log by name; both of `tx.log("a" if … else "b")`."""
    for path, tree in modules(APP).items():
        if path.startswith("app/actions/"):
            for call, name in calls(tree):
                if name.endswith(".log") and call.args:
                    yield from _texts(call.args[0])


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
