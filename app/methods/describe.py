"""What there is to choose from: every method with its ballot, parameters and source."""

from typing import Any

from pydantic import BaseModel

from app.methods.base import Method


def describe() -> list[dict[str, Any]]:
    """Every method in reading order: id, version, shape, `also` (shapes it counts as a check),
    parameters and fields of the poll with defaults and allowed values, reference.
    """
    from app.methods import METHODS

    return [one(method) for method in METHODS.values()]


def one(method: Method[Any]) -> dict[str, Any]:
    schema = method.params.model_json_schema()["properties"]
    defaults = method.params().model_dump(mode="json")
    return {
        "id": method.id,
        "version": method.version,
        "shape": method.shape,
        "also": list(method.also),
        "params": [parameter(name, field, defaults[name]) for name, field in schema.items()],
        "poll_fields": [
            {"name": name, "default": plain(default)} for name, default in method.reads.items()
        ],
        "reference": method.reference,
    }


def plain(default: Any) -> Any:
    """A default as JSON has it."""
    return default.model_dump() if isinstance(default, BaseModel) else default


def parameter(name: str, schema: dict[str, Any], default: Any) -> dict[str, Any]:
    """Name, default, and either the allowed values or the type."""
    kinds = [kind.get("type") for kind in schema.get("anyOf", [schema]) if kind.get("type")]
    allowed = {"allowed": schema["enum"]} if "enum" in schema else {"type": " or ".join(kinds)}
    return {"name": name, "default": default, **allowed}
