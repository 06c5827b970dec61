"""Spectra of two tones at two lengths, the way there and back, and a spectrogram.

One tone is a cosine, with peaks at f and -f; the other a wave that turns one way, with a peak at +f alone. So a wrong
sign, a wrong scale, lost imaginary parts and wrong frequencies are seen, and whether `fft` or `dft` is wrong: circles
are `dft`, the line is `fft`, and the peaks of both must fill the grey bars.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Above, the spectra of two tones at n = 64, a power of two, and at n = 31, a prime: a cosine of 100 Hz, which "
        "has peaks of n/2 at 100 and at -100 Hz, and a complex wave of 250 Hz, which has one peak of n/2, at +250 Hz. "
        "The line is fft, the circles are dft, the grey bars are where the peaks must be. Below on the left the dots, "
        "ifft(fft(x)), must lie on the line, the signal. Below on the right a spectrogram made with fft: one tone that "
        "rises from 50 to 300 Hz, and one that stays at 350 Hz."
    ),
    "ru": (
        "Сверху — спектры двух тонов при n = 64 (степень двойки) и при n = 31 (простое число): косинус 100 Гц с пиками "
        "высотой n/2 на 100 и −100 Гц и комплексная волна 250 Гц с единственным пиком высотой n/2 на +250 Гц. Линия — "
        "fft, кружки — dft, серые столбики — места, где должны быть пики. Снизу слева точки ifft(fft(x)) должны лежать "
        "на линии сигнала. Снизу справа — спектрограмма, построенная с помощью fft: один тон растёт от 50 до 300 Гц, "
        "другой остаётся на 350 Гц."
    ),
}

BLUE, RED = "#0072B2", "#D55E00"
COSINE, WAVE = 100.0, 250.0  # hertz


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels = figure.subplots(2, 2).flat
    parts = [
        lambda panel: _spectrum(panel, solution, 64, 800.0),
        lambda panel: _spectrum(panel, solution, 31, 775.0),
        lambda panel: _there_and_back(panel, solution),
        lambda panel: _spectrogram(panel, solution),
    ]
    titles = ["fft, dft: n = 64", "fft, dft: n = 31", "ifft(fft(x))", "fft"]
    for panel, part, title in zip(panels, parts, titles, strict=True):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(panel)
        except NotImplementedError:
            panel.set_facecolor("#dddddd")


def _spectrum(panel: Axes, solution: SimpleNamespace, n: int, rate: float) -> None:
    time = np.arange(n) / rate
    x = np.cos(2 * np.pi * COSINE * time) + 0.5 * np.exp(2j * np.pi * WAVE * time)
    places = np.asarray(solution.frequencies(n, rate))
    order = np.argsort(places, kind="stable")
    panel.bar([-COSINE, COSINE, WAVE], n / 2, width=rate / n * 2.2, color="#cccccc")
    panel.plot(places[order], np.abs(solution.fft(x))[order], color=BLUE, linewidth=1)
    panel.plot(places[order], np.abs(solution.dft(x))[order], "o", color=RED, markersize=3, fillstyle="none")
    panel.set(xlabel="frequencies(n, rate)", xlim=(-rate / 2 - 20, rate / 2 + 20), ylim=(-0.04 * n, 0.7 * n))
    panel.xaxis.label.set_size(8)


def _there_and_back(panel: Axes, solution: SimpleNamespace) -> None:
    j = np.arange(60)
    x = np.exp(-j / 18) * np.sin(2 * np.pi * j / 12)
    back = np.asarray(solution.ifft(solution.fft(x)))
    panel.plot(j, x, color="#999999", linewidth=2)
    panel.plot(j, back.real, ".", color=BLUE, markersize=4)
    panel.plot(j, back.imag, ".", color=RED, markersize=2)
    panel.set(xlabel="j", ylim=(-1, 1))
    panel.xaxis.label.set_size(8)


def _spectrogram(panel: Axes, solution: SimpleNamespace) -> None:
    """Frames of 64 samples, half of each in the next; the lower half of each spectrum."""
    rate, size, step = 1000.0, 64, 32
    time = np.arange(2048) / rate
    x = np.sin(2 * np.pi * (50 * time + 250 / 2 * time**2 / time[-1])) + 0.6 * np.sin(2 * np.pi * 350 * time)
    window = np.hanning(size)
    frames = [window * x[begin : begin + size] for begin in range(0, len(x) - size + 1, step)]
    powers = np.abs([np.asarray(solution.fft(frame))[: size // 2] for frame in frames])  # (frames, size / 2)
    panel.imshow(
        np.log10(powers.T + 0.1), cmap="viridis", origin="lower", aspect="auto", interpolation="none",
        extent=(0, time[-1], 0, rate / 2),
    )  # fmt: skip
    panel.set(xlabel="s", ylabel="Hz")
    panel.xaxis.label.set_size(8)
    panel.yaxis.label.set_size(8)
