"""Builders of inputs: each is what it says, draws from its generator alone, and never gives other numbers."""

from __future__ import annotations

import numpy as np
import pytest

from grader.testing import assert_close, inputs


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


BUILDERS = {
    "planted_partition": lambda r: inputs.planted_partition(r, (2, 0, 3)),
    "blobs": lambda r: np.column_stack(inputs.blobs(r, 6, 2, 3)),
    "orthogonal": lambda r: inputs.orthogonal(r, 3),
    "positive_definite": lambda r: inputs.positive_definite(r, 3),
    "smooth_image": lambda r: inputs.smooth_image(r, 4, 5, 2),
    "tones": lambda r: inputs.tones(r, 8, 16.0, (1.0, 3.0)),
    "sentences": lambda r: inputs.sentences(r, 9),
    "fresh": lambda r: inputs.fresh(r).random(3),
}
# The sum of the numbers times 1, 2, 3 and so on, as they were when suites began to use them.
NUMBERS = {
    "planted_partition": 20.0,
    "blobs": -23.566721974961006,
    "orthogonal": 6.273077359327794,
    "positive_definite": 42.574256306245005,
    "smooth_image": 400.81334464205764,
    "tones": 3.154891155422858,
    "fresh": 3.1185436203740426,
}


@pytest.mark.parametrize("name", BUILDERS)
def test_equal_generators_give_equal_inputs_and_others_other_ones(name):
    state = np.random.get_state()[1].copy()
    made = BUILDERS[name]
    assert np.array_equal(made(rng()), made(rng())) if name != "sentences" else made(rng()) == made(rng())
    assert str(made(rng())) != str(made(rng(5)))
    assert np.array_equal(np.random.get_state()[1], state)


@pytest.mark.parametrize("name", NUMBERS)
def test_the_numbers_of_a_builder_never_change(name):
    numbers = np.ravel(BUILDERS[name](rng())).astype(float)
    assert_close(float(numbers @ np.arange(1, 1 + numbers.size)), NUMBERS[name], rtol=1e-9)


def test_the_words_of_sentences_never_change():
    assert [" ".join(words) for words in inputs.sentences(rng(), 2)] == EN
    assert [" ".join(words) for words in inputs.sentences(rng(), 2, "ru")] == RU


EN = ["the quiet child laughs under a tree", "the old cat sleeps under a tree at night"]
RU = ["этот тихий ребёнок смеётся под деревом", "этот старый кот спит под деревом ночью"]


def test_a_partition_has_the_sizes_in_an_order_of_chance():
    labels = inputs.planted_partition(rng(), (30, 0, 20))
    assert np.bincount(labels).tolist() == [30, 0, 20]
    assert (np.diff(labels) != 0).sum() > 10


def test_blobs_lie_around_their_places():
    X, labels = inputs.blobs(rng(), 4000, 3, 5, apart=50.0, spread=2.0)
    assert (X.shape, labels.shape) == ((4000, 3), (4000,))
    assert np.bincount(labels).min() > 600
    within = np.concatenate([X[labels == j] - X[labels == j].mean(axis=0) for j in range(5)])
    assert_close(within.std(axis=0), np.full(3, 2.0), rtol=0.1)
    places = np.concatenate([inputs.blobs(rng(seed), 1, 40, 1, apart=7.0, spread=0.0)[0] for seed in range(50)])
    assert_close(float(places.std()), 7.0, rtol=0.1)


def test_on_the_grid_nothing_is_rounded_by_a_shift_or_a_unit():
    X = inputs.on_a_grid(rng().normal(size=(50, 2)))
    assert np.array_equal((X + inputs.FAR) - inputs.FAR, X)
    assert np.array_equal(inputs.TINY * X / inputs.TINY, X)
    assert_close(X, rng().normal(size=(50, 2)), rtol=0, atol=1 / inputs.GRID)


@pytest.mark.parametrize(("metric", "expected"), [("euclidean", 5.0), ("manhattan", 7.0), ("largest", 4.0)])
def test_distances(metric, expected):
    D = inputs.distances_of(np.array([[0.0, 0.0], [3.0, -4.0]]), metric)
    assert_close(D, np.array([[0.0, expected], [expected, 0.0]]))


def test_an_unknown_metric_is_refused():
    with pytest.raises(KeyError, match="cosine"):
        inputs.distances_of(np.zeros((2, 2)), "cosine")


def test_matrices_have_their_eigenvalues():
    A = inputs.positive_definite(rng(), 4, 1000.0)
    assert_close(A, A.T, atol=1e-12)
    assert_close(np.linalg.eigvalsh(A), np.array([1.0, 10.0, 100.0, 1000.0]), rtol=1e-9)
    basis = inputs.orthogonal(rng(), 5)
    assert_close(basis @ basis.T, np.eye(5), atol=1e-12)


def test_bad_matrices_are_all_bad_and_their_model_is_not():
    def is_good(X):
        return X.ndim == 2 and X.size > 0 and bool(np.isfinite(X).all())

    assert not any(map(is_good, inputs.bad_matrices()))
    assert is_good(inputs.with_one(0.5))
    assert (inputs.with_one(0.5) % 1 != 0).sum() == 1
    inputs.bad_matrices()[0][:] = 7.0
    assert inputs.bad_matrices()[0].tolist() == [0.0] * 4  # made anew each time


@pytest.mark.parametrize("seed", range(5))
def test_pictures_are_smooth_and_use_all_values(seed):
    image = inputs.smooth_image(rng(seed), 60, 40, 2)
    assert image.shape == (60, 40, 2)
    for channel in (image[:, :, 0], image[:, :, 1]):
        assert (channel.min(), channel.max()) == (0.0, 1.0)
        assert max(np.abs(np.diff(channel, axis=axis)).max() for axis in (0, 1)) < 0.25
    assert np.abs(image[:, :, 0] - image[:, :, 1]).max() > 0.2


def test_a_picture_of_one_pixel_is_grey():
    assert_close(inputs.smooth_image(rng(), 1, 1), np.full((1, 1, 3), 0.5))


def test_tones_have_their_frequencies_and_no_others():
    power = np.abs(np.fft.rfft(inputs.tones(rng(), 800, 400.0, (10.0, 50.0)))) / 400  # half a hertz a step
    assert np.flatnonzero(power > 1e-9).tolist() == [20, 100]
    assert ((power[[20, 100]] >= 0.5) & (power[[20, 100]] <= 1.0)).all()


@pytest.mark.parametrize(("language", "shortest", "longest"), [("en", 5, 10), ("ru", 4, 8)])
def test_sentences_are_lists_of_plain_words(language, shortest, longest):
    made = inputs.sentences(rng(), 2000, language)
    lengths = {len(words) for words in made}
    assert (len(made), min(lengths), max(lengths)) == (2000, shortest, longest)
    words = [word for sentence in made for word in sentence]
    assert {type(word) for word in words} == {str}  # np.str_ would be another type
    assert all(word.islower() and word.isalpha() for word in words)
    assert 35 <= len(set(words)) <= 40


def test_random_tensors_come_from_their_generator_in_double_precision():
    torch = pytest.importorskip("torch")
    one, again = (inputs.randn(torch.Generator().manual_seed(3), 2, 5) for _ in range(2))
    assert (one.shape, one.dtype) == ((2, 5), torch.float64)
    assert torch.equal(one, again)
