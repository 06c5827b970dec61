"""The hidden suite of noising: schedules, one step, all steps at once."""

import torch

from grader.testing import assert_array, assert_close, hint, points, title
from grader.testing.inputs import randn
from reference.generative.diffusion.forward import alpha_bar, cosine_schedule, linear_schedule, q_sample, q_step

from .shared import DOUBLE, a_beta, any_steps


@points("1/2")
@title(en="linear_schedule: equal distances", ru="linear_schedule: равные расстояния")
@hint(
    en="T numbers, T - 1 distances: the first is low, the last is high, in double precision.",
    ru="Чисел T, промежутков T - 1: первое равно low, последнее — high; двойная точность.",
)
def test_linear(submission):
    for T, low, high in ((2, 0.1, 0.3), (7, 1e-4, 0.02), (40, 0.01, 0.5), (3, 0.2, 0.2)):
        found = submission.linear_schedule(T, low, high)
        assert_close(found, linear_schedule(T, low, high), rtol=1e-9, what="beta")


@points("1/4")
@title(en="linear_schedule: one step", ru="linear_schedule: один шаг")
@hint(
    en="With one step there is no distance to divide into parts: the number is low.",
    ru="Если шаг один, делить промежуток не на что: это число low.",
)
def test_linear_one(submission):
    assert_close(submission.linear_schedule(1, 0.1, 0.3), torch.tensor([0.1], dtype=DOUBLE), what="beta")


@points("3/4")
@title(en="cosine_schedule: below the cut", ru="cosine_schedule: до обрезки")
@hint(
    en="beta_t belongs to f at t + 1 and at t: with T steps f is needed at T + 1 places. See where s and 1 + s stand.",
    ru="beta_t выражается через f в точках t + 1 и t: для T шагов нужно T + 1 значение f. Проверьте, где стоят s и "
    "1 + s.",
)
def test_cosine(submission):
    for T, s in ((5, 0.008), (40, 0.008), (12, 0.3), (9, 0)):
        found = assert_array(submission.cosine_schedule(T, s), shape=(T,), kind="float", what="beta")
        expected = cosine_schedule(T, s)
        below = expected < 0.99
        assert_close(found[below], expected[below], rtol=1e-7, what="beta below the cut")
    assert_close(submission.cosine_schedule(20)[:19], cosine_schedule(20)[:19], rtol=1e-7, what="beta, s left out")


@points("1/2")
@title(en="cosine_schedule: the cut", ru="cosine_schedule: обрезка")
@hint(
    en="At the end f is 0, and beta would be 1: nothing of the object would be left to divide by.",
    ru="В конце f равно 0, и beta была бы равна 1: от объекта не осталось бы ничего, а на это потом делят.",
)
def test_cosine_cut(submission):
    for T, s in ((1, 0.008), (30, 0.008), (200, 0.0)):
        found = assert_array(submission.cosine_schedule(T, s), shape=(T,), kind="float", what="beta")
        assert_close(float(found[-1]), 0.999, rtol=1e-9, what="the last beta")
        assert float(found.max()) <= 0.999 + 1e-9, "a beta is above 0.999"


@points("1/2")
@title(en="alpha_bar: products from the first step on", ru="alpha_bar: произведения с первого шага")
@hint(
    en="abar_t multiplies 1 - beta_i for i = 0 to t, t included.",
    ru="abar_t — произведение 1 - beta_i по i от 0 до t, включая t.",
)
def test_alpha_bar(submission, torch_rng):
    for T in (1, 2, 9):
        beta = a_beta(torch_rng, T)
        assert_close(submission.alpha_bar(beta), alpha_bar(beta), rtol=1e-9, what="abar")


@title(en="q_step: one step of noising", ru="q_step: один шаг зашумления")
@hint(
    en="Both weights are roots; their squares sum to 1. The step has beta_t itself, not the product.",
    ru="Оба множителя — корни, сумма их квадратов равна 1. В одном шаге стоит сама beta_t, а не произведение.",
)
def test_q_step(submission, torch_rng):
    beta = a_beta(torch_rng, 6)
    for n, m, t in ((4, 3, 0), (1, 2, 5), (5, 5, 3)):
        x, noise = randn(torch_rng, n, m), randn(torch_rng, n, m)
        assert_close(submission.q_step(x, t, noise, beta), q_step(x, t, noise, beta), rtol=1e-5, atol=1e-6, what="x_t")


@points("3/2")
@title(en="q_sample: all steps at once", ru="q_sample: все шаги сразу")
@hint(
    en="Each object has its own t: take abar[t], a number for each object, and the roots of abar and of 1 - abar.",
    ru="У каждого объекта своё t: возьмите abar[t], по числу на объект, и корни из abar и из 1 - abar.",
)
def test_q_sample(submission, torch_rng):
    beta = a_beta(torch_rng, 6)
    for n, m in ((7, 3), (1, 2), (12, 1)):
        x0, noise, t = randn(torch_rng, n, m), randn(torch_rng, n, m), any_steps(torch_rng, n, 6)
        found = submission.q_sample(x0, t, noise, beta)
        assert_close(found, q_sample(x0, t, noise, beta), rtol=1e-5, atol=1e-6, what="x_t")


@points("1/2")
@title(en="q_sample: objects of any shape", ru="q_sample: объекты любой формы")
@hint(
    en="abar[t] belongs to the first axis: give it an axis of length 1 for each other axis of x0.",
    ru="abar[t] относится к первой оси: добавьте по оси длины 1 на каждую остальную ось x0.",
)
def test_q_sample_of_any_shape(submission, torch_rng):
    beta = a_beta(torch_rng, 5)
    for shape in ((6,), (4, 4), (3, 2, 5, 3), (3, 3, 3)):
        x0, noise, t = randn(torch_rng, *shape), randn(torch_rng, *shape), any_steps(torch_rng, shape[0], 5)
        found = submission.q_sample(x0, t, noise, beta)
        assert_close(found, q_sample(x0, t, noise, beta), rtol=1e-5, atol=1e-6, what="x_t")
