"""A filter and the steps of the wrapper; votes for features; merged scores beside those of four selectors.

Seen at a glance: a wrapper that is asked about features that the filter has dropped, a threshold of votes that is off
by one, scores that were not scaled. Three dots: not written yet.
"""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Left: the twelve scores of the filter as grey bars. A dot above a bar is a question about a set to which this "
        "feature would be added; each row of dots is one of three steps: seven dots in the lowest row, six and five "
        "above, all of them over the seven highest bars; a red ring marks what a step has chosen. Middle: the votes of "
        "five sets for nine features; the bars of three votes or more are blue. Right: the scaled scores of four "
        "selectors as grey lines from 0 to 1, among them their mean, blue, and their median, red; one selector runs "
        "against the others, and the median follows it less."
    ),
    "ru": (
        "Слева серые столбики — двенадцать оценок фильтра. Точка над столбиком — вопрос о наборе, в который добавлен "
        "этот признак; ряд точек — один из трёх шагов: в нижнем семь точек, выше шесть и пять, и все они над семью "
        "самыми высокими столбиками; красный кружок — признак, выбранный на этом шаге. В середине — голоса пяти "
        "наборов за девять признаков; синие столбики — там, где голосов три и больше. Справа серые линии — приведённые "
        "оценки четырёх методов от 0 до 1, среди них среднее (синяя линия) и медиана (красная); один метод "
        "противоречит остальным, и медиана следует за ним меньше."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(8.4, 3.0)
    figure.set_layout_engine("constrained")
    parts: dict[str, Callable[[Axes], None]] = {
        "hybrid": lambda panel: _hybrid(solution, panel),
        "vote_sets": lambda panel: _votes(solution, panel),
        "merge_scores": lambda panel: _scores(solution, panel),
    }
    for (title, part), panel in zip(parts.items(), figure.subplots(1, 3), strict=True):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _hybrid(solution: SimpleNamespace, panel: Axes) -> None:
    scores = np.array([0.5, 0.9, 0.2, 0.8, 0.3, 0.6, 0.1, 0.7, 0.4, 0.95, 0.15, 0.55])
    asked: list[tuple[int, ...]] = []

    def score(subset: tuple[int, ...]) -> float:
        asked.append(tuple(subset))
        return float(np.sin(3.0 * np.array(subset)).sum())

    chosen = list(solution.hybrid(scores.copy(), 7, score, 3))
    panel.bar(range(12), scores, color="#DDDDDD")
    for subset in asked:
        step = len(subset)
        for feature in set(subset) - set(chosen[: step - 1]):
            panel.plot([feature], [1.0 + 0.15 * step], ".", color=BLUE, markersize=5)
    for step, feature in enumerate(chosen, start=1):
        panel.plot([feature], [1.0 + 0.15 * step], "o", color=RED, fillstyle="none", markersize=9)
    panel.set(xticks=range(12), yticks=[0, 0.5, 1], ylim=(0, 1.6))


def _votes(solution: SimpleNamespace, panel: Axes) -> None:
    sets = [[0, 1, 4, 7], [1, 2, 4], [1, 4, 7, 8], [0, 4, 5, 7], [2, 1, 8]]
    counts = np.bincount(np.concatenate(sets), minlength=9)
    winners = {int(feature) for feature in solution.vote_sets([list(one) for one in sets], 9, 3)}
    panel.bar(range(9), counts, color=[BLUE if feature in winners else "#DDDDDD" for feature in range(9)])
    panel.axhline(3, color=GREY, linestyle=":", linewidth=1.0)
    panel.set(xticks=range(9), yticks=range(6))


def _scores(solution: SimpleNamespace, panel: Axes) -> None:
    shape = np.array([0.1, 0.9, 0.4, 0.7, 0.0, 1.0, 0.3, 0.6])
    wiggle = np.array([0.0, 0.05, -0.05, 0.1, 0.0, 0.0, 0.1, -0.1])
    S = np.vstack([100.0 * shape + 7.0, 0.01 * (shape + wiggle), shape - 2.0 * wiggle, 5.0 - 3.0 * shape])
    low, high = S.min(axis=1, keepdims=True), S.max(axis=1, keepdims=True)
    for row in (S - low) / (high - low):
        panel.plot(row, color=GREY, linewidth=0.8)
    panel.plot(solution.merge_scores(S.copy(), "mean"), color=BLUE, linewidth=1.8, label="mean")
    panel.plot(solution.merge_scores(S.copy(), "median"), color=RED, linewidth=1.8, label="median")
    panel.set(xticks=range(8), yticks=[0, 1], ylim=(-0.05, 1.35))
    panel.legend(fontsize=7, loc="upper left", ncols=2)
