"""The public tests of the spectral features: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, title

X = np.array([1.0, 2.0, 3.0, 4.0])


@title(en="The spectrogram of the statement", ru="Спектрограмма из условия")
def test_spectrogram(submission):
    result = submission.spectrogram(X, 8.0, 4, 1)
    assert isinstance(result, tuple), "spectrogram must return a tuple (frequencies, times, power)"
    frequencies, times, power = result
    assert_close(frequencies, np.array([0.0, 2.0, 4.0]), atol=1e-12, what="frequencies")
    assert_close(times, np.array([0.25]), atol=1e-12, what="times")
    assert_close(power, np.array([[36.0], [10.0], [0.0]]), atol=1e-12, what="power")


@title(en="Only whole frames", ru="Только целые кадры")
def test_frames(submission):
    for n in (10, 11, 12):
        result = submission.spectrogram(np.ones(n), 8.0, 4, 3)
        assert_array(result[2], shape=(3, 3), what=f"power of {n} samples")


@title(en="The mel scale", ru="Мел-шкала")
def test_hz_to_mel(submission):
    actual = submission.hz_to_mel(np.array([0.0, 700.0, 2100.0]))
    assert_close(actual, 1125 * np.log(np.array([1.0, 2.0, 4.0])), atol=1e-9)


@title(en="From mel to hertz", ru="Из мелов в герцы")
def test_mel_to_hz(submission):
    assert_close(submission.mel_to_hz(1125 * np.log(2)), 700.0, rtol=1e-9)


@title(en="The filter of the statement", ru="Фильтр из условия")
def test_mel_filters(submission):
    assert_close(submission.mel_filters(4200.0, 6, 1), np.array([[0.0, 1.0, 0.5, 0.0]]), atol=1e-12)


@title(en="A mel spectrogram of one filter", ru="Мел-спектрограмма с одним фильтром")
def test_mel_spectrogram(submission):
    # window (0, 1/4, 3/4, 1, 3/4, 1/4): of one sample in the middle all powers are 1
    x = np.array([0.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    assert_close(submission.mel_spectrogram(x, 4200.0, 6, 1, 1), np.array([[1.5]]), rtol=1e-9)


@title(en="The cepstrum of the statement", ru="Кепстр из условия")
def test_cepstrum(submission):
    actual = submission.cepstrum(np.exp(np.array([[1.0], [3.0]])), 2)
    assert_close(actual, np.array([[4.0], [-2.0]]) / np.sqrt(2), rtol=1e-9)


@title(en="MFCC of silence with one filter", ru="MFCC тишины с одним фильтром")
def test_mfcc(submission):
    assert_close(submission.mfcc(np.zeros(6), 4200.0, 6, 1, 1, 1, 0.01), np.log(np.array([[0.01]])), rtol=1e-9)


@title(en="Two notes in an octave", ru="Две ноты в октаве")
def test_cqt_frequencies(submission):
    assert_close(submission.cqt_frequencies(100.0, 2, 3), np.array([100.0, 100 * np.sqrt(2), 200.0]), rtol=1e-9)


@title(en="The constant-Q transform of the statement", ru="Преобразование constant Q из условия")
def test_cqt(submission):
    edge = np.sqrt(1.25) / 4
    assert_close(submission.cqt(np.ones(3), 4.0, 1.0, 1, 1, 1), np.array([[edge, 0.25, edge]]), rtol=1e-9)


@title(en="A tone is strongest in its row", ru="Тон сильнее всего в своей строке")
def test_tone(submission):
    x = np.cos(2 * np.pi * 200 * np.arange(400) / 2000)
    actual = assert_array(submission.cqt(x, 2000.0, 100.0, 7, 14, 200), shape=(14, 2))
    assert_equal(int(np.asarray(actual)[:, 1].argmax()), 7, what="the strongest row")
