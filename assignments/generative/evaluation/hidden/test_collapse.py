"""The hidden suite of collapsed modes."""

import numpy as np

from grader.testing import assert_close, assert_equal, hint, points, title
from reference.generative.evaluation.collapse import coverage

KEYS = ["covered", "outside", "shares"]


def entry(found, name):
    """One entry of what `coverage` returns, once it is known to be such a dict."""
    assert isinstance(found, dict), "coverage must return a dict"
    assert_equal(sorted(found), KEYS, what="keys")
    return found[name]


def generator(rng, n=200, k=5):
    """Samples around some of the modes in the plane, and anywhere."""
    centers = 3 * rng.normal(size=(k, 2))
    samples = centers[rng.integers(k - 1, size=n)] + rng.normal(size=(n, 2))
    return samples, centers


@points("3/4")
@title(en="Shares of modes", ru="Доли мод")
@hint(
    en="Only the nearest centre counts, and only within the radius; the shares are of all samples.",
    ru="Учитывается только ближайший центр и только в пределах радиуса; доли берутся от всех объектов.",
)
def test_shares(submission, rng):
    samples, centers = generator(rng)
    found = submission.coverage(samples, centers, 1.0)
    assert_close(entry(found, "shares"), coverage(samples, centers, 1.0)["shares"], what="shares")


@points("1/2")
@title(en="The share outside", ru="Доля вне мод")
@hint(
    en="Outside is what is farther than the radius from its nearest centre, whether or not that mode is covered.",
    ru="Объект вне мод, если до ближайшего центра дальше, чем радиус; покрыта ли эта мода, неважно.",
)
def test_outside(submission, rng):
    samples, centers = generator(rng)
    for radius, least in ((0.8, 0.01), (2.0, 0.9)):
        found = submission.coverage(samples, centers, radius, least)
        expected = coverage(samples, centers, radius, least)["outside"]
        assert_close(entry(found, "outside"), expected, atol=1e-12, what="outside")


@points("3/4")
@title(en="Covered modes", ru="Покрытые моды")
@hint(
    en="Count the modes whose share is at least `least`; it is 0.01 unless another is given.",
    ru="Посчитайте моды, чья доля не меньше `least`; без аргумента это 0.01.",
)
def test_covered(submission, rng):
    centers = 10.0 * rng.permutation(np.eye(6))
    hits = np.repeat(np.arange(5), (150, 30, 12, 6, 2))  # the last mode has none
    samples = rng.permutation(centers[hits] + rng.normal(size=(200, 6)) / 10)
    for least, expected in (((), 5), ((0.02,), 4), ((0.012,), 4), ((0.1,), 2), ((0,), 6)):
        found = submission.coverage(samples, centers, 2.0, *least)
        assert_equal(int(entry(found, "covered")), expected, what=f"covered, least {least or 0.01}")


@points("1/2")
@title(en="Exactly at the bounds", ru="Ровно на границе")
@hint(
    en="At most the radius, at least `least`: equality is enough for both.",
    ru="Не больше радиуса, не меньше `least`: в обоих случаях достаточно равенства.",
)
def test_bounds(submission, rng):
    shift = rng.integers(-9, 9, size=2).astype(float)
    centers = np.array([[0.0, 0.0], [100.0, 0.0]]) + shift
    samples = np.array(
        [[3.0, 4.0], [0.0, 0.0], [103.0, 4.0], [100.0, 6.0], [0.0, 5.0], [0.0, -1.0], [1.0, 1.0], [50.0, 0.0]]
    )
    found = submission.coverage(samples + shift, centers, 5.0, 0.125)
    assert_close(entry(found, "shares"), np.array([5, 1]) / 8, what="shares")
    assert_equal(int(entry(found, "covered")), 2, what="covered")


@points("1/2")
@title(en="Equally near centres", ru="Равноудалённые центры")
@hint(en="The lower index has it, and it alone.", ru="Объект достаётся центру с меньшим номером, и только ему.")
def test_ties(submission, rng):
    centers = np.array([[-1.0], [1.0], [1.0], [3.0]]) + float(rng.integers(-9, 9))
    samples = (centers[:3] + centers[1:]) / 2
    found = submission.coverage(samples, centers, 1.5)
    assert_close(entry(found, "shares"), np.array([1, 2, 0, 0]) / 3, what="shares")
