"""The hidden suite of backpropagation through time by hand. All of it runs where PyTorch records no graph."""

from grader.testing import assert_close, each, hint, points, title
from grader.testing.inputs import randn
from reference.sequences.recurrent.rnn import bptt

from .shared import keeping

NAMES = ("weight", "bias", "x", "h0")


def arguments(torch_rng, time, batch, m, k):
    shapes = (k, k + m), (k,), (time, batch, m), (batch, k), (time, batch, k)
    return [randn(torch_rng, *shape) for shape in shapes]


def gradients(submission, probe, given):
    """What the student's gives, once it is known to be a dict with the four names."""
    found = probe.without_a_graph(submission.bptt, *given)
    assert type(found) is dict, "the gradients must come as a dict"
    assert set(found) == set(NAMES), "the dict must have the keys weight, bias, x, h0"
    return found


@each(NAMES, worth="1/2", en="bptt: the gradient by {name}", ru="bptt: градиент по {name}")
@hint(
    en="From the last step to the first: what comes to a state is dH of its step and what the next step sends back. "
    "The derivative of tanh is 1 - h². weight and bias meet all steps, and step t meets the state before it.",
    ru="Идите от последнего шага к первому: в состояние приходит dH этого шага и то, что передал назад следующий. "
    "Производная tanh равна 1 - h². weight и bias участвуют во всех шагах, а шаг t видит состояние перед ним.",
)
def test_bptt(submission, probe, torch_rng, name):
    for sizes in ((5, 3, 2, 4), (4, 2, 6, 3)):
        given = arguments(torch_rng, *sizes)
        found = gradients(submission, probe, given)
        assert_close(found[name], bptt(*given)[name], rtol=1e-8, atol=1e-9, what=f"the gradient by {name}")


@points("3/4")
@title(en="bptt: a loss at the last of 60 steps", ru="bptt: ошибка на последнем из 60 шагов")
@hint(
    en="The gradient goes all the way: it is not cut after some steps, and not made shorter.",
    ru="Градиент проходит весь путь: его не обрывают через несколько шагов и не обрезают по длине.",
)
def test_long_way_back(submission, probe, rng, torch_rng):
    _, bias, x, h0, by_outputs = arguments(torch_rng, 60, 2, 2, 4)
    by_outputs[:-1] = 0
    given = keeping(rng, torch_rng, 2, 4), 0.01 * bias, 0.01 * x, 0.01 * h0, 100 * by_outputs
    assert_close(gradients(submission, probe, given), bptt(*given), rtol=1e-7, atol=1e-8, what="gradients")


@points("1/4")
@title(en="bptt: one step, one object, one number", ru="bptt: один шаг, один объект, одно число")
@hint(en="squeeze() loses an axis of length 1.", ru="squeeze() теряет ось длины 1.")
def test_bptt_of_one(submission, probe, torch_rng):
    for sizes in ((1, 3, 2, 4), (5, 1, 2, 4), (5, 3, 1, 4), (5, 3, 2, 1), (1, 1, 1, 1)):
        given = arguments(torch_rng, *sizes)
        assert_close(gradients(submission, probe, given), bptt(*given), rtol=1e-8, atol=1e-9, what="gradients")
