"""The hidden suite of sampling: one step back, and all of them; then arguments of all functions."""

import torch

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    assert_refused,
    call_unchanged,
    each,
    hint,
    points,
    title,
)
from grader.testing.inputs import randn
from grader.testing.twins import seed_of
from reference.generative.diffusion.forward import q_sample, q_step
from reference.generative.diffusion.sampling import p_step, sample

from .shared import DOUBLE, a_beta, any_steps, checked, scripted, watched_values


@points("3/2")
@title(en="p_step: one step back", ru="p_step: один шаг назад")
@hint(
    en="The predicted noise has the weight beta_t / sqrt(1 - abar_t), all of it is divided by sqrt(1 - beta_t), and "
    "the deviation of the fresh noise is a root.",
    ru="Множитель предсказанного шума — beta_t / sqrt(1 - abar_t), всё делится на sqrt(1 - beta_t), а стандартное "
    "отклонение свежего шума — корень.",
)
def test_p_step(submission, torch_rng):
    beta = a_beta(torch_rng, 6)
    for t, *shape in ((1, 4, 3), (5, 1, 2), (3, 2, 1, 3, 3), (4, 5)):
        x, predicted, noise = (randn(torch_rng, *shape) for _ in range(3))
        expected = p_step(x, t, predicted, noise, beta)
        found = submission.p_step(x, t, predicted, noise, beta)
        assert_close(found, expected, rtol=1e-5, atol=1e-6, what="x after the step")


@points("1/2")
@title(en="p_step: the last step", ru="p_step: последний шаг")
@hint(
    en="The step t = 0 gives the objects themselves: whatever noise is handed over, nothing of it is added.",
    ru="Шаг t = 0 даёт сами объекты: какой бы шум ни передали, он не прибавляется.",
)
def test_p_step_last(submission, torch_rng):
    for T in (1, 4):
        beta = a_beta(torch_rng, T)
        x, predicted, noise = (randn(torch_rng, 3, 2) for _ in range(3))
        expected = p_step(x, 0, predicted, noise, beta)
        found = submission.p_step(x, 0, predicted, noise, beta)
        assert_close(found, expected, rtol=1e-5, atol=1e-6, what="x after the step")


def a_run(torch_rng, T, n, *shape, last=False):
    """Schedule, start and noises; that of the last step is 0 unless ``last`` says other."""
    noises = randn(torch_rng, T, n, *shape)
    if not last:
        noises[0] = 0
    return a_beta(torch_rng, T), randn(torch_rng, n, *shape), noises


@points("3/2")
@title(en="sample: from noise to objects", ru="sample: от шума к объектам")
@hint(
    en="From t = T - 1 down to 0, each step takes what the step before has left; noises[t] belongs to the step t.",
    ru="От t = T - 1 вниз до 0; каждый шаг берёт то, что дал предыдущий; шагу t принадлежит noises[t].",
)
def test_sample(submission, torch_rng):
    for T, n, *shape in ((6, 4, 3), (2, 1, 1), (3, 2, 1, 2, 2)):
        model, condition = scripted(torch_rng, *shape), randn(torch_rng, n)
        arguments = a_run(torch_rng, T, n, *shape)
        for given in ((condition,), ()):
            found = submission.sample(model, *arguments, *given)
            assert_close(found, sample(model, *arguments, *given), rtol=1e-5, atol=1e-5, what="objects")


@points("1/4")
@title(en="sample: the last step, and one step", ru="sample: последний шаг и единственный шаг")
@hint(
    en="noises[0] belongs to the step t = 0 and is not used; where T is 1 that is the only step.",
    ru="noises[0] относится к шагу t = 0 и не используется; если T равно 1, других шагов нет.",
)
def test_sample_last(submission, torch_rng):
    for T in (1, 3):
        model, (beta, start, noises) = scripted(torch_rng, 2), a_run(torch_rng, T, 3, 2, last=True)
        found = submission.sample(model, beta, start, noises)
        other = noises.clone()
        other[0] += 5
        assert_close(submission.sample(model, beta, start, other), found, rtol=1e-9, what="objects, other noises[0]")


@points("3/4")
@title(en="sample: what the model is given", ru="sample: что получает модель")
@hint(
    en="One call for a step, first with start. t is a tensor with the same number for each object, from T - 1 down; "
    "the condition is handed on whole.",
    ru="Один вызов на шаг, сначала со start. t — тензор, в котором у всех объектов одно число, от T - 1 вниз; "
    "условие передаётся целиком.",
)
def test_sample_asks(submission, torch_rng):
    for condition in (torch.tensor([3, 1, 2]), None):
        model, (beta, start, noises) = scripted(torch_rng, 2), a_run(torch_rng, 4, 3, 2)
        submission.sample(model, beta, start, noises, condition)
        asked = [checked(call) for call in model.calls]
        assert_equal([t.tolist() for _, t, _ in asked], [[t] * 3 for t in (3, 2, 1, 0)], what="t of the calls")
        assert_close(asked[0][0], start, rtol=1e-9, what="objects of the first call")
        for _, _, known in asked:
            assert_equal(known, condition, what="the condition that the model is given")


@points("1/2")
@title(en="sample: without gradients", ru="sample: без градиентов")
@hint(
    en="A graph over T calls of the network fills the memory: torch.no_grad() around the loop.",
    ru="Граф по T вызовам сети занимает всю память: нужен torch.no_grad() вокруг цикла.",
)
def test_sample_without_gradients(submission, probe, torch_rng):
    recorded = []
    model = probe.Watched(watched_values(torch_rng, 2), lambda x, t, condition, records: recorded.append(records))
    submission.sample(model, *a_run(torch_rng, 3, 2, 2))
    assert recorded, "the model was not called"
    assert not any(recorded), "gradients are recorded while objects are made"


