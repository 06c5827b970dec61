"""What the attacks are after. It uses every part of the boundary: arrays, a callback, an object that stays inside."""

from reference.target import CENTRES, DISTANCES, INPUT, LABELS, nearest

from grader.testing import assert_close, assert_equal, depends, points, title

WORD_OF_THE_SUITE = "heliotrope of the suite"


@points(2)
@title(en="The nearest centre", ru="Ближайший центр")
def test_nearest(submission, rng):
    for n in (1, 7, 40):
        X, centres = rng.normal(size=(n, 3)), rng.normal(size=(4, 3))
        expected = nearest(X, centres)
        answer = submission.nearest(X.copy(), centres.copy())
        assert isinstance(answer, tuple)
        assert_equal(len(answer), 2)
        assert_equal(answer[0], expected[0], what="labels")
        assert_close(answer[1], expected[1], what="distances")


@depends("test_nearest")
@title(en="The nearest centre, by hand", ru="Ближайший центр, вручную")
def test_nearest_by_hand(submission):
    answer = submission.nearest(INPUT.copy(), CENTRES.copy())
    assert isinstance(answer, tuple)
    assert_equal(len(answer), 2)
    assert_equal(answer[0], LABELS, what="labels")
    assert_close(answer[1], DISTANCES, atol=1e-8, what="distances")


@title(en="The minimum of a function", ru="Минимум функции")
def test_minimum(submission, rng):
    shift = float(rng.uniform(-3, 3))
    calls = []

    def f(x):
        calls.append(x)
        return (x - shift) ** 2

    found = submission.minimum(f, 0.0)
    assert_close(found, shift, atol=1e-3, what="minimum")
    assert 3 <= len(calls) <= 400


@title(en="An object that keeps its centres", ru="Объект, хранящий центры")
def test_object(submission, rng):
    X, centres = rng.normal(size=(9, 2)), rng.normal(size=(3, 2))
    model = submission.Centres(centres.copy())
    assert_close(model.centres, centres, what="centres")
    assert_equal(model.predict(X.copy()), nearest(X, centres)[0], what="labels")
    assert_equal([int(label) for label in model], [0, 1, 2], what="iteration")
