"""Join codes: eight characters that nobody misreads on a big screen."""

import secrets

# Without 0 O 1 I L: read aloud or from the back of a hall, they are taken for one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8


def new_code() -> str:
    """A random code of 8 characters out of 31: about 10^12 of them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normal_code(typed: str) -> str:
    """A code as it is stored, however it was typed: any case, with spaces or hyphens."""
    return "".join(ch for ch in typed.upper() if ch.isalnum())


def shown_code(code: str) -> str:
    """A code as it is shown: two groups of four."""
    return f"{code[:4]} {code[4:]}"
