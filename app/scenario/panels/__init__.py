"""Panels on file: what `consilience replay --as` can play their answers as. One file per kind."""

from app.scenario.panels import delphi, idea
from app.scenario.panels.kind import Kind

KINDS: dict[str, Kind] = {"delphi": delphi.KIND, "idea": idea.KIND}

__all__ = ["KINDS", "Kind"]
