"""A sound of a note, a tone that rises and silence, seen by each function; the filters; and the spectrum of a frame.

Dashed lines and crosses stand where the tones must be, so wrong frequencies, times, windows and filters are seen, and
which function is wrong.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "One sound of 0.9 seconds in six panels: a note of 300 Hz with overtones, then a tone that rises from 400 to "
        "1600 Hz, then silence. Above, the spectrogram, the mel spectrogram and the constant-Q transform, where a "
        "row is a note; the dashed lines are where the lowest note and the rising tone must be, the bright stripes "
        "must lie on them. Below, ten mel filters, narrow on the left and wide on the right, each of height 1 (less, "
        "where no frequency lies at the top); MFCC, where each of the three parts has a pattern of its own; and the "
        "spectrum of one frame of a tone, which must lie on the crosses."
    ),
    "ru": (
        "Один звук длиной 0,9 секунды на шести панелях: нота 300 Гц с обертонами, затем тон, растущий от 400 до 1600 "
        "Гц, затем тишина. Сверху спектрограмма, мел-спектрограмма и преобразование constant Q, где строка — это "
        "нота; штриховые линии показывают, где должны быть нижняя нота и растущий тон, и яркие полосы должны лежать "
        "на них. Снизу десять мел-фильтров, слева узкие, справа широкие, высоты 1 (чуть меньше, если на вершину не "
        "попала частота); MFCC, где у каждой из трёх частей свой узор; спектр одного кадра тона, который должен "
        "лежать на крестиках."
    ),
}

BLUE, RED, LIGHT = "#0072B2", "#D55E00", "#ffffff"
RATE, WINDOW, HOP, PART = 4000.0, 256, 64, 1200
NOTE, LOW, HIGH = 300.0, 400.0, 1600.0  # hertz


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    figure.set_size_inches(7.6, 4.6)
    panels = figure.subplots(2, 3).flat
    parts = [_spectrogram, _mel_spectrogram, _cqt, _filters, _mfcc, _frame]
    titles = ["spectrogram", "mel_spectrogram", "cqt", "mel_filters", "mfcc", "spectrogram"]
    for panel, part, title in zip(panels, parts, titles, strict=True):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(panel, solution)
        except NotImplementedError:
            panel.set_facecolor("#dddddd")
        panel.xaxis.label.set_size(8)
        panel.yaxis.label.set_size(8)


def _sound() -> np.ndarray:
    time = np.arange(PART) / RATE
    note = sum(np.cos(2 * np.pi * NOTE * h * time) / h for h in range(1, 6))
    rising = np.sin(2 * np.pi * (LOW * time + (HIGH - LOW) / 2 * time**2 / time[-1]))
    return np.concatenate([note, rising, np.zeros(PART)])


def _tones(panel: Axes, place) -> None:
    """The lines on which the lowest note and the rising tone must lie; ``place`` turns hertz into the vertical axis."""
    times = np.linspace(0, PART / RATE, 50)
    panel.plot([0, times[-1]], [place(NOTE)] * 2, "--", color=LIGHT, linewidth=0.8)
    rising = [place(LOW + (HIGH - LOW) * share) for share in np.linspace(0, 1, 50)]
    panel.plot(times[-1] + times, rising, "--", color=LIGHT, linewidth=0.8)


def _picture(panel: Axes, values: np.ndarray, extent: tuple[float, float, float, float]) -> None:
    values = np.asarray(values)
    panel.imshow(values, cmap="viridis", origin="lower", aspect="auto", interpolation="none", extent=extent)
    panel.set(xlim=(0, 3 * PART / RATE), xlabel="s")


def _spectrogram(panel: Axes, solution: SimpleNamespace) -> None:
    frequencies, times, power = solution.spectrogram(_sound(), RATE, WINDOW, HOP)
    across, up = (times[1] - times[0]) / 2, (frequencies[1] - frequencies[0]) / 2
    extent = (times[0] - across, times[-1] + across, frequencies[0] - up, frequencies[-1] + up)
    _picture(panel, np.log10(np.asarray(power) + 1e-1), extent)
    _tones(panel, lambda f: f)
    panel.set(ylabel="Hz", ylim=(0, RATE / 2))


def _mel_spectrogram(panel: Axes, solution: SimpleNamespace) -> None:
    mel = np.asarray(solution.mel_spectrogram(_sound(), RATE, WINDOW, HOP, 30))
    top = 1125 * np.log(1 + RATE / 2 / 700)
    start, step = WINDOW / 2 / RATE, HOP / RATE
    extent = (start - step / 2, start + step * (mel.shape[1] - 0.5), 0.5 * top / 31, 30.5 * top / 31)
    _picture(panel, np.log10(mel + 1e-1), extent)
    _tones(panel, lambda f: 1125 * np.log(1 + f / 700))
    panel.set(ylabel="mel", ylim=(0, top))


def _cqt(panel: Axes, solution: SimpleNamespace) -> None:
    values = np.asarray(solution.cqt(_sound(), RATE, 150.0, 12, 44, HOP))
    step = HOP / RATE
    _picture(panel, np.log10(values + 1e-3), (-step / 2, step * (values.shape[1] - 0.5), -0.5, len(values) - 0.5))
    _tones(panel, lambda f: 12 * np.log2(f / 150.0))
    panel.set(ylabel="k", ylim=(-0.5, len(values) - 0.5))


def _filters(panel: Axes, solution: SimpleNamespace) -> None:
    filters = np.asarray(solution.mel_filters(RATE, WINDOW, 10))
    places = np.arange(filters.shape[1]) * RATE / WINDOW
    for number, weights in enumerate(filters):
        panel.plot(places, weights, color=(BLUE, RED)[number % 2], linewidth=1)
    panel.axhline(1, color="#999999", linewidth=0.6)
    panel.set(xlabel="Hz", ylim=(-0.05, 1.15))


def _mfcc(panel: Axes, solution: SimpleNamespace) -> None:
    values = np.asarray(solution.mfcc(_sound(), RATE, WINDOW, HOP, 30, 13, 1e-2))
    start, step = WINDOW / 2 / RATE, HOP / RATE
    _picture(panel, values[1:], (start - step / 2, start + step * (values.shape[1] - 0.5), 0.5, len(values) - 0.5))
    panel.set(ylabel="q")


def _frame(panel: Axes, solution: SimpleNamespace) -> None:
    """A cosine of amplitude 1 in row 5 of a window of 32: N/4 = 8 there, and N/8 = 4 beside it, squared."""
    frequencies, _, power = solution.spectrogram(np.cos(2 * np.pi * 5 * np.arange(32) / 32), 32.0, 32, 32)
    panel.plot(frequencies, np.asarray(power)[:, 0], "o-", color=BLUE, markersize=3, linewidth=1)
    panel.plot([4, 5, 6], [16, 64, 16], "x", color=RED, markersize=7)
    panel.set(xlabel="Hz", ylim=(-4, 80))
