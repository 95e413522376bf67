"""What may happen in one place only: the commit, the environment, the clock, chance."""

import ast

from tests.rules.sources import calls, dotted, imported_names, modules

CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "time"}
SEEDED = {"Random", "default_rng"}


def test_only_db_commits() -> None:
    found = [
        f"{path}:{call.lineno}"
        for path, tree in modules().items()
        for call, name in calls(tree)
        if name.endswith(".commit") and path != "app/db/database.py"
    ]
    assert found == []


def test_only_settings_read_the_environment() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and dotted(node) in {"os.environ", "os.environb", "os.getenv"}
        and path != "app/settings.py"
    ]
    taken = [
        path
        for path, tree in modules().items()
        if imported_names(tree, "os") & {"environ", "environb", "getenv"}
    ]
    assert found + taken == []


def test_only_the_clock_knows_the_time() -> None:
    found = [
        f"{path}:{call.lineno} {name}"
        for path, tree in modules().items()
        for call, name in calls(tree)
        if path != "app/clock.py" and _reads_a_clock(name)
    ]
    taken = [
        path
        for path, tree in modules().items()
        if imported_names(tree, "time") & {"time", "time_ns", "localtime", "gmtime"}
    ]
    assert found + taken == []


def test_chance_is_always_seeded() -> None:
    found = [
        f"{path}:{call.lineno} {name}"
        for path, tree in modules().items()
        for call, name in calls(tree)
        if _draws(name) and not (name.rpartition(".")[2] in SEEDED and call.args)
    ]
    taken = [
        path for path, tree in modules().items() if imported_names(tree, "random") - {"Random"}
    ]
    assert found + taken == []


def _reads_a_clock(name: str) -> bool:
    owner, _, verb = name.rpartition(".")
    return verb in CLOCKS and owner.rpartition(".")[2] in CLOCK_OWNERS


def _draws(name: str) -> bool:
    return name.startswith(("random.", "np.random.", "numpy.random.")) or name in SEEDED
