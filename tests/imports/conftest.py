"""The scenario's files, where they are at hand."""

from tests.known_answers.conftest import data

__all__ = ["data"]
