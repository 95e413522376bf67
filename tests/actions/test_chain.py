"""A log line's canonical JSON: the quick way writes what RFC 8785 asks, byte for byte."""

from typing import Any

import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from app.db.chain import canonical

ASCII = st.text(st.characters(max_codepoint=127))
TEXTS = ASCII | st.text() | st.sampled_from(['"', "\\", "/", "\x00\x1f\x7f", "\u2028", "\ufb33😀"])
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
NESTED = st.recursive(
    TEXTS | NUMBERS | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


def lines(names: st.SearchStrategy[str], facts: st.SearchStrategy[Any]) -> Any:
    """Lines as a transaction logs them; their numbers are a database's."""
    return st.fixed_dictionaries(
        {
            "at": ASCII,
            "ids": st.dictionaries(names, facts, max_size=5),
            "kind": names,
            "n": st.integers(1, 2**53 - 1),
            "salted": st.dictionaries(names, names, max_size=3),
        }
    )


@given(lines(ASCII, ASCII) | lines(TEXTS, NESTED))
@example({"at": "", "ids": {"\ufb33": "", "😀": ""}, "kind": "", "n": 1, "salted": {}})
@example({"at": "", "ids": {"share": 1e21, "part": 1e-7}, "kind": "", "n": 1, "salted": {}})
def test_the_quick_way_writes_the_same(line: dict[str, Any]) -> None:
    assert canonical(line) == rfc8785.dumps(line)
