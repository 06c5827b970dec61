"""Four dendrograms, clusters from below and from above, the number of clusters by height, Kleinberg's table.

Seen at a glance: branches that cross or hang below their parts (only those of centroids may), a row that is cut in two
by single linkage, a number of clusters that grows with the height, a rule with all three properties. Three dots: not
written yet.
"""

from collections.abc import Callable
from functools import partial
from itertools import product
from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top: the tree of twelve objects by four linkages; a bracket joins two clusters at its height, leaves have the "
        "colours of three clusters. Only the tree of centroids has a bracket below one of its parts, an inversion. "
        "Bottom: single linkage finds the row of objects whole, dividing from above cuts it; the number of clusters "
        "falls with the height of the cut; every way to cut has two of Kleinberg's properties, circles, and lacks one, "
        "a cross."
    ),
    "ru": (
        "Сверху — деревья двенадцати объектов для четырёх расстояний между кластерами: скоба соединяет два кластера на "
        "своей высоте, цвета листьев — три кластера. Только в дереве центроидов скоба лежит ниже своей части: это "
        "инверсия. Снизу: одиночная связь находит ряд объектов целиком, деление сверху его разрезает; число кластеров "
        "убывает с высотой разреза; у каждого способа разреза есть два свойства Клейнберга (кружки) и нет третьего "
        "(крестик)."
    ),
}

COLOURS, MARKS = ("#0072B2", "#D55E00", "#009E73"), "os^"
METHODS = ("single", "complete", "average", "centroid")


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    trees, (below, above, counts, table) = figure.subplots(2, 4)
    X = _objects()
    parts: dict[str, tuple[Axes, Callable[[Axes], None]]] = {
        **{
            f"hac: {method}": (panel, partial(_dendrogram, solution, X, method))
            for panel, method in zip(trees, METHODS)
        },
        "cut_count": (below, lambda panel: _coloured(panel, X, solution.cut_count(_tree(solution, X, "single"), 3))),
        "divisive": (above, lambda panel: _coloured(panel, X, solution.divisive(X, 3))),
        "cut_height": (counts, partial(_counts, solution, X)),
        "Kleinberg": (table, partial(_kleinberg, solution)),
    }
    for title, (panel, part) in parts.items():
        panel.set_title(title, fontsize=9)
        panel.set(xticks=[], yticks=[])
        panel.tick_params(labelsize=7)
        try:
            part(panel)
        except NotImplementedError:
            panel.text(0.5, 0.8, "...", transform=panel.transAxes)


def _objects() -> np.ndarray:
    """A heap, a row, and three objects of which no two are nearest."""
    rng = np.random.default_rng(4)
    heap, row = rng.normal(scale=0.35, size=(4, 2)), np.stack([np.arange(5) * 0.9, np.full(5, 2.2)], axis=1)
    corner = np.array([[3.2, -0.2], [4.2, -0.2], [3.7, 0.68]])
    return np.concatenate([heap, row + rng.normal(scale=0.06, size=row.shape), corner])


def _distances(X: np.ndarray) -> np.ndarray:
    return np.asarray(np.sqrt(np.square(X[:, None] - X).sum(axis=-1)))


def _tree(solution: SimpleNamespace, X: np.ndarray, method: str) -> np.ndarray:
    return np.asarray(solution.hac(_distances(X), method))


def _coloured(panel: Axes, X: np.ndarray, labels: np.ndarray) -> None:
    """A colour and a mark for each cluster."""
    for label in np.unique(labels):
        kind = int(label) % len(COLOURS)
        panel.plot(*X[np.asarray(labels) == label].T, MARKS[kind], color=COLOURS[kind], markersize=4.5)


def _dendrogram(solution: SimpleNamespace, X: np.ndarray, method: str, panel: Axes) -> None:
    """A bracket for each join; the leaves have the colours of three clusters."""
    tree, n = _tree(solution, X, method), len(X)
    members = [[leaf] for leaf in range(n)]
    for a, b, *_ in tree:
        members.append(members[int(a)] + members[int(b)])
    x, height = np.empty(2 * n - 1), np.zeros(2 * n - 1)
    x[members[-1]] = np.arange(n)
    brackets: list[tuple[float, float]] = []
    for node, (a, b, h, _) in enumerate(tree, start=n):
        left, right = int(a), int(b)
        x[node], height[node] = (x[left] + x[right]) / 2, h
        brackets += [(x[left], height[left]), (x[left], h), (x[right], h), (x[right], height[right]), (np.nan, np.nan)]
    panel.plot(*np.array(brackets).T, color="black", linewidth=1)
    _coloured(panel, np.stack([x[:n], np.zeros(n)], axis=1), solution.cut_count(tree, 3))


def _counts(solution: SimpleNamespace, X: np.ndarray, panel: Axes) -> None:
    """How many clusters are left when the tree of centroids is cut at a height."""
    tree, heights = _tree(solution, X, "centroid"), np.linspace(0, 3, 40)
    panel.step(heights, [len(np.unique(solution.cut_height(tree, height))) for height in heights], color=COLOURS[0])
    panel.set(xticks=[0, 1, 2, 3], yticks=[1, 6, 12])


def _kleinberg(solution: SimpleNamespace, panel: Axes) -> None:
    """Single linkage, cut in three ways: a cross where three objects refute the property, or do not show it."""

    def tree(distances: np.ndarray) -> np.ndarray:
        return np.asarray(solution.hac(distances, "single"))

    rules: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "$k$": lambda D: solution.cut_count(tree(D), 2),
        "$h$": lambda D: solution.cut_height(tree(D), 1.5),
        "$\\max / 2$": lambda D: solution.cut_height(tree(D), D.max() / 2),
    }
    candidates = [np.array([[0, a, c], [a, 0, b], [c, b, 0]]) for a, b, c in product([1.0, 2.0, 3.0, 10.0], repeat=3)]
    distances = np.array([[0.0, 1.0, 4.0], [1.0, 0.0, 3.0], [4.0, 3.0, 0.0]])
    for column, rule in enumerate(rules.values()):
        answers = {
            "scale_invariant": solution.scale_invariant(rule, distances, [0.1, 10.0]),
            "consistent": solution.consistent(rule, distances, candidates),
            "rich": solution.rich(rule, candidates),
        }
        for row, answer in enumerate(answers.values()):
            panel.plot(column, row, "o" if answer else "x", color=COLOURS[0] if answer else COLOURS[1], markersize=8)
    for row, name in enumerate(answers):
        panel.text(1, row - 0.28, name, fontsize=7, ha="center")
    panel.set(xlim=(-0.5, 2.5), ylim=(2.4, -0.6), xticks=range(3), xticklabels=list(rules))
