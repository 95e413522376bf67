"""A poll on oTree, as its documentation shows live pages: a live method that stores an extra model
for each vote and answers everybody at once, the voter with the acknowledgement.
"""

from collections import Counter

from otree.api import BaseConstants, BaseGroup, BasePlayer, BaseSubsession, ExtraModel, Page, models


class C(BaseConstants):  # type: ignore[misc]
    NAME_IN_URL = "poll"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):  # type: ignore[misc]
    """All who are here."""


class Group(BaseGroup):  # type: ignore[misc]
    """They are one group."""


class Player(BasePlayer):  # type: ignore[misc]
    """A voter."""


class Poll(ExtraModel):  # type: ignore[misc]
    """What one voter said to one question."""

    group = models.Link(Group)
    question = models.IntegerField()
    voter = models.IntegerField()
    choice = models.StringField()


class Vote(Page):  # type: ignore[misc]
    """The live page."""

    @staticmethod
    def live_method(player, data):  # type: ignore[no-untyped-def]
        """Store one vote; tell everybody the tally, and its voter that it came."""
        Poll.create(group=player.group, **data)
        votes = Poll.filter(group=player.group, question=data["question"])
        told = {"question": data["question"], "tally": Counter(vote.choice for vote in votes)}
        everybody = {other.id_in_group: told for other in player.group.get_players()}
        return everybody | {player.id_in_group: {"ack": data["voter"], **told}}


page_sequence = [Vote]
