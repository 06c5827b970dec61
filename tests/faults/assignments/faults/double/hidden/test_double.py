"""As little work as a suite can be: three calls, of which a solution may get each right or wrong."""

from reference.double import double

from grader.testing import assert_equal, points, title


@points(1)
@title(en="A small number", ru="Малое число")
def test_small(submission):
    assert_equal(submission.double(3), double(3))


@points(1)
@title(en="A large number", ru="Большое число")
def test_large(submission, rng):
    x = int(rng.integers(10**6, 10**9))
    assert_equal(submission.double(x), double(x))


@points(1)
@title(en="A negative number", ru="Отрицательное число")
def test_negative(submission):
    assert_equal(submission.double(-3), double(-3))
