"""The nine activations with their derivatives, a broken line through points, gradients over forty layers, two rings.

Seen at a glance: a derivative that is not the slope of its curve, a function that overflows, a line that misses its
points, a gradient that vanishes in spite of the skip connection, rings that are not told apart. Three dots: not
written yet.
"""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top: nine small panels with the activation functions from -4 to 4, blue, and their derivatives, red; "
        "where the blue curve rises most, the red one is highest. Bottom left: the network of interpolate, a "
        "broken line through all eight points. Bottom middle, on a logarithmic axis: the size of the derivative by "
        "X after 1 to 40 layers; without a skip connection, blue, it falls by many orders of magnitude; with it, "
        "red, it stays near 1. Bottom right: two rings after training; the border of the coloured regions runs "
        "between the rings."
    ),
    "ru": (
        "Сверху девять маленьких панелей: функции активации на отрезке от -4 до 4 (синие) и их производные "
        "(красные); где синяя кривая круче всего, там красная выше всего. Внизу слева — сеть из interpolate: "
        "ломаная через все восемь точек. Внизу в середине, по логарифмической оси, — величина производной по X для "
        "1–40 слоёв: без обходного пути (синяя) она падает на много порядков, с ним (красная) остаётся около 1. "
        "Внизу справа — два кольца после обучения: граница закрашенных областей проходит между кольцами."
    ),
}

BLUE, RED = "#0072B2", "#D55E00"
NAMES = ("sigmoid", "tanh", "relu", "leaky", "prelu", "softplus", "arctan", "softsign", "lecun")


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(7.2, 5.6)
    figure.set_layout_engine("constrained")
    above, below = figure.subfigures(2, 1, height_ratios=[1.0, 1.15])
    for name, panel in zip(NAMES, above.subplots(2, 5).flat, strict=False):
        _attempt(panel, name, lambda panel, name=name: _activation(solution, panel, name))
    above.axes[-1].remove()
    parts: dict[str, Callable[[Axes], None]] = {
        "interpolate": lambda panel: _line(solution, panel),
        "Residual": lambda panel: _depths(solution, panel),
        "train": lambda panel: _rings(solution, panel),
    }
    for (title, part), panel in zip(parts.items(), below.subplots(1, 3), strict=True):
        _attempt(panel, title, part)


def _attempt(panel: Axes, title: str, part: Callable[[Axes], None]) -> None:
    panel.set_title(title, fontsize=8)
    panel.tick_params(labelsize=6)
    try:
        part(panel)
    except NotImplementedError:
        panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _activation(solution: SimpleNamespace, panel: Axes, name: str) -> None:
    x = np.linspace(-4.0, 4.0, 41)
    panel.plot(x, solution.activation(name, x.copy()), color=BLUE, linewidth=1.2)
    panel.plot(x, solution.activation_grad(name, x.copy()), color=RED, linewidth=0.9)
    panel.set(xticks=[0], ylim=(-1.7, 2.2), yticks=[0, 1])
    panel.label_outer()


def _line(solution: SimpleNamespace, panel: Axes) -> None:
    x = np.array([2.0, 0.0, 5.5, 3.0, 1.2, 6.0, 4.1, 5.0])
    y = np.sin(1.3 * x) + 0.3 * x
    weights, biases = solution.interpolate(x.copy(), y.copy())
    at = np.sort(np.concatenate([np.linspace(-0.5, 6.5, 60), x]))[:, None]
    panel.plot(at, np.maximum(at @ weights[0] + biases[0], 0.0) @ weights[1] + biases[1], color=BLUE, linewidth=1.2)
    panel.plot(x, y, "o", color=RED, markersize=4)


def _depths(solution: SimpleNamespace, panel: Axes) -> None:
    """The norm of dX for dY of norm 1: blocks of one layer with tanh and one without, with and without a skip."""
    rng = np.random.default_rng(1)
    X, dY = rng.normal(size=(1, 6)), np.full((1, 6), 6**-0.5)
    sizes: dict[str, list[float]] = {BLUE: [], RED: []}
    weights = [0.3 * rng.normal(size=(6, 6)) for _ in range(40)]
    for depth in range(1, 41, 3):
        net = solution.Perceptron(weights[:depth], [np.zeros(6)] * depth)
        for colour, block in ((BLUE, net), (RED, solution.Residual(net))):
            block.forward(X.copy())
            sizes[colour].append(float(np.linalg.norm(block.backward(dY.copy()))))
    for colour, values in sizes.items():
        panel.plot(range(1, 41, 3), values, color=colour, linewidth=1.2)
    panel.set(yscale="log", xticks=[1, 20, 40])
    panel.minorticks_off()
    panel.set_xlabel("$L$", fontsize=7)


def _rings(solution: SimpleNamespace, panel: Axes) -> None:
    rng = np.random.default_rng(3)
    inner, angle = np.arange(64) % 2 == 1, rng.uniform(0, 2 * np.pi, size=64)
    radius = np.where(inner, 1.0, 2.4) + 0.2 * rng.normal(size=64)
    X = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    weights = [rng.normal(size=(2, 10)), rng.normal(size=(10, 1)) / 3]
    net = solution.Perceptron(weights, [rng.normal(size=10), np.zeros(1)])
    solution.train(net, X.copy(), np.where(inner, 1.0, -1.0)[:, None], 0.1, 500)
    grid = np.linspace(-3.2, 3.2, 60)
    places = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
    regions = np.asarray(net.forward(places)).reshape(60, 60) > 0
    panel.imshow(regions, "coolwarm", alpha=0.35, origin="lower", extent=(-3.2, 3.2, -3.2, 3.2), interpolation="none")
    for ring, colour in ((inner, RED), (~inner, BLUE)):
        panel.plot(X[ring, 0], X[ring, 1], ".", color=colour, markersize=3)
    panel.set(xticks=[], yticks=[])
