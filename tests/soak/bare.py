"""All that the tests of the rules take from the suite's fixtures: no server, no browser, no
database is loaded for them, which makes a mutant cost a second instead of five.
"""

from hypothesis import Phase, settings

from tests.known_answers.conftest import data
from tests.support.recounting import recounted

# One failing example is enough to notice a mutant; nobody reads the smallest one.
PHASES = (Phase.explicit, Phase.generate)
settings.register_profile("mutants", deadline=None, derandomize=True, phases=PHASES)
settings.load_profile("mutants")

__all__ = ["data", "recounted"]
