"""Distances of shifted samples, plans of two eps beside the cheapest, shares of a collapsed generator, groups.

Seen at a glance: a distance that is no straight line in the shift, a plan that is smeared or empty for a small eps,
samples that count for a mode far away, samples in the wrong group. Three dots: not written yet.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top left: the distance of a sample from the same one shifted by x along the line is |x|, blue; grey, its "
        "distance from the one stretched by the factor 1 + x, is 0 only at x = 0. Top right: three plans, dark where "
        "much is moved: the cheapest, Sinkhorn's with eps = 0.01, which is nearly the same, and with eps = 1, which "
        "is smeared. Bottom left: samples around three of five modes, circles; grey ones are outside of all; the "
        "numbers are the shares. Bottom right: training objects, small dots, and samples: copies orange, implausible "
        "ones black, repeated ones purple, good ones green."
    ),
    "ru": (
        "Слева сверху: расстояние от выборки до неё же, сдвинутой по прямой на x, равно |x| (синяя), а до растянутой в "
        "1 + x раз (серая) оно равно 0 только при x = 0. Справа сверху три плана, тёмное — где перевозится много: "
        "самый дешёвый; план Синкхорна с eps = 0.01, почти такой же; с eps = 1, размазанный. Слева снизу: объекты "
        "вокруг трёх из пяти мод (окружности); серые лежат вне мод, числа — доли. Справа снизу: обучающие объекты "
        "(мелкие точки) и созданные: копии оранжевые, неправдоподобные чёрные, повторы фиолетовые, хорошие зелёные."
    ),
}

BLUE, GREY = "#0072B2", "#999999"
COLOURS = {"copies": "#D55E00", "implausible": "black", "repeated": "#CC79A7", "good": "#009E73"}


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels = figure.subplots(2, 2).flat
    parts = {"wasserstein_1d": _line, "transport, sinkhorn": _plans, "coverage": _modes, "assess": _groups}
    for panel, (name, part) in zip(panels, parts.items(), strict=True):
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _line(solution: SimpleNamespace, panel: Axes) -> None:
    a, shifts = np.random.default_rng(1).normal(size=30), np.linspace(-2, 2, 17)
    panel.plot(shifts, [solution.wasserstein_1d(a.copy(), a + x) for x in shifts], "-o", color=BLUE, markersize=3)
    panel.plot(shifts, [solution.wasserstein_1d(a.copy(), a * (1 + x)) for x in shifts], "-o", color=GREY, markersize=3)
    panel.set_xlabel("x", fontsize=7)


def _plans(solution: SimpleNamespace, panel: Axes) -> None:
    places = np.linspace(0, 1, 9)
    cost = (places[:, None] - places) ** 2
    p, q = (np.exp(-((places - middle) ** 2) / 0.05) for middle in (0.3, 0.6))
    p, q = p / p.sum(), q / q.sum()
    plans = [solution.transport(p.copy(), q.copy(), cost.copy())[1]]
    plans += [solution.sinkhorn(p.copy(), q.copy(), cost.copy(), eps, 100)[1] for eps in (0.01, 1.0)]
    gap = np.zeros((9, 1))
    panel.imshow(np.hstack([plans[0], gap, plans[1], gap, plans[2]]) ** 0.5, "Greys", interpolation="none")
    panel.set_xticks([4, 14, 24], ["$W$", "eps = 0.01", "eps = 1"], fontsize=7)
    panel.set_yticks([])
    for edge in (9, 19):
        panel.axvspan(edge - 0.5, edge + 0.5, color=BLUE, alpha=0.3, linewidth=0)


def _modes(solution: SimpleNamespace, panel: Axes) -> None:
    rng = np.random.default_rng(2)
    angles = 2 * np.pi * np.arange(5) / 5
    centers = 3 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    samples = centers[rng.choice(3, size=60, p=(0.7, 0.2, 0.1))] + 0.6 * rng.normal(size=(60, 2))
    found = solution.coverage(samples.copy(), centers.copy(), 1.0)
    inside = np.array([solution.coverage(one[None].copy(), centers.copy(), 1.0)["outside"] == 0 for one in samples])
    panel.plot(*samples[inside].T, ".", color=BLUE, markersize=4)
    panel.plot(*samples[~inside].T, ".", color=GREY, markersize=4)
    circle = np.linspace(0, 2 * np.pi, 40)
    for center, share in zip(centers, np.asarray(found["shares"]), strict=True):
        panel.plot(center[0] + np.cos(circle), center[1] + np.sin(circle), color="black", linewidth=0.7)
        panel.text(0.4 * center[0], 0.4 * center[1], f"{share:.2f}", fontsize=7, ha="center", va="center")
    panel.set_aspect("equal")


def _groups(solution: SimpleNamespace, panel: Axes) -> None:
    rng = np.random.default_rng(3)
    train, new = rng.normal(size=(40, 2)), rng.normal(size=(15, 2))
    samples = np.vstack([train[:5] + 0.01, new, [[3.5, 3.0], [-3.5, 2.5]], new[:3]])
    found = solution.assess(samples.copy(), train.copy(), lambda x: -(np.asarray(x) ** 2).sum(axis=1) / 2, 0.04, -5.0)
    panel.plot(*train.T, ".", color=GREY, markersize=3)
    for name, size in (("copies", 5), ("implausible", 5), ("good", 5), ("repeated", 8)):
        chosen = samples[np.asarray(found[name], dtype=int)]
        panel.plot(*chosen.T, "o", color=COLOURS[name], markersize=size, fillstyle="none", label=name)
    panel.legend(fontsize=6, loc="lower left")
