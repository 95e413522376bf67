"""The canonical JSON that an input digest is taken of."""

import rfc8785

from app.methods.digest import encoded, ordered

# RFC 8785, section 3.2.3: property names in the order of their UTF-16 code units.
SORTED = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_keys_stand_in_the_order_of_their_code_units() -> None:
    value = {key: str(n) for n, key in enumerate(reversed(SORTED))}
    assert list(ordered(value)) == SORTED
    assert encoded(ordered(value)) == rfc8785.dumps(value)
