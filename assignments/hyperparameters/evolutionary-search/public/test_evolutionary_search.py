"""The public tests of evolutionary search: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, title


@title(en="A child is the middle", ru="Потомок — середина")
def test_cross_real(submission):
    assert_close(submission.cross_real(np.array([1.0, 2.0]), np.array([2.0, 4.0])), np.array([1.5, 3.0]))


@title(en="A category mutates to another one", ru="Категория мутирует в другую")
def test_mutate_mixed(submission):
    space = {"kernel": ("category", ["linear", "rbf"])}
    assert_equal(submission.mutate_mixed({"kernel": "rbf"}, space, np.random.default_rng(0)), {"kernel": "linear"})


@title(en="One-hot and back", ru="One-hot и обратно")
def test_onehot(submission):
    assert_close(submission.to_onehot("b", ["a", "b", "c"]), np.array([0.0, 1.0, 0.0]))
    assert_equal(submission.from_onehot(np.array([0.2, 0.7, 0.7]), ["a", "b", "c"]), "b")


@title(en="The vector of the statement", ru="Вектор из условия")
def test_setting_from_vector(submission):
    space = {"k": ("integer", 1, 4), "kernel": ("category", ["linear", "rbf"]), "C": ("real", 2.0, 6.0)}
    found = submission.setting_from_vector(np.array([0.6, 0.3, 0.8, 1.5]), space)
    assert_equal(found, {"k": 3, "kernel": "rbf", "C": 6.0})


@title(en="The climb of the statement", ru="Подъём из условия")
def test_hill_climbing(submission):
    mutants = iter([7, 4, -4, 6])
    answer = submission.hill_climbing(lambda x: float(abs(x)), 5, lambda x: next(mutants), 5)
    assert_equal(answer, (-4, 4.0, [5.0, 5.0, 4.0, 4.0, 4.0]))


@title(en="The law of acceptance", ru="Вероятность принять шаг")
def test_acceptance(submission):
    assert_close(submission.acceptance(1.0, 0.5), 0.1353352832366127)
    assert_close(submission.acceptance(-1.0, 0.5), 1.0)


@title(en="The number of evaluations", ru="Число вычислений")
def test_genetic(submission):
    evaluated = []
    objects = iter(range(1000))

    def loss(x):
        evaluated.append(x)
        return float(x)

    best, value, history = submission.genetic(
        loss, lambda: next(objects), lambda x: x + 1, lambda a, b: a + b, 6, 3, np.random.default_rng(0)
    )
    assert_equal(len(evaluated), 6 + 3 * 5)
    assert_equal(best, 0)
    assert_close(value, 0.0)
    assert_close(history, [0.0, 0.0, 0.0, 0.0])
