"""What the suites share: signals, and comparisons."""

import numpy as np

from grader.testing import assert_array, assert_close


def noise(rng, n):
    """Noise around 0.5: whoever subtracts the mean of a frame gets another result."""
    return rng.normal(size=n) + 0.5


def recording(rng, n):
    """Whole numbers of 16 bits, as files of sound hold them."""
    return rng.integers(-20000, 20001, size=n).astype(np.int16)


def agree(actual, expected, what):
    """As near as nine digits of the largest value."""
    assert_close(actual, expected, rtol=0, atol=1e-9 * float(np.abs(expected).max() + 1e-300), what=what)


def agree_but_for_the_last(actual, expected, what, agree=agree):
    """All columns but the last, or all entries: how many frames there are is the business of other tests."""
    rows, frames = expected.shape[:-1], expected.shape[-1] - 1
    actual = np.asarray(assert_array(actual, shape=(*rows, None), what=what))
    assert actual.shape[-1] >= frames, f"{what}: there are too few frames"
    agree(actual[..., :frames], expected[..., :frames], what)


def three(result):
    """The parts of a spectrogram, once they are known to be three."""
    assert isinstance(result, tuple), "spectrogram must return a tuple (frequencies, times, power)"
    assert len(result) == 3, "spectrogram must return a tuple (frequencies, times, power)"
    return result


def matrix_of(result, rows, what):
    """An array with so many rows, whatever the number of its columns."""
    return np.asarray(assert_array(result, shape=(rows, None), what=what))
