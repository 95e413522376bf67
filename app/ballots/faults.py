"""What pydantic found wrong, in our codes and sentences."""

from pydantic_core import ErrorDetails

from app.ballots.errors import BallotError
from app.errors import N_


def plainly(fault: ErrorDetails) -> BallotError:
    """One fault as a BallotError that names the field it lies in."""
    field = ".".join(str(part) for part in fault["loc"])
    context = fault.get("ctx", {})
    ours = context.get("error")
    if isinstance(ours, BallotError):
        return BallotError(ours.code, ours.message, field=field, **ours.params)
    if fault["type"] == "extra_forbidden":
        return BallotError(
            "unknown_field", N_("There is no field “{name}” here."), field=field, name=field
        )
    if fault["type"] == "missing":
        return BallotError(
            "missing_field", N_("The field “{name}” is missing."), field=field, name=field
        )
    if fault["type"] == "literal_error":
        return BallotError(
            "unknown_answer",
            N_("“{name}” takes one of: {allowed}."),
            field=field,
            name=field,
            allowed=context["expected"],
        )
    if fault["type"] == "int_type":
        return BallotError(
            "not_a_number", N_("Please give a number here, without quotes."), field=field
        )
    return BallotError(
        "bad_shape", N_("“{name}” does not have the form of an answer."), field=field, name=field
    )
