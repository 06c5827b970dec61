"""Grid and random search on a loss in which only one axis matters, ranges as numbers, samples of a tree.

Seen at a glance: settings that repeat or leave out a corner, random settings on a line or outside of the space, steps
where factors were asked for, branches of a tree drawn by the number of their settings. Three dots: not written yet.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top: sixteen settings of a grid and sixteen random ones on a loss that depends almost only on the horizontal "
        "axis; dark is low, the ticks below show which values of that axis were tried: four by the grid, sixteen by "
        "random search; the ring is the best setting. Bottom: five values by equal steps and by equal factors on a "
        "logarithmic axis; how often each setting of a tree was drawn, and dashed how often it should be."
    ),
    "ru": (
        "Сверху: шестнадцать точек сетки и шестнадцать случайных на функции потерь, которая зависит почти только от "
        "горизонтальной оси; тёмное — меньше, штрихи внизу — испытанные значения этой оси: четыре у сетки, шестнадцать "
        "у случайного поиска; кольцо — лучшая точка. Снизу: пять значений с равным шагом и с равным множителем на "
        "логарифмической шкале; частоты, с которыми выпали точки дерева, и пунктиром те, которые должны быть."
    ),
}

BLUE, RED = "#0072B2", "#D55E00"
TREE = {"kind": {"knn": {"k": [1, 3, 5, 9]}, "svm": {"kernel": {"linear": {}, "rbf": {"gamma": [1, 10]}}}, "mean": {}}}
DRAWS = 1500


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels = figure.subplots(2, 2, height_ratios=[3, 2]).flat
    parts = {"grid": _grid, "random_search": _random, "discretise": _ranges, "sample_tree": _tree}
    for panel, (name, part) in zip(panels, parts.items(), strict=True):
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.8, "...", transform=panel.transAxes)


def _loss(x: Any, y: Any) -> Any:
    """Its minimum lies between the values of a coarse grid."""
    return 1 - np.exp(-(((x - 0.52) / 0.14) ** 2)) + 0.1 * (y - 0.6) ** 2


def _settings(panel: Axes, settings: list[dict[str, float]], best: dict[str, float]) -> None:
    across, up = np.meshgrid(np.linspace(0, 1, 32), np.linspace(0, 1, 16))
    image = _loss(across, up)
    panel.imshow(image, "gray", vmin=-0.6, extent=(0, 1, 0, 1), origin="lower", aspect="auto", interpolation="none")
    x, y = np.array([[setting["x"], setting["y"]] for setting in settings]).T
    panel.plot(x, y, "o", color=BLUE, markeredgecolor="white", markersize=6)
    panel.plot(x, np.full(len(x), -0.1), "|", color=BLUE, markersize=10)
    panel.plot(best["x"], best["y"], "o", markerfacecolor="none", markeredgecolor=RED, markeredgewidth=2, markersize=12)
    panel.set(xlim=(-0.05, 1.05), ylim=(-0.2, 1.1), xticks=[], yticks=[])


def _grid(solution: SimpleNamespace, panel: Axes) -> None:
    values = solution.discretise(0.0, 1.0, 4)
    settings = list(solution.grid({"x": values, "y": values}))
    _settings(panel, settings, min(settings, key=lambda setting: float(_loss(**setting))))


def _random(solution: SimpleNamespace, panel: Axes) -> None:
    space = {"x": ("uniform", 0.0, 1.0), "y": ("uniform", 0.0, 1.0)}
    best, _, history = solution.random_search(lambda s: float(_loss(**s)), space, 16, np.random.default_rng(3))
    _settings(panel, [setting for setting, _ in history], best)


def _ranges(solution: SimpleNamespace, panel: Axes) -> None:
    """Equal factors are equal distances on this axis; the third row is drawn log-uniformly."""
    drawn = solution.random_search(
        lambda setting: 0.0, {"C": ("log-uniform", 0.01, 100.0)}, 25, np.random.default_rng(0)
    )[2]
    rows = {
        "log=False": (solution.discretise(0.01, 100.0, 5), "s"),
        "log=True": (solution.discretise(0.01, 100.0, 5, log=True), "o"),
        "log-uniform": ([setting["C"] for setting, _ in drawn], "|"),
    }
    for row, (values, mark) in enumerate(rows.values()):
        panel.plot(values, np.full(len(values), row), mark, color=BLUE, markersize=7)
    panel.set(xscale="log", xlim=(0.005, 200), ylim=(2.5, -0.5), yticks=range(3), yticklabels=list(rows))
    panel.minorticks_off()


def _tree(solution: SimpleNamespace, panel: Axes) -> None:
    """A bar for each setting; the share of a branch is divided among what is below it."""
    rng = np.random.default_rng(1)
    drawn = [solution.sample_tree(TREE, rng) for _ in range(DRAWS)]
    settings = list(solution.enumerate_tree(TREE))
    shares = [drawn.count(setting) / DRAWS for setting in settings]
    expected = [1 / 12, 1 / 12, 1 / 12, 1 / 12, 1 / 6, 1 / 12, 1 / 12, 1 / 3]
    panel.bar(range(len(settings)), shares, color=BLUE)
    panel.step(np.arange(len(expected) + 1) - 0.5, [*expected, expected[-1]], "--", where="post", color=RED)
    labels = ["\n".join(str(value) for value in setting.values()) for setting in settings]
    panel.set_xticks(range(len(settings)), labels, fontsize=6)
    panel.set(yticks=[])