# -- arguments -------------------------------------------------------------------------------------------

OF_X = ("q_step", "q_sample", "p_step")


def arguments_of(name, torch_rng, dtype=DOUBLE):
    """Good arguments of a function of x, by order; the schedule is the last one."""
    x, noise, predicted = (randn(torch_rng, 4, 3).to(dtype) for _ in range(3))
    beta = a_beta(torch_rng, 5)
    if name == "q_sample":
        return x, any_steps(torch_rng, 4, 5), noise, beta
    return (x, 2, noise, beta) if name == "q_step" else (x, 2, predicted, noise, beta)


@each(OF_X, worth="1/4", en="Single and double precision: {name}", ru="Одинарная и двойная точность: {name}")
@hint(
    en="What comes out has the kind of x. For double precision keep the tables of beta in it; for single precision "
    "round what multiplies x, or beta would turn all into double.",
    ru="Тип чисел на выходе — как у x. Для двойной точности храните в ней и таблицы из beta; для одинарной округлите "
    "то, на что умножается x, иначе beta переведёт всё в двойную.",
)
def test_precision(submission, torch_rng, name):
    for dtype, rtol, atol in ((torch.float32, 1e-4, 1e-5), (torch.float64, 1e-9, 1e-9)):
        given = arguments_of(name, torch_rng, dtype)
        found = getattr(submission, name)(*given)
        assert_array(found, shape=(4, 3), kind="float", what="what comes out")
        assert_equal(str(found.dtype), str(dtype), what="kind of what comes out")
        expected = {"q_step": q_step, "q_sample": q_sample, "p_step": p_step}[name](*given)
        assert_close(found, expected, rtol=rtol, atol=atol, what=f"what comes out, in {dtype}")


def bad_linear(function, torch_rng):
    for name, T, low, high in (("T", 0, 0.1, 0.2), ("low", 3, 0.0, 0.2), ("high", 3, 0.1, 1.0), ("high", 3, 0.3, 0.2)):
        assert_refused(name, function, T, low, high)


def bad_cosine(function, torch_rng):
    assert_refused("T", function, 0)
    assert_refused("s", function, 5, -0.1)


def bad_alpha_bar(function, torch_rng):
    for bad in (torch.tensor([0.1, 1.0]), torch.tensor([0.0, 0.1]), torch.tensor([[0.1]])):
        assert_refused("beta", function, bad)


def bad_of_x(name):
    def refuse(function, torch_rng):
        x, t, *rest, noise, beta = arguments_of(name, torch_rng)
        below, above = (torch.full((4,), wrong) for wrong in (-1, 5)) if name == "q_sample" else (-1, 5)
        for wrong in (below, above):
            assert_refused("t", function, x, wrong, *rest, noise, beta)
        assert_refused("noise", function, x, t, *rest, noise[:1], beta)

    return refuse


def bad_loss(function, torch_rng):
    x0, t, noise, beta = arguments_of("q_sample", torch_rng)
    assert_refused("t", function, scripted(torch_rng, 3), x0, t - 9, noise, beta)


def bad_train(function, torch_rng, probe):
    X, beta, rng = randn(torch_rng, 4, 2), a_beta(torch_rng, 3), torch.Generator().manual_seed(seed_of(torch_rng))
    good = {"steps": 1, "batch": 2, "rate": 0.1, "rng": rng}
    model = probe.Watched(watched_values(torch_rng, 2))
    assert_refused("y", function, model, X, torch.arange(5), beta, **good)
    for name in ("steps", "batch", "rate"):
        assert_refused(name, function, model, X, torch.arange(4), beta, **{**good, name: 0})


def bad_sample(function, torch_rng):
    beta, start, noises = a_run(torch_rng, 4, 3, 2)
    for wrong in (noises[:3], noises[:, :1]):
        assert_refused("noises", function, scripted(torch_rng, 2), beta, start, wrong)


BAD = {
    "linear_schedule": bad_linear,
    "cosine_schedule": bad_cosine,
    "alpha_bar": bad_alpha_bar,
    **{name: bad_of_x(name) for name in OF_X},
    "noise_loss": bad_loss,
    "sample": bad_sample,
}


@each(tuple(BAD), worth="1/8", en="Wrong arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name; the list stands in the statement. A negative t would count from the end.",
    ru="ValueError с именем аргумента; список есть в условии. Отрицательное t отсчитывалось бы с конца.",
)
def test_refuses(submission, torch_rng, name):
    BAD[name](getattr(submission, name), torch_rng)


@points("1/4")
@title(en="train: wrong arguments are refused", ru="train: неверные аргументы отвергаются")
@hint(
    en="ValueError with the argument's name: y for other objects than X, steps or batch below 1, rate not above 0.",
    ru="ValueError с именем аргумента: y не по числу объектов X, steps или batch меньше 1, rate не больше 0.",
)
def test_train_refuses(submission, probe, torch_rng):
    bad_train(submission.train, torch_rng, probe)


UNCHANGED = ("alpha_bar", *OF_X, "sample")


@each(UNCHANGED, worth="1/10", en="Arguments unchanged: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="Methods that end in an underscore, a[i] = 0 and x += y write into the caller's tensor.",
    ru="Методы с подчёркиванием на конце, a[i] = 0 и x += y пишут в тензор вызывающего.",
)
def test_unchanged(submission, torch_rng, name):
    if name == "alpha_bar":
        arguments = (a_beta(torch_rng, 3),)
    elif name == "sample":
        arguments = (scripted(torch_rng, 2), *a_run(torch_rng, 3, 2, 2, last=True))
    else:
        arguments = arguments_of(name, torch_rng)
    call_unchanged(getattr(submission, name), *arguments)
