"""Where each method looks at the gradient on a curved valley, which Wolfe steps are allowed, and natural steps.

Every dot is a point at which the function has asked for the gradient, from the left cross on; the right one is the
minimum. Seen at a glance: steps that are too long, a matrix that never learns, a point outside of the box. Three dots:
not written yet.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

ALT = {
    "en": (
        "Four panels with the points at which newton, bfgs, lbfgs and lbfgsb ask for the gradient, on a curved valley "
        "from the left cross to the minimum at the right one; for lbfgsb the box is dashed, and all points must lie "
        "in it. wolfe_step: a function along its direction, a green band where both conditions hold, and the step "
        "returned, which must be in the band. natural_descent: a straight path, beside the zigzag of plain descent."
    ),
    "ru": (
        "На четырёх панелях — точки, в которых newton, bfgs, lbfgs и lbfgsb запрашивают градиент: путь по изогнутому "
        "оврагу от левого крестика к правому, минимуму; для lbfgsb пунктиром показаны ограничения, и все точки должны "
        "лежать внутри. wolfe_step: функция вдоль направления, зелёная полоса — шаги, где выполнены оба условия, и "
        "найденный шаг, который должен попасть в неё. natural_descent: прямой путь рядом с зигзагом обычного спуска."
    ),
}

BLUE, RED, GREEN = "#0072B2", "#D55E00", "#009E73"
START = np.array([-1.2, 1.0])
LOW, HIGH = np.array([-1.4, 0.1]), np.array([0.6, 1.6])
POINTS = 40  # as many are drawn of each path


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    parts: dict[str, Callable[[Axes], None]] = {
        "newton": lambda panel: _path(panel, lambda ask: solution.newton(ask, _hessian, START.copy())),
        "bfgs": lambda panel: _path(panel, lambda ask: solution.bfgs(_loss, ask, START.copy())),
        "lbfgs": lambda panel: _path(panel, lambda ask: solution.lbfgs(_loss, ask, START.copy(), memory=3)),
        "lbfgsb": lambda panel: _path(
            panel, lambda ask: solution.lbfgsb(_loss, ask, START.copy(), LOW, HIGH), box=True
        ),
        "wolfe_step": lambda panel: _wolfe(panel, solution.wolfe_step),
        "natural_descent": lambda panel: _natural(panel, solution.natural_descent),
    }
    for panel, (name, part) in zip(figure.subplots(2, 3).flat, parts.items(), strict=True):
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(panel)
        except NotImplementedError:
            panel.text(0.5, 0.8, "...", transform=panel.transAxes)


def _loss(w: np.ndarray) -> float:
    return float((1 - w[0]) ** 2 + 10 * (w[1] - w[0] ** 2) ** 2)


def _gradient(w: np.ndarray) -> np.ndarray:
    across = 20.0 * (w[1] - w[0] ** 2)
    return np.array([-2 * (1 - w[0]) - 2 * across * w[0], across])


def _hessian(w: np.ndarray) -> np.ndarray:
    return np.array([[2 - 40 * (w[1] - 3 * w[0] ** 2), -40 * w[0]], [-40 * w[0], 20]])


def _path(panel: Axes, method: Callable[..., Any], box: bool = False) -> None:
    """The points of one method over the level lines, and the box where there is one."""
    x, y = np.meshgrid(np.linspace(-2, 2, 24), np.linspace(-1.3, 2.6, 24))
    panel.contour(x, y, (1 - x) ** 2 + 10 * (y - x**2) ** 2, levels=[3, 20], colors="#aaaaaa", linewidths=0.7)
    asked: list[np.ndarray] = []

    def ask(w: np.ndarray) -> np.ndarray:
        asked.append(np.array(w))
        return _gradient(w)

    method(ask)
    path = np.array(asked[:POINTS])
    panel.plot(path[:, 0], path[:, 1], "-o", color=BLUE, markersize=3, linewidth=0.8)
    best = [1.0, 1.0]
    if box:
        panel.add_patch(Rectangle((LOW[0], LOW[1]), *(HIGH - LOW), fill=False, linestyle="--", edgecolor=RED))
        best = [0.6, 0.36]
    panel.plot([START[0], best[0]], [START[1], best[1]], "+", color="black", markersize=10)
    panel.set(xlim=(-2, 2), ylim=(-1.3, 2.6), xticks=[], yticks=[], facecolor="#f3f3f3")
    panel.spines[:].set_visible(False)


def _wolfe(panel: Axes, wolfe_step: Callable[..., Any]) -> None:
    """f along a line, the allowed steps as a band, and the step that the function returned."""

    def f(w: np.ndarray) -> float:
        return float(w[0] ** 4 - 6 * w[0] ** 2 + w[0])

    def slope(w: np.ndarray) -> np.ndarray:
        return np.asarray(4 * w**3 - 12 * w + 1)

    w, direction, c1, c2 = np.array([-2.4]), np.array([2.7]), 0.1, 0.3
    steps = np.linspace(0, 1.8, 40)
    values = np.array([f(w + step * direction) for step in steps])
    slopes = np.array([(slope(w + step * direction) * direction).item() for step in steps])
    allowed = (values <= values[0] + c1 * steps * slopes[0]) & (slopes >= c2 * slopes[0])
    panel.fill_between(steps, 0, 1, where=allowed, color=GREEN, alpha=0.25, transform=panel.get_xaxis_transform())
    panel.plot(steps, values, color=BLUE)
    chosen = wolfe_step(f, slope, w, direction, c1, c2)
    panel.plot(chosen, f(w + chosen * direction), "D", color=RED)
    panel.set(xlabel=r"$\alpha$", yticks=[])


def _natural(panel: Axes, natural_descent: Callable[..., Any]) -> None:
    """The mean of a normal distribution that is narrow along one coordinate: natural steps make up for that."""
    scale = np.array([2.0, 0.5])
    objects = np.random.default_rng(2).normal(size=(60, 2))
    objects = (objects - objects.mean(axis=0)) / objects.std(axis=0) * scale
    start, steps = np.array([-2.0, 1.0]), np.arange(11)
    plain = start * (1 - 0.42 / scale**2) ** steps[:, None]
    natural = [natural_descent(lambda w: (w - objects) / scale**2, start.copy(), 0.35, 1e-3, int(k)) for k in steps[1:]]
    panel.plot(plain[:, 0], plain[:, 1], "--", color="#888888", linewidth=0.8)
    panel.plot(*np.array([start, *natural]).T, "-o", color=RED, markersize=3.5, linewidth=1)
    panel.plot([start[0], 0], [start[1], 0], "+", color="black", markersize=10)
    panel.set(xlim=(-2.6, 1), ylim=(-1.2, 1.4), facecolor="#f3f3f3", xticks=[], yticks=[])
    panel.spines[:].set_visible(False)
