"""All that the tests of the rules take from the suite's fixtures: no server, no browser, no
database is loaded for them, which makes a mutant cost a second instead of five.
"""

from hypothesis import settings

from tests.known_answers.conftest import data
from tests.support.recounting import recounted

settings.register_profile("mutants", deadline=None, derandomize=True)
settings.load_profile("mutants")

__all__ = ["data", "recounted"]
