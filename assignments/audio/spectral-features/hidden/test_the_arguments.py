"""The hidden suite of all rows: whole numbers, bad arguments, and arguments that stay as they were."""

import numpy as np

from grader.testing import assert_close, assert_refused, call_unchanged, each, hint
from reference.audio.spectral.constant_q import cqt
from reference.audio.spectral.mel import mel_spectrogram
from reference.audio.spectral.mfcc import mfcc
from reference.audio.spectral.spectrogram import spectrogram

from .shared import agree, agree_but_for_the_last, matrix_of, noise, recording, three

REST = {
    "spectrogram": (8000, 64, 32),
    "mel_spectrogram": (8000, 64, 32, 8),
    "mfcc": (8000, 64, 32, 8, 4),
    "cqt": (8000, 300, 2, 4, 50),
}
RIGHT = {"spectrogram": spectrogram, "mel_spectrogram": mel_spectrogram, "mfcc": mfcc, "cqt": cqt}


def close(actual, expected, what):
    assert_close(actual, expected, rtol=1e-8, atol=1e-8, what=what)


@each(REST, worth="1/8", en="Samples of 16 bits: {name}", ru="16-битные отсчёты: {name}")
@hint(
    en="Samples may be whole numbers, and so may the rate; the result is not whole.",
    ru="Отсчёты бывают целыми, частота дискретизации тоже; результат — не целый.",
)
def test_whole_numbers(submission, rng, name):
    x = recording(rng, 64 + 4 * 32)
    actual, expected = getattr(submission, name)(x, *REST[name]), RIGHT[name](x, *REST[name])
    if name == "spectrogram":
        agree_but_for_the_last(three(actual)[2], expected[2], "power")
    elif name == "mfcc":
        agree_but_for_the_last(actual, expected, "coefficients", close)
    elif name == "cqt":
        agree(matrix_of(actual, 4, "result")[:, 1:3], expected[:, 1:3], "columns 1 and 2")
    else:
        agree_but_for_the_last(actual, expected, "result")


X, NAN, INFINITE = np.ones(16), np.append(np.ones(15), np.nan), np.append(np.ones(15), -np.inf)
NOT_SIGNALS = (np.zeros(0), np.ones((16, 2)), NAN, INFINITE)
MEL = np.ones((4, 3))
# the function: for each bad call the name that the error must tell, or several, and the arguments
REFUSED = {
    "spectrogram": [
        *(("x", bad, 8.0, 4, 2) for bad in NOT_SIGNALS),
        (("x", "window"), X, 8.0, 17, 2),
        ("rate", X, 0.0, 4, 2),
        ("rate", X, -8.0, 4, 2),
        ("window", X, 8.0, 1, 2),
        ("hop", X, 8.0, 4, 0),
        ("hop", X, 8.0, 4, -1),
    ],
    "hz_to_mel": [("f", np.array([1.0, -1.0])), ("f", -1.0), ("f", np.array([1.0, np.nan])), ("f", np.inf)],
    "mel_to_hz": [("m", np.array([1.0, -1.0])), ("m", -1.0), ("m", np.array([1.0, np.nan])), ("m", np.inf)],
    "mel_filters": [
        ("rate", 0.0, 8, 2),
        ("window", 8.0, 1, 2),
        ("n_mels", 8.0, 8, 0),
        ("low", 8.0, 8, 2, -1.0),
        (("low", "high"), 8.0, 8, 2, 3.0, 2.0),
        (("low", "high"), 8.0, 8, 2, 2.0, 2.0),
        ("high", 8.0, 8, 2, 0.0, 5.0),
    ],
    "mel_spectrogram": [("x", NAN, 8.0, 4, 2, 2), ("hop", X, 8.0, 4, 0, 2), ("n_mels", X, 8.0, 4, 2, 0)],
    "cepstrum": [
        *(("mel", bad, 1) for bad in (np.ones(4), np.zeros((0, 3)), -MEL, np.nan * MEL, np.inf * MEL)),
        ("n_mfcc", MEL, 0),
        ("n_mfcc", MEL, 5),
        ("floor", MEL, 2, 0.0),
    ],
    "mfcc": [("x", NAN, 8.0, 4, 2, 3, 2), ("n_mfcc", X, 8.0, 4, 2, 3, 4), ("floor", X, 8.0, 4, 2, 3, 2, 0.0)],
    "cqt_frequencies": [("low", 0.0, 2, 2), ("bins", 1.0, 0, 2), ("n_bins", 1.0, 2, 0), ("n_bins", 1.0, 2, -1)],
    "cqt": [
        *(("x", bad, 8.0, 1.0, 2, 2, 3) for bad in NOT_SIGNALS),
        ("rate", X, 0.0, 1.0, 2, 2, 3),
        ("n_bins", X, 8.0, 1.0, 2, 6, 3),
        ("hop", X, 8.0, 1.0, 2, 2, 0),
    ],
}


@each(REFUSED, worth="1/4", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_errors(submission, name):
    for argument, *arguments in REFUSED[name]:
        assert_refused(argument, getattr(submission, name), *arguments)


ARRAYS = ("spectrogram", "hz_to_mel", "mel_to_hz", "mel_spectrogram", "cepstrum", "mfcc", "cqt")


@each(ARRAYS, worth="1/28", en="The argument stays as it was: {name}", ru="Аргумент не меняется: {name}")
@hint(en="Work on a copy.", ru="Работайте с копией.")
def test_unchanged(submission, rng, name):
    x = noise(rng, 200)
    x[64:128] = 0.0
    values = np.abs(x).reshape(10, 20)
    arguments = (x, *REST[name]) if name in REST else (values, 5) if name == "cepstrum" else (values,)
    call_unchanged(getattr(submission, name), *arguments)
