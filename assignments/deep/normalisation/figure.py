"""The signal and its gradient in thirty layers, the mean of dropout over many masks, batch normalisation at work.

Seen at a glance: a scheme with another variance (its line tilts), the variance taken before the activation, gradients
in the wrong order (their lines tilt the other way), a scale that is missing (dots off the diagonal), running statistics
that do not come near the dashed lines, a gradient by X unlike that of finite differences. Three dots: not written yet.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top: the variance of the signal and of its gradient in thirty layers, on a logarithmic axis. He's weights "
        "hold both with ReLU and LeCun's lose half of it in each layer; LeCun's hold both with linear layers. Below "
        "left: outputs of dropout against inputs, the mean over 400 masks: dots lie on the diagonal, and so does the "
        "line of prediction. In the middle: running mean and variance of one feature over sixty batches; they come "
        "near the dashed lines. Right: the gradient by X of batch normalisation, dots, and by finite differences, "
        "crosses: each dot has a cross."
    ),
    "ru": (
        "Сверху: дисперсия сигнала и его градиента в тридцати слоях, ось логарифмическая. С ReLU веса Ге сохраняют "
        "обе, а веса LeCun теряют половину на каждом слое; в линейных слоях веса LeCun сохраняют обе. Снизу слева: "
        "выходы дропаута в зависимости от входов, среднее по 400 маскам: точки лежат на диагонали, линия предсказания "
        "тоже. В середине: накопленные среднее и дисперсия признака за шестьдесят пакетов; они подходят к пунктирным "
        "линиям. Справа: градиент пакетной нормализации по X (точки) и он же конечными разностями (крестики): у каждой "
        "точки свой крестик."
    ),
}

BLUE, RED, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#999999"
NETS = {("he_in", "relu"): BLUE, ("lecun", "relu"): RED, ("lecun", "linear"): GREEN}
LAYERS, WIDTH = 30, 60


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels = figure.subplot_mosaic([["signal"] * 3 + ["gradient"] * 3, ["dropout"] * 2 + ["running"] * 2 + ["X"] * 2])
    parts = {"signal": _signal, "gradient": _gradient, "dropout": _dropout, "running": _running, "X": _backward}
    for name, part in parts.items():
        panel = panels[name]
        panel.tick_params(labelsize=6)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _nets(solution: SimpleNamespace) -> Any:
    """Weights of a scheme, and what all nets share."""
    rng = np.random.default_rng(7)
    X, dY = rng.normal(size=(40, WIDTH)), rng.normal(size=(40, WIDTH))
    for (scheme, activation), colour in NETS.items():
        weights = [solution.init(scheme, WIDTH, WIDTH, rng) for _ in range(LAYERS)]
        yield weights, X, activation, dY, f"{scheme}, {activation}", colour


def _by_layers(panel: Axes, lines: Any, title: str) -> None:
    for values, label, colour in lines:
        panel.plot(range(len(values)), values, color=colour, linewidth=1, label=label)
    panel.set(yscale="log", ylim=(1e-11, 1e3), xticks=[0, 10, 20, 30])
    panel.set_title(title, fontsize=8)
    panel.set_xlabel("layer", fontsize=7)


def _signal(solution: SimpleNamespace, panel: Axes) -> None:
    lines = [(solution.signal(W, X, f), label, colour) for W, X, f, _, label, colour in _nets(solution)]
    _by_layers(panel, lines, "signal")
    panel.legend(fontsize=6, loc="lower left")


def _gradient(solution: SimpleNamespace, panel: Axes) -> None:
    lines = [(solution.gradient_signal(W, X, f, dY), label, colour) for W, X, f, dY, label, colour in _nets(solution)]
    _by_layers(panel, lines, "gradient_signal")


def _dropout(solution: SimpleNamespace, panel: Axes) -> None:
    x, rng = np.linspace(-2, 2, 15), np.random.default_rng(8)
    layer = solution.Dropout(0.6)
    outputs = np.array([layer.forward(x.copy(), rng) for _ in range(400)])
    panel.plot([-2, 2], [-2, 2], "--", color=GREY, linewidth=0.8)
    panel.plot(np.broadcast_to(x, (3, 15)).ravel(), outputs[:3].ravel(), ".", color=GREY, markersize=2)
    panel.plot(x, outputs.mean(axis=0), "o", color=BLUE, markersize=3)
    panel.plot(x, layer.forward(x.copy(), rng, train=False), color=RED, linewidth=0.9)
    panel.set(xticks=[-2, 0, 2], yticks=[-5, 0, 5])
    panel.set_title("Dropout, p = 0.6", fontsize=8)


def _running(solution: SimpleNamespace, panel: Axes) -> None:
    layer, rng, history = solution.BatchNorm(1), np.random.default_rng(9), []
    for _ in range(60):
        layer.forward(3 + 1.4 * rng.normal(size=(4, 1)))
        history.append((layer.running_mean[0], layer.running_var[0]))
    for values, value, colour, label in zip(
        np.array(history).T, (3, 1.96), (BLUE, RED), ("running_mean", "running_var"), strict=True
    ):
        panel.axhline(value, color=colour, linestyle="--", linewidth=0.8)
        panel.plot(values, color=colour, linewidth=0.9, label=label)
    panel.set(ylim=(0, 4.4), xticks=[0, 30, 60])
    panel.set_title("BatchNorm", fontsize=8)
    panel.legend(fontsize=6, loc="lower right")


def _backward(solution: SimpleNamespace, panel: Axes) -> None:
    rng, step = np.random.default_rng(10), 1e-5
    X, dY = rng.normal(size=(12, 1)), rng.normal(size=(12, 1))
    layer = solution.BatchNorm(1)
    layer.forward(X.copy())
    panel.plot(layer.backward(dY.copy())[:, 0], "o", color=BLUE, markersize=4)
    differences = []
    for place in range(12):
        change = np.zeros((12, 1))
        change[place] = step
        rise = layer.forward(X + change) - layer.forward(X - change)
        differences.append((rise * dY).sum() / (2 * step))
    panel.plot(differences, "x", color="black", markersize=6)
    panel.axhline(0, color=GREY, linewidth=0.6)
    panel.set(xticks=[])
    panel.set_title("backward", fontsize=8)
