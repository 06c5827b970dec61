"""SNE: by hand, against scikit-learn's search for sigmas, and by finite differences."""

import numpy as np
import pytest
from sklearn.manifold._utils import _binary_search_perplexity

from reference.extraction.neighbours.divergence import kl
from reference.extraction.neighbours.pairs import squares
from reference.extraction.neighbours.sne import conditional, sne_gradient, sne_q
from tests.reference.extraction.neighbours.slopes import slopes

RNG = np.random.default_rng(2)
LINE = np.array([[0.0], [1.0], [3.0]])


def test_by_hand():
    P, sigma = conditional(LINE, 1.5)
    share = 0.85972  # the perplexity of (share, 1 - share) is 1.5
    np.testing.assert_allclose(P[0], [0, share, 1 - share], atol=1e-5)
    assert 8 / (2 * sigma[0] ** 2) == pytest.approx(np.log(share / (1 - share)), rel=1e-4)
    assert sne_q(LINE)[1].tolist() == pytest.approx([1 / (1 + np.exp(-3)), 0, 1 / (1 + np.exp(3))])


def test_as_scikit_learn_finds_it():
    X = RNG.normal(size=(60, 4)) * RNG.uniform(0.5, 2, size=(60, 1))
    expected = _binary_search_perplexity(squares(X).astype(np.float32), 12.0, 0)
    np.testing.assert_allclose(conditional(X, 12.0)[0], expected, atol=1e-4)


@pytest.mark.parametrize("perplexity", [1.01, 3.0, 18.9])
@pytest.mark.parametrize("unit", [1.0, 1e-6, 1e6])
def test_perplexities_are_those_wanted_in_any_unit(unit, perplexity):
    X = RNG.normal(size=(20, 3))
    X[4] += 100
    P, sigma = conditional(unit * X, perplexity)
    reached = np.exp(-np.where(P > 0, P * np.log(np.where(P > 0, P, 1)), 0).sum(axis=1))
    np.testing.assert_allclose(reached, perplexity, rtol=1e-9)
    np.testing.assert_allclose(conditional(X, perplexity)[1] * unit, sigma, rtol=1e-5)


def test_neighbours_that_are_equally_near_share_the_row():
    X = np.repeat([[0.0], [9.0]], 4, axis=0)
    np.testing.assert_allclose(conditional(X, 1.5)[0][0], [0, 1 / 3, 1 / 3, 1 / 3, 0, 0, 0, 0], atol=1e-12)
    P, sigma = conditional(X[:4], 1.5)
    np.testing.assert_allclose(P, (1 - np.eye(4)) / 3)
    assert np.isfinite(sigma).all()


@pytest.mark.parametrize("d", [1, 2, 3])
def test_the_gradient_is_that_of_differences(d):
    P, Y = conditional(RNG.normal(size=(8, 4)), 3.0)[0], RNG.normal(size=(8, d))
    expected = slopes(lambda Y: sum(kl(p, q) for p, q in zip(P, sne_q(Y), strict=True)), Y)
    np.testing.assert_allclose(sne_gradient(P, Y), expected, atol=1e-8)


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("X", lambda: conditional(LINE[:2], 1.5)),
        ("perplexity", lambda: conditional(LINE, 2.0)),
        ("perplexity", lambda: conditional(LINE, 1.0)),
        ("Y", lambda: sne_q(LINE[:1])),
        ("P", lambda: sne_gradient(np.ones((2, 2)), LINE)),
    ],
)
def test_bad_arguments_are_refused(name, call):
    with pytest.raises(ValueError, match=f"^{name} must"):
        call()
