"""What the validation of fields finds, in the words of the bad-input table."""

from collections.abc import Sequence
from typing import Any

from app.errors import N_, NotFound, Refused

UNKNOWN = N_("There is no field “{name}” here.")
MISSING = N_("The field “{name}” is missing.")
NOT_A_NUMBER = N_("“{name}” must be a number.")
OUT_OF_RANGE = N_("“{name}” is out of range: {rule}.")
TOO_LONG = N_("“{name}” has {length} characters; at most {limit} fit.")
NOT_ONE_OF = N_("“{name}” must be one of: {allowed}.")
BAD_FIELD = N_("“{name}” can't be read: {rule}.")
BAD_QUERY = N_("The query is not understood: “{name}”, {rule}.")
NO_BODY = N_("This request needs a JSON object with the fields to set.")

NUMBERS = {"int_type", "float_type", "int_parsing", "float_parsing", "int_from_float",
           "finite_number", "int_parsing_size", "decimal_type", "decimal_parsing"}  # fmt: skip
RANGES = {"greater_than", "greater_than_equal", "less_than", "less_than_equal", "multiple_of"}


def first_fault(errors: Sequence[Any]) -> Refused:
    """The first thing wrong, as a refusal naming its field."""
    error = errors[0]
    where, *path = error["loc"]
    name = str(path[-1]) if path else ""
    field = ".".join(str(part) for part in path)
    if where == "path":
        return NotFound()
    if where == "query":
        return Refused("bad_query", BAD_QUERY, field=field, name=name, rule=_rule(error))
    if not path:
        return Refused("bad_json", NO_BODY)
    return _fault(error, field, name)


def _fault(error: Any, field: str, name: str) -> Refused:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return Refused("unknown_field", UNKNOWN, field=field, name=name)
    if kind == "missing":
        return Refused("missing_field", MISSING, field=field, name=name)
    if kind in NUMBERS:
        return Refused("not_a_number", NOT_A_NUMBER, field=field, name=name)
    if kind in RANGES:
        return Refused("out_of_range", OUT_OF_RANGE, field=field, name=name, rule=_rule(error))
    if kind == "string_too_long":
        return Refused(
            "too_long",
            TOO_LONG,
            field=field,
            name=name,
            length=len(error["input"]),
            limit=context["max_length"],
        )
    if kind in ("literal_error", "enum"):
        allowed = context.get("expected", "")
        return Refused("unknown_value", NOT_ONE_OF, field=field, name=name, allowed=allowed)
    return Refused("bad_field", BAD_FIELD, field=field, name=name, rule=_rule(error))


def _rule(error: Any) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
