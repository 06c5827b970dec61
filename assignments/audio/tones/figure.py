"""Which intervals sound as the same note, what is heard of a rising tone, and features of a sound in time.

Grey lines and marks stand where the right values lie, so each wrong function is seen by itself.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Four panels. Above on the left same_note(f1, f2, 0.1) for f2 from three octaves below f1 to three above it: "
        "it is 1 on the seven grey stripes around whole octaves, and 0 between them. Above on the right alias(f, "
        "rate) as f rises to three times the rate: a zigzag between 0 and nyquist(rate), on the dashed line. Below "
        "on the left a sound with a loud, a soft and a noisy part; envelope lies on its crests, rms below it. Below "
        "on the right zero_crossing_rate of the same sound, which must lie on the crosses: low in the first part, "
        "three times as high in the second, and near 0.5 in the noise."
    ),
    "ru": (
        "Четыре панели. Сверху слева same_note(f1, f2, 0.1) для f2 от трёх октав ниже f1 до трёх октав выше: 1 на "
        "семи серых полосах вокруг целых октав и 0 между ними. Сверху справа alias(f, rate), пока f растёт до трёх "
        "частот дискретизации: зигзаг между 0 и nyquist(rate), который лежит на штриховой линии. Снизу слева звук из "
        "громкой, тихой и шумной частей; envelope идёт по гребням, rms ниже. Снизу справа zero_crossing_rate того же "
        "звука, значения которой должны лежать на крестиках: в первой части мало переходов, во второй втрое больше, "
        "в шуме около 0.5."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#cccccc"
RATE, PART, FRAME, HOP = 800.0, 400, 80, 40


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels = figure.subplots(2, 2).flat
    parts = [_octaves, _aliases, _loudness, _crossings]
    titles = ["same_note", "nyquist, alias", "envelope, rms", "zero_crossing_rate"]
    for panel, part, title in zip(panels, parts, titles, strict=True):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(panel, solution)
        except NotImplementedError:
            panel.set_facecolor("#dddddd")
        panel.xaxis.label.set_size(8)
        panel.yaxis.label.set_size(8)


def _octaves(panel: Axes, solution: SimpleNamespace) -> None:
    octaves = np.linspace(-3.3, 3.3, 265)  # no point lies on the edge of a stripe
    same = [bool(solution.same_note(440.0, 440.0 * 2**d, 0.1)) for d in octaves]
    for whole in range(-3, 4):
        panel.axvspan(whole - 0.1, whole + 0.1, color=GREY)
    panel.plot(octaves, np.array(same, dtype=float), color=BLUE, linewidth=1)
    panel.set(xlabel="log2(f2 / f1)", ylim=(-0.1, 1.1), yticks=[0, 1])


def _aliases(panel: Axes, solution: SimpleNamespace) -> None:
    tones = np.linspace(0, 3 * RATE, 121)
    corners = np.arange(7)
    panel.plot(corners * RATE / 2, (corners % 2) * RATE / 2, "--", color="#999999", linewidth=3)
    panel.plot(tones, [float(solution.alias(float(f), RATE)) for f in tones], color=BLUE, linewidth=1)
    panel.axhline(float(solution.nyquist(RATE)), color=RED, linewidth=0.8)
    panel.set(xlabel="f, Hz", ylabel="Hz", xticks=np.arange(4) * RATE)


def _sound() -> np.ndarray:
    """A loud tone of 10 Hz, a soft one of 30 Hz, and noise; each part lasts half a second."""
    time = (np.arange(PART) + 0.5) / RATE
    noise = 0.3 * np.random.default_rng(8).normal(size=PART)
    return np.concatenate([np.sin(2 * np.pi * 10 * time + 0.5), 0.3 * np.sin(2 * np.pi * 30 * time + 0.5), noise])


def _middles(values: np.ndarray) -> np.ndarray:
    return (np.arange(len(values)) * HOP + FRAME / 2) / RATE


def _loudness(panel: Axes, solution: SimpleNamespace) -> None:
    x = _sound()
    panel.plot(np.arange(len(x)) / RATE, x, color=GREY, linewidth=0.8)
    for name, colour in (("envelope", BLUE), ("rms", RED)):
        values = np.asarray(getattr(solution, name)(x, FRAME, HOP))
        panel.plot(_middles(values), values, "o-", color=colour, markersize=2.5, linewidth=1, label=name)
    panel.legend(fontsize=7, loc="lower right")
    panel.set(xlabel="s")


def _crossings(panel: Axes, solution: SimpleNamespace) -> None:
    x = _sound()
    rates = np.asarray(solution.zero_crossing_rate(x, FRAME, HOP))
    starts = range(0, len(x) - FRAME + 1, HOP)
    counts = np.array([np.count_nonzero(np.diff(x[start : start + FRAME] < 0)) for start in starts])
    panel.plot(_middles(counts), counts / FRAME, "x", color=RED, markersize=5)
    panel.plot(_middles(rates), rates, color=BLUE, linewidth=1)
    panel.set(xlabel="s", ylim=(-0.02, 0.7))
