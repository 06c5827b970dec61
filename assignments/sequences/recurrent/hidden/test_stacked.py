"""The hidden suite of layers one above the other. The layers are the probe's."""

from itertools import pairwise

import torch

from grader.testing import assert_close, hint, points, title, vjp
from grader.testing.inputs import randn
from grader.testing.twins import assert_same_gradients, twins
from reference.sequences.recurrent.stacked import Stacked, mix

from .shared import Leaky


def stack(submission, probe, torch_rng, sizes):
    """Layers from each size to the next, in the student's network and in the reference's."""
    made = submission.Stacked([probe.layer(m, k) for m, k in pairwise(sizes)])
    expected = Stacked([Leaky(m, k) for m, k in pairwise(sizes)])
    return twins(made, expected, torch_rng)


def part_of(found, place):
    assert type(found) in (tuple, list), "the network must return outputs and states"
    assert len(found) == 2, "the network must return outputs and states"
    return found[place]


def check(pair, place, what, *arguments):
    """The outputs (place 0) or the states (place 1)."""
    with torch.no_grad():
        expected = pair.expected(*arguments)[place]
    assert_close(part_of(pair.made(*arguments), place), expected, rtol=1e-8, atol=1e-9, what=what)


@title(en="Layers: the outputs", ru="Слои: выходы")
@hint(
    en="A layer reads all outputs of the one before, in the order of the list; the outputs are those of the last one.",
    ru="Слой читает все выходы предыдущего, в порядке списка; наружу идут выходы последнего.",
)
def test_stack(submission, probe, torch_rng):
    for sizes in ((3, 3, 3, 3), (2, 5, 3)):
        pair = stack(submission, probe, torch_rng, sizes)
        check(pair, 0, "outputs", randn(torch_rng, 6, 4, sizes[0]))


@points("1/2")
@title(en="Layers: the last states", ru="Слои: последние состояния")
@hint(en="A list with one state a layer, the lowest first.", ru="Список: по одному состоянию на слой, нижний первым.")
def test_last_states(submission, probe, torch_rng):
    pair = stack(submission, probe, torch_rng, (2, 5, 3))
    check(pair, 1, "the last states", randn(torch_rng, 6, 4, 2))


@points("1/2")
@title(en="Layers: first states", ru="Слои: начальные состояния")
@hint(en="Each layer begins with a state of its own.", ru="Каждый слой начинает со своего состояния.")
def test_first_states(submission, probe, torch_rng):
    pair = stack(submission, probe, torch_rng, (3, 3, 3, 3))
    check(pair, 0, "outputs", randn(torch_rng, 2, 4, 3), [randn(torch_rng, 4, 3) for _ in range(3)])


@points("1/4")
@title(en="Layers: a single one", ru="Слои: единственный")
@hint(
    en="One layer gives its own outputs, and a list of one state.",
    ru="Один слой: его выходы и список из одного состояния.",
)
def test_one_layer(submission, probe, torch_rng):
    pair = stack(submission, probe, torch_rng, (2, 3))
    for place, what in enumerate(("outputs", "the last states")):
        check(pair, place, what, randn(torch_rng, 6, 4, 2))


@points("1/4")
@title(en="Layers: gradients", ru="Слои: градиенты")
@hint(
    en="Layers that lie in a plain list are unknown to the module: use nn.ModuleList. Gradients reach the first states "
    "too, and the list of them is not written into.",
    ru="О слоях в обычном списке модуль не знает: нужен nn.ModuleList. Градиент доходит и до начальных состояний, а в "
    "их список ничего не записывают.",
)
def test_stack_gradients(submission, probe, torch_rng):
    pair = stack(submission, probe, torch_rng, (2, 5, 3))
    states = [randn(torch_rng, 4, 5), randn(torch_rng, 4, 3)]
    assert_same_gradients(pair, randn(torch_rng, 6, 4, 2), states, torch_rng=torch_rng)


@title(en="A mixture of layers", ru="Смесь слоёв")
@hint(
    en="The weights are the softmax of scores, one a layer, so they sum to 1; gamma scales the whole.",
    ru="Веса — softmax от scores, по одному на слой, их сумма равна 1; gamma умножает всё вместе.",
)
def test_mix(submission, torch_rng):
    for shape, gamma in (((3, 5, 4, 2), 0.7), ((4, 4, 4, 4), -2.5)):
        states, scores = randn(torch_rng, *shape), randn(torch_rng, shape[0])
        found = submission.mix(states, scores, gamma)
        assert_close(found, mix(states, scores, gamma), rtol=1e-8, atol=1e-9, what="mix")


@points("1/4")
@title(en="A mixture: one layer, large scores, gradients", ru="Смесь: один слой, большие scores, градиенты")
@hint(
    en="torch.softmax holds for large scores; scores are learned, so gradients must reach them, and the layers.",
    ru="torch.softmax выдерживает большие scores; им учатся, поэтому градиент должен доходить до них и до слоёв.",
)
def test_mix_at_the_edge(submission, torch_rng):
    for layers, offset in ((1, 0.0), (3, 2000.0), (2, -2000.0)):
        states, scores = randn(torch_rng, layers, 2, 3, 2), randn(torch_rng, layers) + offset
        by_mixture = randn(torch_rng, 2, 3, 2)
        found = vjp(submission.mix, (states, scores, 1.5), by_mixture)
        leaves = states.clone().requires_grad_(), scores.clone().requires_grad_()
        expected = mix(*leaves, 1.5)
        assert_close(found.outputs, expected.detach(), rtol=1e-8, atol=1e-9, what="mix")
        wanted = torch.autograd.grad((expected * by_mixture).sum(), leaves)
        assert_close(found.gradients[:2], wanted, rtol=1e-6, atol=1e-8, what="gradients by states and scores")
