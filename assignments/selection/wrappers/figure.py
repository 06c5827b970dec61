"""The five wrappers at work on small problems with a known answer.

Seen at a glance: ties that go elsewhere, a step too many or too few, an importance of the wrong sign, a walk that goes
down, a generation that loses its best. Three dots: not written yet.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top: which features sfs has after each step and which sbe still has, by rows. The framed features 2 and 5 are "
        "of use together alone; of the others each is worth more, the higher its index. Bottom left: permutation "
        "importance of a linear model, bars, and what is to be expected of it, dots. Bottom right: the best score of "
        "the genetic algorithm by generations, red, and that of hill climbing by questions in steps of 19, blue, which "
        "stays below without the pair; the dashed line is the best of all subsets."
    ),
    "ru": (
        "Сверху: какие признаки есть у sfs после каждого шага и какие ещё остались у sbe, по строкам. Признаки 2 и 5 "
        "(в рамке) полезны только вместе; остальные тем полезнее, чем больше индекс. Слева снизу: перестановочная "
        "полезность для линейной модели (столбики) и её ожидаемые значения (точки). Справа снизу: лучшая оценка "
        "генетического алгоритма по поколениям (красная) и подъёма в гору через каждые 19 вопросов (синяя), который "
        "остаётся внизу без этой пары; штриховая линия — лучшее из всех подмножеств."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"
D, PAIR = 8, (2, 5)


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels = figure.subplots(2, 2).ravel()
    for panel, part, name in zip(panels, (_sfs, _sbe, _importance, _search), NAMES, strict=True):
        panel.tick_params(labelsize=7)
        panel.set_title(name, fontsize=9)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


NAMES = ("sfs", "sbe", "permutation_importance", "hill_binary, genetic_binary")


def _value(subset: tuple[int, ...]) -> float:
    alone = sum(0.01 * (j + 1) for j in subset if j not in PAIR)
    return float(all(j in subset for j in PAIR)) + alone - 0.03 * len(subset)


def _steps(panel: Axes, rows: np.ndarray) -> None:
    panel.imshow(rows, "Blues", vmin=0, vmax=1.4, interpolation="none", aspect="auto")
    for j in PAIR:
        panel.plot([j - 0.5, j + 0.5, j + 0.5, j - 0.5, j - 0.5], [-0.5, -0.5, 4.5, 4.5, -0.5], color=RED, linewidth=1)
    panel.set(xticks=range(D), yticks=range(5), ylim=(4.5, -0.5))


def _sfs(solution: SimpleNamespace, panel: Axes) -> None:
    chosen = list(solution.sfs(_value, D, 5))
    _steps(panel, np.array([np.isin(np.arange(D), chosen[: step + 1]) for step in range(5)], dtype=float))


def _sbe(solution: SimpleNamespace, panel: Axes) -> None:
    removed = list(solution.sbe(_value, D, 3))
    _steps(panel, np.array([~np.isin(np.arange(D), removed[: step + 1]) for step in range(5)], dtype=float))


def _importance(solution: SimpleNamespace, panel: Axes) -> None:
    rng = np.random.default_rng(1)
    X, weights = rng.normal(size=(300, 6)), np.array([0.0, 1.0, -0.5, 0.0, 1.5, -1.0])
    y = X @ weights
    found = solution.permutation_importance(
        lambda X: X @ weights, lambda y, p: float(np.mean((y - p) ** 2)), X, y, np.random.default_rng(2), 10
    )
    panel.bar(range(6), found, color=BLUE, width=0.6)
    panel.plot(range(6), 2 * weights**2 * X.var(axis=0), "o", color=RED, markersize=4)
    panel.axhline(0, color=GREY, linewidth=0.8)


def _search(solution: SimpleNamespace, panel: Axes) -> None:
    best = max(_value(tuple(j for j in range(D) if number >> j & 1)) for number in range(1, 2**D))
    panel.axhline(best, color=GREY, linestyle="--", linewidth=0.8)
    start = np.arange(D) % 2 == 0
    panel.plot(
        solution.hill_binary(_value, start, 191, np.random.default_rng(3))[2][::19], "-o", color=BLUE, markersize=3
    )
    history = solution.genetic_binary(_value, D, 20, 10, np.random.default_rng(4))[2]
    panel.plot(history, "-s", color=RED, markersize=3)
    panel.set(xticks=[0, 10])
