"""The paths of the seven methods over a valley that is ten times steeper across than along, and their losses.

Each path begins at the upper cross and should come near the lower one, the minimum. Seen at a glance: steps uphill or
much too long, a path that does not slow down, a rate that all coordinates share, a method that never begins. Three
dots: not written yet.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse

ALT = {
    "en": (
        "Seven panels with the path of each method from the upper cross to the lower one, the minimum of the loss "
        "(w₁² + 10 w₂²) / 2; ellipses are its level lines. The last panel has the loss over the steps. Look at the "
        "direction of the first step, at its length, and at whether the path swings across the valley: descent and "
        "momentum do, the methods with a rate for each coordinate walk diagonally at first."
    ),
    "ru": (
        "Семь панелей с траекторией каждого метода от верхнего крестика к нижнему — минимуму функции потерь "
        "(w₁² + 10 w₂²) / 2; эллипсы — её линии уровня. На последней панели — потери по шагам. Обратите внимание на "
        "направление и длину первого шага и на то, качается ли траектория поперёк оврага: у спуска и метода моментов "
        "качается, а методы со своим темпом для каждой координаты сначала идут по диагонали."
    ),
}

STEEPNESS = np.array([1.0, 10.0])
START = np.array([-4.0, 1.6])
STEPS = 18

# A method: its other arguments, the colour and the mark of its path.
METHODS = {
    "gradient_descent": ({"mu": 0.17}, "#0072B2", "o"),
    "momentum": ({"mu": 0.03, "gamma": 0.6}, "#D55E00", "s"),
    "nesterov": ({"mu": 0.03, "gamma": 0.6}, "#009E73", "D"),
    "adagrad": ({"mu": 1.0}, "#CC79A7", "^"),
    "rmsprop": ({"mu": 0.25}, "#E69F00", "v"),
    "adadelta": ({"eps": 0.02}, "#56B4E9", "<"),
    "adam": ({"mu": 0.4}, "#000000", ">"),
}


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    *panels, losses = figure.subplots(2, 4).flat
    for panel, (name, (arguments, colour, mark)) in zip(panels, METHODS.items(), strict=True):
        panel.set_title(name, fontsize=9)
        _valley(panel)
        try:
            path = getattr(solution, name)(lambda w: STEEPNESS * w, START.copy(), steps=STEPS, **arguments)
        except NotImplementedError:
            panel.text(0.5, 0.8, "...", transform=panel.transAxes)
            continue
        style = {"color": colour, "marker": mark, "markersize": 3.5, "linewidth": 1}
        panel.plot(path[:, 0], path[:, 1], markevery=2, **style)
        losses.plot((STEEPNESS * np.asarray(path) ** 2).sum(axis=1) / 2, markevery=[-1], **style)
    losses.set(yscale="log", ylim=(1e-3, 1e3), xticks=[0, STEPS], yticks=[1e-3, 1, 1e3])
    losses.minorticks_off()
    losses.yaxis.tick_right()
    losses.tick_params(labelsize=7)
    losses.set_title("$L(w_k)$", fontsize=9)


def _valley(panel: Axes) -> None:
    """Level lines, the start, the minimum; a path that leaves the panel goes wrong."""
    for level in (2.0, 9.0):
        width, height = 2 * np.sqrt(2 * level / STEEPNESS)
        panel.add_patch(Ellipse((0, 0), width, height, fill=False, edgecolor="#aaaaaa", linewidth=0.7))
    panel.plot([START[0], 0], [START[1], 0], "+", color="black", markersize=10, zorder=3)
    panel.set(xlim=(-5.2, 3), ylim=(-2.4, 2.4), xticks=[], yticks=[], facecolor="#f3f3f3")
    panel.spines[:].set_visible(False)
