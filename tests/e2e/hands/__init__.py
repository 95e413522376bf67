"""The hands of a meeting: what each person does with clicks, keys and files, and what they see.

One module for each screen. No hand calls the API or touches the database.
"""

from tests.e2e.hands.bigscreen import BigScreen
from tests.e2e.hands.control import Facilitator
from tests.e2e.hands.desk import Desk
from tests.e2e.hands.room import Participant
from tests.e2e.hands.writing import Writer

__all__ = ["BigScreen", "Desk", "Facilitator", "Participant", "Writer"]
