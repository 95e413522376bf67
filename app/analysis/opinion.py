"""Groups of opinion found in reactions: a plane of two main directions, cut into clusters, and only
if the cut is sharper than chance would make it.

As Polis does it (Small et al. 2021): principal components, then k-means, k by the silhouette.
Unlike there, the same is done with each statement's answers shuffled among those who answered;
clusters are reported only if the silhouette lies above 95 % of these.
"""

from collections.abc import Sequence
from typing import Any

from app.analysis.raters import Row

LEAST = 12  # no groups among fewer voters
MOST = 500  # no groups among more: each of the shuffled panels is cut, too
FEW = 40  # below, two groups or none
SHUFFLES = 200
STARTS = 8
SEED = 20160511


def opinion_groups(rows: Sequence[Row]) -> dict[str, Any]:
    """`groups`: the number of each row's group, or null with the reason in `why`; the silhouette
    and the share of shuffled panels that cut as sharply. Rows are 1 agree, 0 disagree; statements
    passed or not seen stand at the statement's mean.
    """
    import numpy as np

    statements = sorted({statement for row in rows for statement in row})
    if len(rows) < LEAST or len(statements) < 2:
        return {"groups": None, "why": f"Fewer than {LEAST} voters, or nothing to compare."}
    if len(rows) > MOST:
        return {"groups": None, "why": f"More than {MOST} voters; the shuffling takes too long."}
    votes = np.array([[float(row.get(s, np.nan)) for s in statements] for row in rows])
    rng = np.random.default_rng(SEED)
    most = 2 if len(rows) < FEW else 5
    sharp, groups = best_cut(plane(votes), most, rng)
    chance = [best_cut(plane(shuffled(votes, rng)), most, rng)[0] for _ in range(SHUFFLES)]
    p = (1 + sum(one >= sharp for one in chance)) / (SHUFFLES + 1)
    found = {"silhouette": sharp, "p": p, "seed": SEED}
    if p > 0.05:
        return {"groups": None, "why": "No cut is sharper than chance would make it.", **found}
    return {"groups": [int(group) for group in groups], **found}


def plane(votes: Any) -> Any:
    """Voters on the two main directions; gaps at the mean of the statement."""
    import numpy as np

    answered = ~np.isnan(votes)
    sums, counts = np.where(answered, votes, 0).sum(axis=0), np.maximum(answered.sum(axis=0), 1)
    centered = np.where(answered, votes - sums / counts, 0)
    _, directions = np.linalg.eigh(centered.T @ centered)
    return centered @ directions[:, -2:]


def shuffled(votes: Any, rng: Any) -> Any:
    """Each statement's answers dealt anew among those who answered it."""
    import numpy as np

    dealt = votes.copy()
    for column in dealt.T:
        answered = ~np.isnan(column)
        column[answered] = rng.permutation(column[answered])
    return dealt


def best_cut(points: Any, most: int, rng: Any) -> tuple[float, Any]:
    """The sharpest of the cuts into 2 … `most` groups."""
    cuts = [k_means(points, k, rng) for k in range(2, most + 1)]
    return max(((silhouette(points, cut), cut) for cut in cuts), key=lambda pair: pair[0])


def k_means(points: Any, k: int, rng: Any) -> Any:
    """The group of each point; several starts at once, the tightest is kept (Lloyd 1982)."""
    import numpy as np

    centers = points[np.stack([rng.permutation(len(points))[:k] for _ in range(STARTS)])]
    for _ in range(15):
        away = ((points[None, :, None, :] - centers[:, None, :, :]) ** 2).sum(axis=3)
        member = np.eye(k)[away.argmin(axis=2)]
        sizes = np.maximum(member.sum(axis=1), 1)[:, :, None]
        centers = np.einsum("snk,nd->skd", member, points) / sizes
    away = ((points[None, :, None, :] - centers[:, None, :, :]) ** 2).sum(axis=3)
    return away[away.min(axis=2).sum(axis=1).argmin()].argmin(axis=1)


def silhouette(points: Any, groups: Any) -> float:
    """The mean over the points of (b − a)/max(a, b), a the distance to the middle of the own group,
    b to the nearest other middle.
    """
    import numpy as np

    numbers = np.unique(groups)
    if len(numbers) < 2:
        return -1.0
    middles = np.stack([points[groups == number].mean(axis=0) for number in numbers])
    away = np.sqrt(((points[:, None, :] - middles[None, :, :]) ** 2).sum(axis=2))
    own = numbers.searchsorted(groups)
    a = away[np.arange(len(points)), own]
    away[np.arange(len(points)), own] = np.inf
    b = away.min(axis=1)
    return float(((b - a) / np.maximum(np.maximum(a, b), 1e-12)).mean())
