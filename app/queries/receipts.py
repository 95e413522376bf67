"""Receipts: what a voter keeps to find their own answer again in the published list.

A receipt is made of the ballot's random id, which nobody else ever sees: two words and a number,
the same whenever they are asked for. The list is made at the close, in the order of the words. A
secret round gives no receipts: nothing in it may join a person to an answer.
"""

import hashlib
from typing import Any

import rfc8785
from sqlalchemy import Connection
from sqlmodel import col, select

from app.ballots import SHAPES
from app.models import Ballot, Round

# Fewer answers would tell more by their pattern than the list helps to check.
FEWEST = 8
# So many that a byte chooses one.
_LISTED = """
    acorn actor album alley almond amber angle ankle apple apron arch artist atlas autumn
    avenue axle bagel baker balcony ballad bamboo banjo barn basket beacon bean beaver bell
    bench berry bicycle biscuit blanket blossom board boat border bottle boulder bowl branch
    bread brick bridge broom brush bucket buffalo button cabin cable camel camera canal candle
    canoe canyon carpet carrot castle cedar chalk chapel cherry chess chimney circle citrus
    clay cliff clock clover coast cobalt coconut coffee compass copper coral cotton cradle
    crater cricket crown crystal curtain cymbal daisy dancer dawn delta dew diamond dinner
    dolphin donkey dragon drum dune eagle earth echo eel elbow elm ember fabric falcon feather
    fern ferry field finch flag flame flute fossil fountain fox galaxy garden gate gazelle
    ginger giraffe glacier glove goose grain granite grape guitar hammer harbour harp hazel
    helmet heron hill honey horizon island ivory ivy jacket jaguar jewel jungle kettle kite
    ladder lake lantern lemon leopard letter linen lion lizard lobster lotus mango maple
    marble market meadow mirror mitten moon mosaic moss museum napkin needle nest noodle ocean
    olive onion orange orchard owl paddle palm panda paper pasta peach pearl pebble pencil
    piano pigeon pillow pine planet pocket pond poppy potato prairie puzzle quartz quilt
    rabbit radish rain raven reed ribbon rice robin rocket rope rose ruby saffron sail salmon
    sand sapphire sea shell silver sky snow spoon spring squirrel star stone sugar summer swan
    table tea thunder tiger tomato tower train tunnel turtle umbrella valley vanilla violet
    violin walnut water whale willow window winter wolf wool
"""
WORDS = tuple(_LISTED.split())


def receipt_of(ballot_id: str) -> str:
    """Two words and a number: "harbour walnut 417"."""
    digest = hashlib.sha256(f"consilience-receipt-1 {ballot_id}".encode()).digest()
    number = int.from_bytes(digest[2:6]) % 900 + 100
    return f"{WORDS[digest[0]]} {WORDS[digest[1]]} {number}"


def published(conn: Connection, round_: Any) -> list[dict[str, Any]]:
    """Every counted answer of a closed round with its receipt, in the order of the words; empty
    where the round is secret or too few have answered."""
    if round_.secrecy == "secret":
        return []
    live = conn.execute(
        select(Ballot.id, Ballot.entry_id, col(Ballot.body)).where(
            Ballot.round_id == round_.id, col(Ballot.superseded_by).is_(None)
        )
    ).all()
    if len({ballot.entry_id for ballot in live}) < FEWEST:
        return []
    listed = [{"receipt": receipt_of(one.id), "body": _bare(one.body)} for one in live]
    return sorted(listed, key=lambda one: (one["receipt"], rfc8785.dumps(one["body"])))


def receipts_file(conn: Connection, round_id: str) -> bytes | None:
    """The list as RFC 8785 JSON, or nothing where there is none; the log holds its SHA-256."""
    round_ = conn.execute(select(Round).where(Round.id == round_id)).one()
    listed = published(conn, round_)
    return rfc8785.dumps(listed) if listed else None


def _bare(body: dict[str, Any]) -> dict[str, Any]:
    """The answer alone: no words beside it, and no region, which could name who is from there."""
    answer = {shape: given for shape, given in body.items() if shape in SHAPES}
    if "judgement" not in answer:
        return answer
    kept = {
        item: {name: value for name, value in given.items() if name != "regions"}
        for item, given in answer["judgement"].items()
    }
    return {"judgement": kept}
