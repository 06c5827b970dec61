"""Six functions and their derivatives by the three forms, beside differences of the function itself.

Each panel needs other operations, so the panel whose marks leave the line says which rule is wrong, and the mark says
in which form. Small dots are the values of the function, which must lie on the dashed line.
"""

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Six panels, each with a function (dashed) and its derivative by small differences (the wide grey line). "
        "Circles are the derivative by Value, crosses by StaticGraph, triangles by forward_derivative; they must lie "
        "on the grey line, and the small dots, the values, on the dashed one. The title says which operations the "
        "panel needs: in the first one a node is used three times, in the last one the chain rule goes through apply."
    ),
    "ru": (
        "Шесть панелей, на каждой функция (пунктир) и её производная по малым разностям (широкая серая линия). Кружки "
        "— производная по Value, крестики — по StaticGraph, треугольники — по forward_derivative: они должны лежать на "
        "серой линии, а маленькие точки (значения функции) — на пунктире. В заголовке видно, какие операции нужны: на "
        "первой панели узел используется три раза, на последней цепное правило проходит через apply."
    ),
}

Function = Callable[[Any], Any]


def _shared(x: Any) -> Any:
    y = x * x
    return y * y - 3 * y


def _sine(x: Any) -> Any:
    y = x * x
    return math.sin(y) if isinstance(y, float) else y.apply(math.sin, math.cos)


FUNCTIONS: dict[str, Function] = {
    "y = x * x;  y * y - 3 * y": _shared,
    "2 - x / (1 + x)": lambda x: 2 - x / (1 + x),
    "2 / x": lambda x: 2 / x,
    "-(x ** 3) / 3": lambda x: -(x**3) / 3,
    "x ** x - 2 ** x": lambda x: x**x - 2**x,
    "(x * x).apply(sin, cos)": _sine,
}
POINTS = np.linspace(0.5, 2.0, 7)
STEP = 1e-5


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    forms: dict[str, tuple[Callable, str, str, dict]] = {
        "Value": (_value, "o", "#0072B2", {"markersize": 7, "fillstyle": "none"}),
        "StaticGraph": (_static, "x", "#D55E00", {"markersize": 6}),
        "forward_derivative": (_forward, "^", "#009E73", {"markersize": 3}),
    }
    panels = list(figure.subplots(2, 3).flat)
    for panel, (title, function) in zip(panels, FUNCTIONS.items(), strict=True):
        panel.set_title(title, fontsize=8)
        panel.tick_params(labelsize=7)
        panel.locator_params(nbins=4)
        limits = _truth(panel, function)
        for name, (form, mark, colour, look) in forms.items():
            try:
                found = np.array(form(solution, function))  # (points, 2)
            except NotImplementedError:
                continue  # not written yet: it has no marks
            panel.plot(POINTS, found[:, 0], ".", color=colour, markersize=2)
            panel.plot(POINTS, found[:, 1], mark, color=colour, linestyle="none", label=name, **look)
        panel.set_ylim(*limits)
    handles, labels = panels[0].get_legend_handles_labels()
    if handles:
        figure.legend(handles, labels, loc="outside lower center", ncols=3, fontsize=8)


def _truth(panel: Axes, function: Function) -> tuple[float, float]:
    """The function and its differences, drawn; between which heights both lie."""
    x = np.linspace(POINTS[0] - 0.05, POINTS[-1] + 0.05, 30)
    values = [function(float(one)) for one in x]
    slopes = [(function(float(one + STEP)) - function(float(one - STEP))) / (2 * STEP) for one in x]
    panel.plot(x, values, "--", color="#888888", linewidth=1)
    panel.plot(x, slopes, "-", color="#cccccc", linewidth=4)
    low, high = min(*values, *slopes), max(*values, *slopes)
    return low - 0.25 * (high - low), high + 0.25 * (high - low)


def _value(solution: SimpleNamespace, function: Function) -> list[tuple[float, float]]:
    """`backward` twice: the second call must change nothing."""
    found = []
    for point in POINTS:
        x = solution.Value(float(point))
        z = function(x)
        z.backward()
        z.backward()
        found.append((z.data, x.grad))
    return found


def _static(solution: SimpleNamespace, function: Function) -> list[tuple[float, float]]:
    """One graph for all points."""
    graph = solution.StaticGraph(function, 1)
    return [(graph.forward([float(point)]), graph.backward()[0]) for point in POINTS]


def _forward(solution: SimpleNamespace, function: Function) -> list[tuple[float, float]]:
    return [solution.forward_derivative(function, [float(point)], 0) for point in POINTS]
