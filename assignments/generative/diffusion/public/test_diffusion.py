"""The public tests: small cases with their answers written out."""

import torch

from grader.testing import assert_close, assert_refused, counted, title

DOUBLE = torch.float64
BETA = torch.tensor([0.75, 0.75], dtype=DOUBLE)


def column(*values):
    """One number an object."""
    return torch.tensor(values, dtype=DOUBLE)[:, None]


@title(en="Three steps at equal distances", ru="Три шага на равных расстояниях")
def test_linear(submission):
    expected = torch.tensor([0.1, 0.2, 0.3], dtype=DOUBLE)
    assert_close(submission.linear_schedule(3, 0.1, 0.3), expected, what="beta")


@title(en="The cosine schedule of two steps", ru="Косинусное расписание из двух шагов")
def test_cosine(submission):
    expected = torch.tensor([0.5, 0.999], dtype=DOUBLE)  # f is 1, 1/2, 0
    assert_close(submission.cosine_schedule(2, 0.0), expected, what="beta")


@title(en="Shares of the signal: the example of the statement", ru="Доли сигнала: пример из условия")
def test_alpha_bar(submission):
    assert_close(submission.alpha_bar(BETA), torch.tensor([0.25, 0.0625], dtype=DOUBLE), what="abar")


@title(en="Noised step by step: the example of the statement", ru="Зашумление по шагам: пример из условия")
def test_q_step(submission):
    root = 0.75**0.5
    assert_close(submission.q_step(column(4.0), 0, column(2.0), BETA), column(2 + 2 * root), what="x_0")
    assert_close(submission.q_step(column(2.0), 1, column(0.0), BETA), column(1.0), what="x_1")


@title(en="Noised at once: the example of the statement", ru="Зашумление сразу: пример из условия")
def test_q_sample(submission):
    found = submission.q_sample(column(4.0, 4.0), torch.tensor([1, 0]), column(0.0, 2.0), BETA)
    assert_close(found, column(1.0, 2 + 2 * 0.75**0.5), what="x_t")


@title(en="The loss of a model that sees no noise", ru="Потери модели, которая не видит шума")
def test_loss(submission):
    model = counted(lambda x, t, condition: 0 * x)
    found = submission.noise_loss(model, column(4.0, 4.0), torch.tensor([1, 0]), column(1.0, 2.0), BETA)
    assert_close(found, torch.tensor(2.5, dtype=DOUBLE), what="the loss")


@title(en="A step of training", ru="Шаг обучения")
def test_train(submission, probe):
    zeros = {"W": torch.zeros(1, 1, dtype=DOUBLE), "a": torch.zeros(1, dtype=DOUBLE), "c": torch.zeros(1, dtype=DOUBLE)}
    given = {"steps": 3, "batch": 2, "rate": 0.01, "rng": torch.Generator().manual_seed(0)}
    losses = submission.train(probe.Watched(zeros), column(1.0, 2.0, 3.0), None, BETA, **given)
    assert len(losses) == 3, "three steps give three losses"
    assert all(isinstance(loss, float) for loss in losses), "a loss is no float: item() makes one of a tensor"
    assert all(loss > 0 for loss in losses), "a loss is not above 0"


@title(en="A step back: the example of the statement", ru="Шаг назад: пример из условия")
def test_p_step(submission):
    # abar_1 is 1/16: (2 - 0.75 / sqrt(15/16) * 0) / 0.5 = 4, and the noise has the weight sqrt(0.75)
    found = submission.p_step(column(2.0), 1, column(0.0), column(2.0), BETA)
    assert_close(found, column(4 + 2 * 0.75**0.5), what="x after the step")


@title(en="Two steps back", ru="Два шага назад")
def test_sample(submission):
    model = counted(lambda x, t, condition: 0 * x)
    noises = torch.tensor([[[100.0]], [[2.0]]], dtype=DOUBLE)
    found = submission.sample(model, BETA, column(2.0), noises)
    assert_close(found, column(2 * (4 + 2 * 0.75**0.5)), what="objects")


@title(en="A wrong step is refused", ru="Неверный шаг отвергается")
def test_refuses(submission):
    assert_refused("t", submission.q_step, column(1.0), 2, column(1.0), BETA)
