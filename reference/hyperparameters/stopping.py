"""The evaluations that a search needs (lecture 1, section 7, L01.tuning).

N. Hansen, A. Auger, R. Ros, O. Mersmann, T. Tušar, D. Brockhoff, "COCO: a platform for comparing continuous optimizers
in a black-box setting", Optimization Methods and Software 36 (2021).
"""

from __future__ import annotations

from collections.abc import Sequence

from reference.checks.arrays import array


def evaluations_to_reach(losses: Sequence[float], required: float) -> int | None:
    """The number of evaluations up to the first loss that is not greater than the required one, that one included.

    None where no loss is small enough. A loss of NaN, a training that has failed, counts as an evaluation and reaches
    nothing.

    Parameters: ``losses`` (n,), in the order of evaluation, none of them too; ``required``, infinite too.
    Returns: a number of at least 1, or None.
    Raises: ValueError naming ``required`` (NaN).
    Complexity: O(n).
    Source: lecture 1, section 7; Hansen et al. 2021.

    >>> evaluations_to_reach([5.0, 3.0, 4.0, 1.0], 3.0)
    2
    """
    required = float(array("required", required, (), infinite=True))
    return next((number for number, loss in enumerate(losses, 1) if loss <= required), None)
