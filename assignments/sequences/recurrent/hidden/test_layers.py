"""The hidden suite of RNN and GRU as layers."""

import torch

from grader.testing import each, hint
from grader.testing.inputs import randn
from grader.testing.twins import (
    assert_first_values,
    assert_parameters,
    assert_same_gradients,
    assert_same_output,
    twins,
)
from reference.sequences.recurrent.gru import GRU
from reference.sequences.recurrent.rnn import RNN

from .shared import keeping

KINDS = {"RNN": RNN, "GRU": GRU}
SHAPES = {
    "RNN": {"weight": (5, 8), "bias": (5,)},
    "GRU": {"weight_z": (5, 8), "weight_r": (5, 8), "weight_h": (5, 8)},
}


def made(submission, name, m, k, torch_rng, **more):
    return twins(getattr(submission, name)(m, k), KINDS[name](m, k), torch_rng, **more)


def check(submission, name, sizes, torch_rng, *, given=False):
    """What comes of a sequence; the sizes are (time, batch, m, k)."""
    time, batch, m, k = sizes
    pair = made(submission, name, m, k, torch_rng)
    state = (randn(torch_rng, batch, k),) if given else ()
    assert_same_output(pair, randn(torch_rng, time, batch, m), *state, what="(outputs, h)")


@each(KINDS, worth="1/4", en="The parameters: {name}", ru="Параметры: {name}")
@hint(
    en="Names and shapes are in the statement; only an nn.Parameter set on the module counts. GRU has no biases.",
    ru="Имена и формы даны в условии; учитываются только nn.Parameter, записанные в сам модуль. В GRU сдвигов нет.",
)
def test_parameters(submission, name):
    assert_parameters(getattr(submission, name)(3, 5), SHAPES[name])


@each(KINDS, worth="1/4", en="First values: {name}", ru="Начальные значения: {name}")
@hint(
    en="Uniform within 1/sqrt(k), each by a draw of its own from the generator given.",
    ru="Равномерные в пределах 1/sqrt(k), каждое — новое случайное число из данного генератора.",
)
def test_first_values(submission, torch_rng, name):
    kind = getattr(submission, name)
    assert_first_values(lambda rng: kind(80, 25, rng=rng), torch_rng, 0.2)


@each(
    KINDS, worth=1, en="A sequence from the zero state: {name}", ru="Последовательность из нулевого состояния: {name}"
)
@hint(
    en="Work two steps out by hand for k = m = 1. Which columns meet h, which x? outputs hold every state, time first.",
    ru="Посчитайте два шага вручную при k = m = 1. Какие столбцы умножаются на h, какие на x? В outputs — состояния "
    "всех шагов, время по первой оси.",
)
def test_sequence(submission, torch_rng, name):
    for sizes in ((7, 3, 2, 4), (3, 6, 5, 2)):
        check(submission, name, sizes, torch_rng)


@each(
    KINDS, worth="1/4", en="A sequence from a given state: {name}", ru="Последовательность из данного состояния: {name}"
)
@hint(en="h0 replaces the zeros before the first step.", ru="h0 заменяет нули перед первым шагом.")
def test_given_state(submission, torch_rng, name):
    check(submission, name, (6, 4, 2, 3), torch_rng, given=True)


@each(KINDS, worth="1/4", en="One step, one object, one number: {name}", ru="Один шаг, один объект, одно число: {name}")
@hint(en="squeeze() loses an axis of length 1.", ru="squeeze() теряет ось длины 1.")
def test_one(submission, torch_rng, name):
    for sizes in ((1, 3, 2, 4), (5, 1, 2, 4), (5, 3, 1, 4), (5, 3, 2, 1), (1, 1, 1, 1)):
        check(submission, name, sizes, torch_rng)


@each(KINDS, worth="1/4", en="A call leaves nothing to the next: {name}", ru="Вызов не влияет на следующий: {name}")
@hint(
    en="A module keeps its parameters alone; the state of a call ends with the call.",
    ru="Модуль хранит только параметры; состояние одного вызова с ним и кончается.",
)
def test_calls_are_independent(submission, torch_rng, name):
    pair = made(submission, name, 2, 3, torch_rng)
    x = randn(torch_rng, 5, 4, 2)
    for batch in (4, 4, 2):
        assert_same_output(pair, x[:, :batch], what="(outputs, h)")


@each(KINDS, worth="3/4", en="Gradients through 60 steps: {name}", ru="Градиенты сквозь 60 шагов: {name}")
@hint(
    en="detach, .data and no_grad cut the way back; it leads from the last step to h0 and to all parameters.",
    ru="detach, .data и no_grad обрывают обратный путь; он ведёт от последнего шага до h0 и до всех параметров.",
)
def test_gradients(submission, rng, torch_rng, name):
    weights = {key: keeping(rng, torch_rng, 2, 3) for key in SHAPES[name] if key.startswith("weight")}
    pair = made(submission, name, 2, 3, torch_rng, values=weights)
    arguments = 0.1 * randn(torch_rng, 60, 4, 2), 0.1 * randn(torch_rng, 4, 3)
    assert_same_gradients(pair, *arguments, torch_rng=torch_rng)


@each(("weight_z", "weight_r", "weight_h"), worth="1/2", en="GRU: {name} by itself", ru="GRU: {name} отдельно")
@hint(
    en="The other matrices are 0 here, or see h alone. z opens the way for the new state; r scales h before the matrix "
    "is applied.",
    ru="Остальные матрицы здесь нулевые или видят только h. z открывает путь новому состоянию; r умножается на h до "
    "умножения на матрицу.",
)
def test_gates(submission, torch_rng, name):
    values = {key: torch.zeros(3, 5).double() for key in ("weight_z", "weight_r", "weight_h")}
    values[name] = randn(torch_rng, 3, 5)
    if name == "weight_r":  # seen by the candidate only
        values["weight_h"][:, :3] = randn(torch_rng, 3, 3)
    pair = made(submission, "GRU", 2, 3, torch_rng, values=values)
    assert_same_output(pair, randn(torch_rng, 1, 4, 2), randn(torch_rng, 4, 3), what="(outputs, h)")


@each(KINDS, worth="1/4", en="Large inputs: {name}", ru="Большие входы: {name}")
@hint(
    en="exp of a large number is infinite, and infinity over infinity is NaN; torch.sigmoid and torch.tanh are safe.",
    ru="exp большого числа — бесконечность, а бесконечность на бесконечность — NaN; torch.sigmoid и torch.tanh "
    "безопасны.",
)
def test_large_inputs(submission, torch_rng, name):
    pair = made(submission, name, 2, 3, torch_rng)
    assert_same_output(pair, 1e5 * randn(torch_rng, 4, 5, 2), randn(torch_rng, 5, 3), what="(outputs, h)")
