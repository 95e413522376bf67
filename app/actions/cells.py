"""Cells that are put up before they have a row: each joins an area with a response, by wording."""

from functools import cached_property
from typing import Any

from sqlmodel import col, select

from app.actions.base import Tx
from app.activities.thrift import cell_id, parts_of
from app.errors import N_, NotFound, Refused
from app.models import Proposal, WordingVersion


class Cells:
    """The areas and responses of a workshop, fetched once, and the cells of them."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    @cached_property
    def _known(self) -> dict[str, Any]:
        rows: Any = self.tx.conn.execute(
            select(Proposal.id, Proposal.kind, WordingVersion.text, Proposal.wording_version_id)
            .join(WordingVersion, col(WordingVersion.id) == col(Proposal.wording_version_id))
            .where(Proposal.workshop_id == self.tx.workshop_id)
        )
        return {row.id: row for row in rows}

    def as_option(self, _tx: Tx, given: dict[str, Any]) -> dict[str, Any]:
        """A cell as an option of an activity. Raises NotFound, and Refused `not_an_area`."""
        area_id, response_id = given.get("area") or "", given["response"]
        text, version_id = self._worded(area_id, response_id)
        return {
            "id": cell_id(area_id, response_id), "source_kind": "pair", "area_id": area_id,
            "text": text, "wording_version_id": version_id,
        }  # fmt: skip

    def wording_now(self, cell: str) -> tuple[str, str]:
        """How a cell is worded now, with the version of its response."""
        return self._worded(*(parts_of(cell) or ("", "")))

    def _worded(self, area_id: str, response_id: str) -> tuple[str, str]:
        area, response = self._known.get(area_id), self._known.get(response_id)
        if area is None or response is None:
            raise NotFound
        if area.kind != "priority_area" or response.kind != "response":
            raise Refused(
                "not_an_area", N_("A cell joins a priority area with a response."), field="options"
            )
        return f"{area.text} × {response.text}", response.wording_version_id
