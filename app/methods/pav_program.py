"""The best committee under proportional approval as an integer program, for the large cases."""

from app.errors import N_, Refused
from app.methods.committees import Bloc

SECONDS = 120


def best_committee(voters: list[Bloc], options: list[str], seats: int) -> list[str]:
    """One optimum, by branch and bound (HiGHS). Raises `too_heavy` if none is proved in two
    minutes.

    Variables: one for each option (in or out), and for each bloc and j whether it has at least j
    members; the j-th is worth 1/j, so larger j are only taken after smaller ones.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_matrix

    m, width = len(options), len(options) + len(voters) * seats
    worth = np.zeros(width)
    rows = lil_matrix((len(voters) + 1, width))
    rows[0, :m] = 1
    for number, bloc in enumerate(voters, start=1):
        start = m + (number - 1) * seats
        rows[number, start : start + seats] = 1
        for place, option in enumerate(options):
            if option in bloc.approved:
                rows[number, place] = -1
        worth[start : start + seats] = [-float(bloc.power) / j for j in range(1, seats + 1)]
    low = np.array([seats] + [-np.inf] * len(voters))
    high = np.array([seats] + [0.0] * len(voters))
    whole = np.array([1] * m + [0] * (width - m))
    found = milp(
        worth,
        constraints=LinearConstraint(rows.tocsr(), low, high),
        bounds=Bounds(0, 1),
        integrality=whole,
        options={"time_limit": SECONDS, "mip_rel_gap": 0},
    )
    if found.status != 0:
        raise Refused("too_heavy", N_("The best committee was not proved within two minutes."))
    return sorted(option for option, x in zip(options, found.x[:m], strict=True) if x > 0.5)
