"""The rapporteurs' notes that were released, item by item."""

from itertools import groupby

from app.errors import N_
from app.exports.document.paper import Paper


def notes(paper: Paper) -> None:
    """Each released note under its agenda item, in paragraphs as it was typed."""
    if not paper.report.notes:
        return
    paper.heading(paper.say(N_("Notes of the rapporteurs")), 1)
    for item, taken in groupby(paper.report.notes, lambda note: note.item):
        paper.heading(item or paper.say(N_("The meeting as a whole")), 2)
        for note in taken:
            first, *more = [line for line in note.text.split("\n") if line.strip()]
            paper.text(first, bold=f"{note.group}:" if note.group else "")
            for line in more:
                paper.text(line)
