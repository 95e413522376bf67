"""Framework components: the pillars under which priority areas stand, in the file's order."""

from app.imports.base import Column, Noun, text

NOUN = Noun(
    "components",
    (
        Column("id", "own_key", read=text("id", 100)),
        Column("text", "text", ("title",), read=text("text", 2_000), required=True),
        Column("gist", "gist", read=text("gist", 10_000)),
        Column("source", "source", read=text("source", 2_000)),
        Column("order", ""),
    ),
)
