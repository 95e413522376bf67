"""Every public verb of app/actions asks the policy before it changes anything."""

import ast
from functools import cache

from tests.rules.sources import APP, calls, imported_names, modules

Function = ast.FunctionDef | ast.AsyncFunctionDef
ACTIONS = "app/actions/"


def test_every_action_asks_the_policy() -> None:
    silent = [
        f"{path}:{function.lineno} {function.name}"
        for path, tree in modules(APP).items()
        if path.startswith(ACTIONS) and not path.endswith(("base.py", "__init__.py"))
        for function in _verbs(tree)
        if function.name not in _askers(tree)
    ]
    assert silent == []


def _verbs(tree: ast.Module) -> list[Function]:
    """What other packages call, or what does something for an actor. The rest helps those."""
    return [
        node
        for node in tree.body
        if isinstance(node, Function) and not node.name.startswith("_")
        and (_says_done(node) or node.name in _called_from_outside())
        and node.args.args and node.args.args[0].arg == "tx"
    ]  # fmt: skip


def _says_done(function: Function) -> bool:
    takes_an_actor = "actor" in {argument.arg for argument in function.args.args}
    return takes_an_actor and ast.unparse(function.returns or function) == "Done"


def _askers(tree: ast.Module) -> set[str]:
    """The functions and classes of a file that call `require`, themselves or through another."""
    bodies = {
        node.name: {name for _, name in calls(node)}
        for node in tree.body
        if isinstance(node, Function | ast.ClassDef)
    }
    asking = {name for name, called in bodies.items() if called & {"require", "policy.require"}}
    while more := {name for name, called in bodies.items() if called & asking} - asking:
        asking |= more
    return asking


@cache
def _called_from_outside() -> frozenset[str]:
    """The names that other packages take from actions: imported, or as `rounds.open_round`."""
    names: set[str] = set()
    for path, tree in modules(APP).items():
        if path.startswith(ACTIONS):
            continue
        taken, files = set[str](), imported_names(tree, "app.actions")
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app.actions."):
                taken |= {name.name for name in node.names}
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                taken |= {node.attr} if node.value.id in files else set()
        names |= taken
    return frozenset(names)
