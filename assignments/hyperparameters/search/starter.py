"""Hyperparameter search. Check it with `grader check hyperparameters/search solution.py`."""


def discretise(low: float, high: float, count: int, log: bool = False) -> list[float]:
    """`count` numbers from low to high, both included."""
    raise NotImplementedError("start here: equal steps, or equal factors")


def grid(space: dict) -> object:
    """An iterator over all settings, the last parameter varying fastest."""
    raise NotImplementedError("one setting at a time: a generator")


def random_search(objective, space: dict, budget: int, rng) -> tuple:
    """The best of `budget` random settings, its loss, and the history."""
    raise NotImplementedError("draw, evaluate, remember")


def enumerate_tree(space: dict) -> object:
    """An iterator over all settings of a tree space."""
    raise NotImplementedError("choose the first parameter, go into its branch, then on to the rest")


def count_tree(space: dict) -> int:
    """How many settings a tree space has."""
    raise NotImplementedError("a sum over branches, a product over parameters")


def sample_tree(space: dict, rng) -> dict:
    """A random setting of a tree space."""
    raise NotImplementedError("every choice is uniform among its options")


def flatten(space: dict) -> dict:
    """The linear space over the same parameters."""
    raise NotImplementedError("collect every name with all its values")
