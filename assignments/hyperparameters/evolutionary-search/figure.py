"""Three searches on a loss with many minima, the probability of a worse step, mutations of a mixed setting.

Seen at a glance: hill climbing that leaves its minimum, annealing that never takes a worse step or never cools down, a
population that does not gather, a history that rises where it must not, mutations of two parameters at once or outside
of the space. Three dots: not written yet.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top, on a loss with many minima (dark is low): hill climbing stays in a minimum that it has met; annealing "
        "also takes worse steps at first; of the genetic algorithm crosses are the first generation, squares the last, "
        "which must be gathered. Bottom: the three histories, of which only that of annealing, dashed, may rise; the "
        "probability of a step that is worse by d; mutations of one mixed setting, a cross within the frame."
    ),
    "ru": (
        "Сверху, на функции с множеством минимумов (тёмное — меньше): подъём в гору остаётся во встреченном минимуме; "
        "отжиг поначалу делает и худшие шаги; у генетического алгоритма крестики — первое поколение, квадраты — "
        "последнее, оно должно собраться вместе. Снизу: три истории потерь, из которых расти может только история "
        "отжига (пунктир); вероятность шага, который хуже на d; мутации одной точки смешанного пространства: они лежат "
        "крестом и не выходят за рамку."
    ),
}

BLUE, RED, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#999999"
START = np.array([3.1, 2.9])
BUDGET = 40
SIZE, GENERATIONS = 10, 4
SPACE = {"real": ("real", 0.0, 1.0), "integer": ("integer", 0, 10), "category": ("category", ["a", "b", "c"])}


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    (hill, annealing, population), (histories, acceptance, mixed) = figure.subplots(2, 3)
    histories.set(ylim=(-1, 31), xlim=(0, BUDGET), xticks=[0, BUDGET], yticks=[0, 30])
    histories.tick_params(labelsize=7)
    parts: dict[str, tuple[Axes, Callable[[Axes], None]]] = {
        "hill_climbing": (hill, lambda panel: _climb(solution, panel, histories)),
        "simulated_annealing": (annealing, lambda panel: _anneal(solution, panel, histories)),
        "genetic": (population, lambda panel: _evolve(solution, panel, histories)),
        "acceptance": (acceptance, lambda panel: _accept(solution, panel)),
        "mutate_mixed": (mixed, lambda panel: _mutations(solution, panel)),
    }
    histories.set_title("history", fontsize=9)
    for name, (panel, part) in parts.items():
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=7)
        panel.spines[["top", "right"]].set_visible(False)
        try:
            part(panel)
        except NotImplementedError:
            panel.text(0.5, 0.8, "...", transform=panel.transAxes)


def _loss(x: Any) -> float:
    """A bowl with waves: a minimum about every unit and a half, the least at zero."""
    return float(np.sum(np.square(x) + 3 * (1 - np.cos(4 * np.asarray(x)))))


class _Remembered:
    """The loss, and all objects that it was asked for."""

    def __init__(self) -> None:
        self.points: list[np.ndarray] = []

    def __call__(self, x: Any) -> float:
        self.points.append(np.array(x, dtype=float))
        return _loss(x)


def _landscape(panel: Axes) -> None:
    x, y = np.meshgrid(np.linspace(-4, 4, 24), np.linspace(-4, 4, 24))
    values = np.square(x) + np.square(y) + 3 * (2 - np.cos(4 * x) - np.cos(4 * y))
    panel.imshow(values, "gray", vmin=-20, extent=(-4, 4, -4, 4), origin="lower", aspect="auto", interpolation="none")
    panel.set(xlim=(-4, 4), ylim=(-4, 4), xticks=[], yticks=[])


def _walk(panel: Axes, points: list[np.ndarray], history: list[float], colour: str) -> None:
    """A line through what was taken, where the history has its loss, and dots for all the rest."""
    taken = np.array([bool(np.isclose(_loss(x), value)) for x, value in zip(points, history, strict=False)])
    tried = np.array(points[: len(taken)])
    panel.plot(*tried[~taken].T, ".", color="black", markersize=3)
    panel.plot(*tried[taken].T, color=colour, linewidth=1.5)
    panel.plot(*START, "+", color="black", markersize=10)


def _climb(solution: SimpleNamespace, panel: Axes, histories: Axes) -> None:
    _landscape(panel)
    rng, loss = np.random.default_rng(1), _Remembered()
    history = solution.hill_climbing(loss, START, lambda x: solution.mutate_real(x, 0.4, rng), BUDGET)[2]
    _walk(panel, loss.points, history, BLUE)
    histories.plot(history, color=BLUE)


def _anneal(solution: SimpleNamespace, panel: Axes, histories: Axes) -> None:
    _landscape(panel)
    rng, loss = np.random.default_rng(2), _Remembered()
    temperatures = list(12 * 0.88 ** np.arange(BUDGET - 1))
    history = solution.simulated_annealing(loss, START, lambda x: solution.mutate_real(x, 0.8, rng), temperatures, rng)[
        2
    ]
    _walk(panel, loss.points, history, RED)
    histories.plot(history, "--", color=RED)


def _evolve(solution: SimpleNamespace, panel: Axes, histories: Axes) -> None:
    """Crosses are the first generation, dots the middle, squares the last; its history has a step a generation."""
    _landscape(panel)
    rng, loss = np.random.default_rng(3), _Remembered()
    operators = (
        lambda: 2 * solution.rand_real(2, rng),
        lambda x: solution.mutate_real(x, 0.3, rng),
        solution.cross_real,
    )
    history = solution.genetic(loss, *operators, SIZE, GENERATIONS, rng, elite=2)[2]
    tried = np.array(loss.points)
    first, middle, last = tried[:SIZE], tried[SIZE : -(SIZE - 2)], tried[-(SIZE - 2) :]
    panel.plot(*first.T, "x", color=BLUE, markersize=5)
    panel.plot(*middle.T, ".", color="black", markersize=3)
    panel.plot(*last.T, "s", color=GREEN, markersize=4)
    evaluations = SIZE + (SIZE - 2) * np.arange(len(history))
    histories.plot(evaluations, history, "-s", color=GREEN, markersize=3)


def _accept(solution: SimpleNamespace, panel: Axes) -> None:
    d = np.linspace(-1, 4, 26)
    for t, style, height in ((3.0, "-", 0.72), (1.0, "--", 0.35), (0.2, ":", 0.05)):
        panel.plot(d, [solution.acceptance(float(x), t) for x in d], style, color=RED)
        panel.text(1.2, height, f"t={t}", fontsize=7)
    panel.set(ylim=(-0.05, 1.1), yticks=[0, 1], xticks=[-1, 0, 4])


def _mutations(solution: SimpleNamespace, panel: Axes) -> None:
    """One parameter changes: along a row the number, along a column the integer, in the middle the category."""
    rng = np.random.default_rng(4)
    parent = {"real": 0.8, "integer": 9, "category": "a"}
    children = [solution.mutate_mixed(dict(parent), SPACE, rng) for _ in range(22)]
    for category, mark, colour in (("a", "o", BLUE), ("b", "s", RED), ("c", "^", GREEN)):
        points = [(child["real"], child["integer"]) for child in children if child["category"] == category]
        panel.plot(*np.array(points).reshape(-1, 2).T, mark, color=colour, markersize=5, markerfacecolor="none")
    panel.plot([0, 1, 1, 0, 0], [0, 0, 10, 10, 0], color=GREY, linewidth=0.8)
    panel.set(xlim=(0.3, 1.1), ylim=(5.5, 11), xticks=[], yticks=[7, 8, 9, 10])
