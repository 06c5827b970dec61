"""How the centres move on three groups, from three starts, and the sum of squared distances after each move.

The cells behind are those of the returned centres, the objects have the colours of the returned labels: where the two
differ, the labels belong to other centres. Seen at a glance: a centre that is not in the middle of its objects, a run
that stops early, an emptied cluster that jumps away or is lost, a sum that grows.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Four panels with the same three groups of objects and the paths of the centres, from the cross to the large "
        "dot; every object must have the colour of the cell that it lies in. Start 1 is shown after two moves and at "
        "its end, where each group has its own centre. From start 2 two centres share one group and the third stays "
        "between the other two: k-means ends in a bad minimum. In start 3 one centre is so far away that it never has "
        "an object, and it stays on its cross. The last panel has Q against max_iter: it never grows."
    ),
    "ru": (
        "Четыре панели с одними и теми же тремя группами объектов и путями центров от крестика до большой точки; цвет "
        "каждого объекта должен совпадать с цветом клетки, в которой он лежит. Старт 1 показан после двух сдвигов и в "
        "конце, когда у каждой группы свой центр. Из старта 2 два центра делят одну группу, а третий остаётся между "
        "двумя другими: метод приходит в плохой минимум. В старте 3 один центр так далёк, что объектов у него не "
        "бывает, и он остаётся на своём крестике. На последней панели — Q в зависимости от max_iter: эта сумма никогда "
        "не растёт."
    ),
}

GROUPS = np.array([[2.6, 4.6], [8.0, 3.2], [8.0, 7.2]])
STARTS = {
    "start 1": np.array([[4.4, 2.4], [6.2, 4.8], [4.6, 8.0]]),
    "start 2": np.array([[1.6, 5.4], [3.4, 3.6], [6.2, 5.4]]),
    "start 3": np.array([[3.4, 7.2], [6.4, 4.6], [0.4, 10.0]]),
}
MOVES = 8
COLOURS = ["#0072B2", "#D55E00", "#009E73"]
LOW, HIGH = -0.5, 10.7


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels = figure.subplot_mosaic([["early", "start 1", "start 2"], ["start 3", "Q", "Q"]])
    X = (GROUPS[:, None] + np.random.default_rng(4).normal(scale=0.75, size=(3, 30, 2))).reshape(-1, 2)
    for (name, start), mark in zip(STARTS.items(), "osD", strict=True):
        runs = [solution.kmeans(X.copy(), start.copy(), moves) for moves in range(1, MOVES + 1)]
        path = np.array([start, *(centers for centers, _ in runs)])  # (moves + 1, k, 2)
        labels = [np.asarray(labels) for _, labels in runs]
        _run(panels[name], name, X, path, labels[-1])
        if name == "start 1":
            _run(panels["early"], "start 1, max_iter = 2", X, path[:3], labels[1])
        q = [((X - centers[own]) ** 2).sum() for centers, own in zip(path[1:], labels, strict=True)]
        panels["Q"].plot(range(1, MOVES + 1), q, f"-{mark}", color="#333333", markersize=4, linewidth=0.9, label=name)
    panels["Q"].set(xlabel="max_iter", ylim=(0, None))
    panels["Q"].set_title("$Q$", fontsize=9)
    panels["Q"].legend(fontsize=7, loc="center right")
    panels["Q"].xaxis.label.set_size(8)
    panels["Q"].tick_params(labelsize=7)


def _run(panel: Axes, title: str, X: np.ndarray, path: np.ndarray, labels: np.ndarray) -> None:
    """Cells of the last centres, objects by their labels, and how the centres came there."""
    grid = np.linspace(LOW, HIGH, 160)
    points = np.stack(np.meshgrid(grid, grid), axis=-1)  # (160, 160, 2)
    cells = ((points[:, :, None] - path[-1]) ** 2).sum(axis=-1).argmin(axis=-1)
    panel.imshow(
        cells, ListedColormap(COLOURS), vmin=0, vmax=2, alpha=0.18, origin="lower", extent=(LOW, HIGH, LOW, HIGH),
        interpolation="none",
    )  # fmt: skip
    for cluster, colour in enumerate(COLOURS):
        own = X[labels == cluster]
        panel.plot(own[:, 0], own[:, 1], ".", color=colour, markersize=4)
        way = path[:, cluster]
        panel.plot(way[:, 0], way[:, 1], "-", color="black", linewidth=1)
        panel.plot(*way[0], "x", color="black", markersize=7)
        panel.plot(*way[-1], "o", color=colour, markeredgecolor="black", markersize=8)
    panel.set_title(title, fontsize=9)
    panel.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH), xticks=[], yticks=[])
