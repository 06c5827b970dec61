"""The border that an SVM draws, ranks of features, occurrences and importance of features in a small forest.

Grey is what should come out, so each wrong function is seen by itself.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Four panels. Above on the left two classes in the plane, away from zero, and the line w x + b = 0 of "
        "linear_svm between them, in the middle of a wide grey one. Above on the right the ranks of svm_rfe for "
        "five features, as bars that end where the grey ones do: features 0, 1 and 2 are copies of one cause, and "
        "only the best of them, 0, is kept with rank 1; the other cause, 3, has rank 2, and 4, noise, goes first. "
        "Below on the left the table of occurrences in three trees, a row for each feature and a column for each "
        "depth; numbers are blue where they are right, orange where they are wrong. Below on the right the shares "
        "of forest_importance on grey bars."
    ),
    "ru": (
        "Четыре панели. Сверху слева два класса на плоскости вдали от нуля и между ними прямая w x + b = 0 из "
        "linear_svm, которая идёт посередине широкой серой. Сверху справа ранги пяти признаков из svm_rfe, полосы "
        "кончаются там же, где серые: признаки 0, 1 и 2 — копии одной причины, и остаётся с рангом 1 только "
        "лучшая из них, 0; у второй причины, 3, ранг 2, а шум, 4, уходит первым. Снизу слева таблица occurrences "
        "трёх деревьев, строка на признак, столбец на глубину; числа синие, если верны, и оранжевые, если нет. "
        "Снизу справа доли из forest_importance поверх серых полос."
    ),
}

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#cccccc"
TREES = [
    {"feature": [1, 0, 0, -1, -1, -1, -1], "left": [1, 2, 3, -1, -1, -1, -1], "right": [6, 5, 4, -1, -1, -1, -1]},
    {"feature": [2, -1, 1, -1, -1], "left": [1, -1, 3, -1, -1], "right": [2, -1, 4, -1, -1]},
    {"feature": [1, -1, -1], "left": [1, -1, -1], "right": [2, -1, -1]},
]
COUNTS = [[0, 1, 1, 0], [2, 1, 0, 0], [1, 0, 0, 0]]
LINE = (1.3626, 0.5427, -5.0003)  # w and b
RANKS = [1, 3, 4, 2, 5]


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels = figure.subplots(2, 2).flat
    parts = {"linear_svm": _border, "svm_rfe": _ranks, "occurrences": _table, "forest_importance": _shares}
    for panel, (title, part) in zip(panels, parts.items(), strict=True):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(panel, solution)
        except NotImplementedError:
            panel.set_facecolor("#dddddd")


def _border(panel: Axes, solution: SimpleNamespace) -> None:
    rng = np.random.default_rng(4)
    y = np.repeat([-1, 1], 20)
    X = rng.normal(size=(40, 2)) * 0.6 + y[:, None] * [0.8, 0.5] + [3.0, 2.0]
    w, b = solution.linear_svm(X, y)
    ends = np.array([1.0, 5.0])
    panel.scatter(X[:, 0], X[:, 1], c=np.where(y > 0, ORANGE, BLUE), s=8)
    panel.plot(ends, -(LINE[0] * ends + LINE[2]) / LINE[1], color=GREY, linewidth=5, zorder=0)
    panel.plot(ends, -(float(w[0]) * ends + float(b)) / float(w[1]), color="black", linewidth=1)
    panel.set(xlim=(1, 5), ylim=(0, 4))


def _ranks(panel: Axes, solution: SimpleNamespace) -> None:
    rng = np.random.default_rng(53)
    cause, other, noise = rng.normal(size=(3, 80))
    y = np.where(cause + 0.8 * other > 0, 1, -1)
    copies = cause[:, None] + np.array([0.35, 0.5, 0.7]) * rng.normal(size=(80, 3))
    _, ranks = solution.svm_rfe(np.column_stack([copies, other, noise]), y, 1)
    panel.bar(range(5), RANKS, color=GREY, width=0.9)
    panel.bar(range(len(ranks)), np.asarray(ranks), color=BLUE, width=0.5)


def _trees() -> list[dict[str, np.ndarray]]:
    return [{key: np.array(values) for key, values in tree.items()} for tree in TREES]


def _table(panel: Axes, solution: SimpleNamespace) -> None:
    counts = np.asarray(solution.occurrences(_trees(), 3))
    for row, depth in np.ndindex(counts.shape):
        right = row < 3 and depth < 4 and counts[row, depth] == COUNTS[row][depth]
        text = str(int(counts[row, depth]))
        panel.text(depth, row, text, ha="center", va="center", fontsize=9, color=BLUE if right else ORANGE)
    rows, columns = counts.shape
    panel.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5), xticks=range(columns), yticks=range(rows))


def _shares(panel: Axes, solution: SimpleNamespace) -> None:
    weights = np.array(COUNTS) @ 0.5 ** np.arange(4)
    shares = np.asarray(solution.forest_importance(_trees(), 3))
    panel.bar(range(3), weights / weights.sum(), color=GREY, width=0.9)
    panel.bar(range(len(shares)), shares, color=BLUE, width=0.5)
    panel.set_xticks(range(3))
