"""The hidden suite of the first values: variances and laws."""

import math

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, assert_law, each, hint, points, title
from grader.testing.inputs import fresh
from reference.deep.normalisation.initialisation import SCHEMES, variance

SIZES = (100, 600)  # 60,000 weights


def weights_of(found):
    """The weights, once their shape is known to be right and none of them repeats."""
    assert_array(found, shape=SIZES, kind="float", what="weights")
    assert len(np.unique(found)) > 0.999 * found.size, "values repeat: the weights are not independent"
    return found


@each(SCHEMES, worth="1/4", en="variance: {name}", ru="variance: {name}")
@hint(
    en="The result is a variance, not a deviation; look at which numbers of neurons the scheme counts.",
    ru="Нужна дисперсия, а не отклонение; посмотрите, какие числа нейронов входят в формулу схемы.",
)
def test_variance(submission, name):
    for n_in, n_out in ((4, 16), (300, 100), (1, 1), (7, 7)):
        assert_close(submission.variance(name, n_in, n_out), variance(name, n_in, n_out), rtol=1e-12, what="variance")


@each(SCHEMES, worth="1/4", en="Normal weights: {name}", ru="Нормальные веса: {name}")
@hint(
    en="The generator's normal() takes the deviation, the root of the variance; the shape is (n_in, n_out).",
    ru="normal() генератора принимает отклонение — корень из дисперсии; форма (n_in, n_out).",
)
def test_normal(submission, rng, name):
    weights = weights_of(submission.init(name, *SIZES, fresh(rng)))
    deviation = math.sqrt(2 * variance(name, *SIZES))
    law = np.vectorize(lambda value: 0.5 * math.erfc(-value / deviation))
    assert_law(law(weights), what="the weights are not normal with mean 0 and the variance of the scheme")
    ratio = float((weights**2).mean()) / variance(name, *SIZES)
    assert abs(ratio - 1) > 1e-12, "the variance of the sample is exactly that of the scheme: no independent weights"
    assert abs(ratio - 1) < 7 * math.sqrt(2 / weights.size), f"the variance is {ratio:.3f} times that of the scheme"
    fourth = float((weights**4).mean()) / variance(name, *SIZES) ** 2
    assert abs(fourth - 3) < 8 * math.sqrt(96 / weights.size), (
        f"the fourth moment is {fourth:.2f} v^2, that of normal 3"
    )


@title(en="Uniform weights", ru="Равномерные веса")
@hint(
    en="On the interval from -b to b the variance is b^2 / 3: find b from the variance of the scheme.",
    ru="На отрезке от -b до b дисперсия равна b^2 / 3: найдите b по дисперсии схемы.",
)
def test_uniform(submission, rng):
    for scheme in ("xavier", "he_out"):
        weights = weights_of(submission.init(scheme, *SIZES, fresh(rng), kind="uniform"))
        bound = math.sqrt(3 * variance(scheme, *SIZES))
        largest = float(np.abs(weights).max()) / bound
        assert 0.999 < largest < 1 + 1e-9, f"the largest weight is {largest:.3f} of the bound sqrt(3 v)"
        assert_law((weights / bound + 1) / 2, what="the weights are not uniform on the interval of the scheme")


@points("1/2")
@title(en="Weights come from rng", ru="Веса берутся из rng")
@hint(
    en="Draw from the generator given, and from nothing else: no seed of your own, no np.random.randn.",
    ru="Берите случайные числа из данного генератора и больше ниоткуда: ни своего seed, ни np.random.randn.",
)
def test_generator(submission, probe, rng):
    for kind in ("normal", "uniform"):
        seed = int(rng.integers(1 << 40))
        one = submission.init("lecun", 4, 5, np.random.default_rng(seed), kind)
        assert_array(one, shape=(4, 5), kind="float", what="weights")
        again = submission.init("lecun", 4, 5, np.random.default_rng(seed), kind)
        assert_equal(again, one, what="weights from an equal generator")
        other = submission.init("lecun", 4, 5, fresh(rng), kind)
        assert_array(other, shape=(4, 5), kind="float", what="weights")
        assert (one != other).any(), "the weights from another generator are equal"
    used = probe.global_generators_used(submission.init, ("lecun", 4, 5), fresh(rng))
    assert used is False, "a global generator was used"
