"""What surrounds an outcome: agreement, stability, spread, groups, sensitivity to the rule.

No framework here; numpy and scipy are imported inside the functions that need them.
"""

from app.analysis.analyse import analyse
from app.analysis.condorcet import condorcet
from app.analysis.spread import by_spread

__all__ = ["analyse", "by_spread", "condorcet"]
