"""A step against torch's gradients and by hand; training by planted topics and properties."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.extraction.subwords.ngrams import bucket, ngrams
from reference.extraction.subwords.training import step, train
from reference.extraction.subwords.vectors import word_vector

KNOWN = {"банан-банан": 1, "кот": 0, "пёс": 2}
FREE = {"buckets": 200, "window": 2, "negatives": 3, "rate": 0.05, "epochs": 2}


def test_a_step_by_hand():
    W, N, C = step("a", 0, [1], {}, np.zeros((2, 1)), [[2.0]], np.zeros((2, 1)), 1.0)
    assert (W.tolist(), N.tolist(), C.tolist()) == ([[0.0], [0.0]], [[2.0]], [[1.0], [-1.0]])
    W, N, C = step("a", 0, [0], {"a": 0}, [[1.0]], [[1.0]], [[0.0]], 1.0)
    assert (W.tolist(), N.tolist(), C.tolist()) == ([[1.0]], [[1.0]], [[0.0]])


@pytest.mark.parametrize("buckets", [5, 300])
@pytest.mark.parametrize("word", [*KNOWN, "котами"])
def test_as_torch(buckets, word):
    generator = torch.Generator().manual_seed(buckets)
    W, N, C = (
        torch.randn(count, 4, generator=generator, dtype=torch.float64, requires_grad=True) for count in (3, buckets, 3)
    )
    rows = [bucket(ngram, buckets) for ngram in ngrams(word)]
    vector = N[rows].sum(dim=0) + (W[KNOWN[word]] if word in KNOWN else 0.0)
    loss = -torch.nn.functional.logsigmoid(C[2] @ vector)
    for negative in (0, 2, 0):
        loss = loss - torch.nn.functional.logsigmoid(-C[negative] @ vector)
    gradients = torch.autograd.grad(loss, (W, N, C), allow_unused=True, materialize_grads=True)
    before = [table.detach().numpy().copy() for table in (W, N, C)]
    found = step(word, 2, [0, 2, 0], KNOWN, *before, 0.3)
    for new, old, gradient in zip(found, before, gradients, strict=True):
        np.testing.assert_allclose(new, old - 0.3 * gradient.numpy(), atol=1e-12)


def test_huge_products():
    with np.errstate(all="raise", under="ignore"):
        _, N, C = step("a", 0, [1], {}, np.zeros((2, 1)), [[40.0]], [[-20.0], [20.0]], 0.1)
    np.testing.assert_allclose(N, [[40.0 - 0.1 * (20.0 + 20.0)]])
    np.testing.assert_allclose(C, [[-16.0], [16.0]])


def test_training_one_word():
    texts = [["кошка"] * 3, ["кошка"], []]
    known, W, N, _ = train(texts, 4, **(FREE | {"rate": 1e-15}), rng=np.random.default_rng(0))
    assert known == {"кошка": 0}
    assert np.abs(W).max() <= 0.125
    assert np.abs(N).max() <= 0.125
    assert 0.06 < np.abs(N).mean() < 0.065
    C = np.zeros_like(W)
    for _ in range(12):
        W, N, C = step("кошка", 0, [0, 0, 0], known, W, N, C, 0.05)
    found = train(texts, 4, **FREE, rng=np.random.default_rng(0))
    np.testing.assert_allclose(found[1], W)
    np.testing.assert_allclose(found[2], N)
    np.testing.assert_allclose(found[3], C)


def test_topics_of_unknown_forms():
    rng = np.random.default_rng(0)
    topics = (("кошк", "собак", "птичк"), ("ракет", "планет", "комет"))
    texts = [
        [topics[topic][int(rng.integers(3))] + str(rng.choice(["а", "у", "ой"])) for _ in range(6)]
        for topic in rng.integers(2, size=100)
    ]
    known, W, N, _ = train(texts, 10, **FREE, rng=rng)
    vectors = {word: word_vector(word, known, W, N) for word in known}
    for topic in topics:
        for stem in topic:
            form = word_vector(stem + "ами", known, W, N)
            others = [word for word in vectors if not word.startswith(stem)]
            cosines = [vectors[word] @ form / np.linalg.norm(vectors[word]) for word in others]
            assert others[int(np.argmax(cosines))].startswith(topic)


def test_equal_generators():
    texts = [["a", "b", "c"], ["c", "a"]]
    first, again, other = (train(texts, 3, **FREE, rng=np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first[2], again[2])
    assert (first[2] != other[2]).any()


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("word", {"word": ""}),
        ("context", {"context": 3}),
        ("negatives", {"negatives": [-1]}),
        ("negatives", {"negatives": [[1]]}),
        ("C", {"C": np.zeros((2, 2))}),
        ("rate", {"rate": 0.0}),
    ],
)
def test_errors_of_a_step(name, changed):
    tables = {"W": np.zeros((3, 2)), "N": np.zeros((4, 2)), "C": np.zeros((3, 2))}
    arguments = {"word": "кот", "context": 0, "negatives": [1], "known": KNOWN, "rate": 0.1} | tables
    with pytest.raises(ValueError, match=f"^{name} must"):
        step(**(arguments | changed))


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        *((name, {name: 0}) for name in ("d", "buckets", "window", "negatives", "rate", "epochs")),
        *(("sentences", {"sentences": bad}) for bad in ([], [["a"], ["b"]], [["a", ""]], ["ab"])),
        ("rng", {"rng": 3}),
    ],
)
def test_errors(name, changed):
    arguments = {"sentences": [["a", "b"]], "d": 2, "rng": np.random.default_rng(0)} | FREE
    with pytest.raises(ValueError, match=f"^{name} must"):
        train(**(arguments | changed))
