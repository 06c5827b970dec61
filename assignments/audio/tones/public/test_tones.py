"""The public tests of notes, aliases and features in time: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, title

X = np.array([1.0, -2.0, 0.0, 2.0, 4.0, -4.0, 7.0])  # three frames of three samples with a hop of two


@title(en="Two octaves, a fifth, and nearly an octave", ru="Две октавы, квинта и почти октава")
def test_same_note(submission):
    for f1, f2, expected in ((440.0, 110.0, True), (440.0, 660.0, False), (440.0, 882.0, True), (440.0, 890.0, False)):
        assert_equal(submission.same_note(f1, f2), expected, what=f"same_note({f1}, {f2})")


@title(en="The Nyquist frequency", ru="Частота Найквиста")
def test_nyquist(submission):
    assert_close(submission.nyquist(44100), 22050.0)


@title(en="Aliases at 8000 samples a second", ru="Наложение частот при 8000 отсчётов в секунду")
def test_alias(submission):
    for f, expected in ((3000.0, 3000.0), (5000.0, 3000.0), (9000.0, 1000.0)):
        assert_close(submission.alias(f, 8000.0), expected, atol=1e-6, what=f"alias({f}, 8000)")


@title(en="Two channels", ru="Два канала")
def test_mono(submission):
    assert_close(submission.mono(np.array([[1.0, 2.0], [3.0, -3.0]])), np.array([1.5, 0.0]), atol=1e-12)


@title(en="The envelope of the statement", ru="Огибающая из условия")
def test_envelope(submission):
    assert_close(submission.envelope(X, 3, 2), np.array([2.0, 4.0, 7.0]), atol=1e-12)


@title(en="The root mean squares of the statement", ru="Среднеквадратичные значения из условия")
def test_rms(submission):
    assert_close(submission.rms(X, 3, 2), np.sqrt(np.array([5 / 3, 20 / 3, 27.0])), rtol=1e-9)


@title(en="The zero crossings of the statement", ru="Переходы через ноль из условия")
def test_zero_crossing_rate(submission):
    assert_close(submission.zero_crossing_rate(X, 3, 2), np.array([2 / 3, 0.0, 2 / 3]), atol=1e-12)


@title(en="Only whole frames", ru="Только целые кадры")
def test_frames(submission):
    for n in (10, 11, 12):
        assert_close(submission.envelope(np.ones(n), 4, 3), np.ones(3), what=f"envelope of {n} samples")


@title(en="The summary of the statement", ru="Сводка из условия")
def test_summary(submission):
    actual = submission.summary(np.array([[1.0, 5.0], [3.0, 5.0]]))
    assert_close(actual, np.array([2.0, 5.0, 1.0, 0.0]), atol=1e-12)
