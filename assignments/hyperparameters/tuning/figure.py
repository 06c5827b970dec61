"""What the settings of two classifiers do to their surfaces, which one is chosen, and what the other functions say.

Seen at a glance: a window of the wrong width, a machine that ignores its kernel or bias, a choice that is not the
lowest point, a front that is not the lower left border, an expectation far from the mean of real draws. Three dots: not
written yet.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top: the plane by predicted classes, for neighbours in a narrow and a wide window (white: nobody votes) and "
        "for a support vector machine; circles and triangles are the training objects. Bottom: the share of errors on "
        "validation over the width h, with the choice of tune at its minimum; pairs of losses with the Pareto front, "
        "their lower left border; expected_draws, a line, and the mean of real draws, dots near it."
    ),
    "ru": (
        "Сверху: плоскость, раскрашенная по предсказанным классам, для соседей в узком и в широком окне (белое: никто "
        "не голосует) и для машины опорных векторов; кружки и треугольники — обучающие объекты. Снизу: доля ошибок на "
        "валидации в зависимости от ширины h, выбор tune — в минимуме; пары значений двух функций потерь и фронт "
        "Парето — их левый нижний край; линия expected_draws и рядом с ней точки — среднее настоящих испытаний."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    parts: dict[str, Callable[[Axes], None]] = {
        "kernel_knn: h=0.3": lambda panel: _neighbours(solution, panel, 0.3),
        "kernel_knn: h=1.5": lambda panel: _neighbours(solution, panel, 1.5),
        "svm_decision": lambda panel: _machine(solution, panel),
        "tune": lambda panel: _tuned(solution, panel),
        "pareto_front": lambda panel: _front(solution, panel),
        "expected_draws": lambda panel: _draws(solution, panel),
    }
    for panel, (title, part) in zip(figure.subplots(2, 3).flat, parts.items(), strict=True):
        panel.set_title(title, fontsize=9)
        panel.set(xticks=[], yticks=[])
        panel.tick_params(labelsize=7)
        try:
            part(panel)
        except NotImplementedError:
            panel.text(0.5, 0.8, "...", transform=panel.transAxes)


def _data(seed: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Two classes on both sides of a wave, some of them on the wrong side."""
    rng = np.random.default_rng(seed)
    X = rng.uniform(-2, 2, size=(n, 2))
    return X, np.where(X[:, 1] + rng.normal(scale=0.4, size=n) > np.sin(2 * X[:, 0]), 1, -1)


def _plane(panel: Axes, function: Any) -> None:
    """The signs of a function over a square, the training objects on it."""
    x, y = np.meshgrid(np.linspace(-2, 2, 32), np.linspace(-2, 2, 32))
    values = np.reshape(function(np.stack([x.ravel(), y.ravel()], axis=1)), x.shape)
    square: dict[str, Any] = {"extent": (-2, 2, -2, 2), "origin": "lower", "aspect": "auto", "interpolation": "none"}
    panel.imshow(np.sign(values), "RdBu", vmin=-2.5, vmax=2.5, **square)
    X, classes = _data(0, 24)
    panel.plot(*X[classes > 0].T, "o", color=BLUE, markersize=5.5, markeredgecolor="white")
    panel.plot(*X[classes < 0].T, "^", color=RED, markersize=6, markeredgecolor="white")


def _neighbours(solution: SimpleNamespace, panel: Axes, h: float) -> None:
    X, y = _data(0, 24)
    _plane(panel, lambda queries: solution.kernel_knn(X, y, np.ones(len(X)), queries, h, "epanechnikov"))


def _machine(solution: SimpleNamespace, panel: Axes) -> None:
    X, y = _data(0, 24)

    def kernel(A: np.ndarray, B: np.ndarray) -> Any:
        return np.exp(-2 * np.square(A[:, None] - B).sum(axis=-1))

    _plane(panel, lambda queries: solution.svm_decision(X, y, np.ones(len(X)), -0.15, kernel, queries))


def _tuned(solution: SimpleNamespace, panel: Axes) -> None:
    (X, y), (held, classes) = _data(0, 24), _data(1, 60)
    widths = [float(h) for h in np.geomspace(0.1, 6, 16)]
    errors = {
        h: float(np.mean(solution.kernel_knn(X, y, np.ones(len(X)), held, h, "epanechnikov") != classes))
        for h in widths
    }
    chosen, least = solution.tune(errors.__getitem__, widths)
    panel.plot(widths, list(errors.values()), "-o", color=BLUE, markersize=3)
    panel.plot(chosen, least, "D", color=RED, markersize=8)
    panel.set(xscale="log", xticks=[0.1, 1.0], xticklabels=["h=0.1", "1"])
    panel.minorticks_off()


def _front(solution: SimpleNamespace, panel: Axes) -> None:
    losses = np.random.default_rng(4).uniform(size=(22, 2))
    front = losses[solution.pareto_front(losses)]
    panel.plot(*losses.T, "o", color=GREY, markersize=4)
    panel.plot(*front[np.argsort(front[:, 0])].T, "-D", color=RED, markersize=5, linewidth=1)


def _draws(solution: SimpleNamespace, panel: Axes) -> None:
    """Real draws of a category until all its values have been seen: the mean of 60 runs."""
    rng, sizes = np.random.default_rng(2), [1, 3, 6, 9, 12]
    means = [np.mean([_collected(rng, n) for _ in range(60)]) for n in sizes]
    panel.plot(range(1, 13), [solution.expected_draws(n) for n in range(1, 13)], color=RED)
    panel.plot(sizes, means, "o", color=BLUE, markersize=5)
    panel.set(xticks=[1, 12], xticklabels=["n=1", "12"], yticks=[0, 20, 40])


def _collected(rng: np.random.Generator, n: int) -> int:
    seen: set[int] = set()
    draws = 0
    while len(seen) < n:
        seen.add(int(rng.integers(n)))
        draws += 1
    return draws
