"""The hidden suite of t-SNE by a network."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, depends, hint, points, state, title, vjp
from grader.testing.inputs import randn
from grader.testing.twins import sequence_twins
from reference.extraction.neighbours.parametric import parametric_tsne, tsne_loss

from .shared import groups, right_neighbours, some_pairs

LAYERS = (("Linear", 4, 6), ("BatchNorm1d", 6), ("Tanh",), ("Linear", 6, 2))


@points("3/4")
@title(en="The loss", ru="Функция потерь")
@hint(
    en="It is KL(P || Q) with the Q of t-SNE, one sum over all pairs, of the type of Y.",
    ru="Это KL(P || Q) с Q из t-SNE, одна сумма по всем парам, того же типа, что Y.",
)
def test_loss(submission, rng, torch_rng):
    for n, dtype, rtol in ((9, torch.float64, 1e-9), (9, torch.float32, 1e-3), (2, torch.float64, 1e-9)):
        P, Y = torch.tensor(some_pairs(rng, n), dtype=dtype), randn(torch_rng, n, 2).to(dtype)
        assert_close(submission.tsne_loss(P, Y), tsne_loss(P, Y), rtol=rtol, atol=1e-9, what="the loss")


@points("3/4")
@title(en="The gradient of the loss", ru="Градиент функции потерь")
@hint(
    en="The loss is made of tensors alone, without item(), numpy or detach. 0 times the logarithm of 0 is NaN in a "
    "gradient too: leave the diagonal out before the logarithm.",
    ru="Потери считаются только на тензорах, без item(), numpy и detach. 0, умноженный на логарифм 0, даёт NaN и в "
    "градиенте: уберите диагональ до логарифма.",
)
def test_gradient_of_the_loss(submission, rng, torch_rng):
    P, Y = torch.tensor(some_pairs(rng, 9)), randn(torch_rng, 9, 2)
    leaf = Y.clone().requires_grad_()
    (expected,) = torch.autograd.grad(tsne_loss(P, leaf), leaf)
    found = vjp(submission.tsne_loss, (P, Y), torch.ones((), dtype=torch.float64), by=(1,)).gradients[1]
    assert found is not None, "the loss does not depend on Y for torch"
    assert_close(found, expected, rtol=1e-7, atol=1e-10, what="the gradient by Y")


@points("1/2")
@title(en="Zeros in P, equal objects", ru="Нули в P, совпадающие объекты")
@hint(
    en="Terms with p = 0 are 0, in the gradient too; the root of a squared distance 0 has no derivative.",
    ru="Слагаемые с p = 0 равны 0 и в градиенте тоже; у корня из нулевого квадрата расстояния нет производной.",
)
def test_loss_of_zeros(submission, rng, torch_rng):
    P = torch.tensor(some_pairs(rng, 9))
    P[2, 3:6] = P[3:6, 2] = 0.0
    P /= P.sum()
    Y = randn(torch_rng, 9, 2)
    Y[1] = Y[0]
    leaf = Y.clone().requires_grad_()
    value = tsne_loss(P, leaf)
    (expected,) = torch.autograd.grad(value, leaf)
    found = vjp(submission.tsne_loss, (P, Y), torch.ones((), dtype=torch.float64), by=(1,))
    assert_close(found.outputs, value.detach(), rtol=1e-9, what="the loss")
    assert found.gradients[1] is not None, "the loss does not depend on Y for torch"
    assert_close(found.gradients[1], expected, rtol=1e-7, atol=1e-10, what="the gradient by Y")


@points("5/4")
@title(en="Three steps of a network", ru="Три шага сети")
@hint(
    en="P is that of X, once for all steps; the network's outputs are Y; each step of Adam begins with gradients of "
    "zero.",
    ru="P считается по X, один раз на все шаги; Y — выходы сети; перед каждым шагом Adam градиенты обнуляются.",
)
def test_steps(submission, probe, torch_rng):
    pair = sequence_twins(probe.nn, LAYERS, torch_rng)
    X = randn(torch_rng, 14, 4)
    submission.parametric_tsne(pair.made, X, 4.0, 3, 0.01)
    parametric_tsne(pair.expected, X, 4.0, 3, 0.01)
    found = state(pair.made)
    for name, value in pair.expected.named_parameters():
        assert_close(found[pair.names[name]], value.detach(), rtol=1e-5, atol=1e-5, what=name)


@points("1/2")
@title(en="A network that comes in evaluation mode", ru="Сеть, которая пришла в режиме предсказания")
@hint(
    en="The steps are made in training mode, and all objects go through the network once a step.",
    ru="Шаги делаются в режиме обучения, и за шаг все объекты проходят через сеть один раз.",
)
def test_mode(submission, probe, torch_rng):
    pair = sequence_twins(probe.nn, LAYERS, torch_rng)
    for net in (pair.made, pair.expected):
        net.train(False)
    X = randn(torch_rng, 14, 4)
    made = submission.parametric_tsne(pair.made, X, 4.0, 2, 0.01)
    parametric_tsne(pair.expected, X, 4.0, 2, 0.01)
    assert_equal(int(state(made)["1.num_batches_tracked"]), 2, what="passes in training mode")
    assert_close(state(made)["1.running_mean"], pair.expected[1].running_mean, rtol=1e-3, what="running means")


@depends("test_steps")
@points("5/4")
@title(en="New objects come to their groups", ru="Новые объекты попадают в свои группы")
@hint(
    en="The network that was given is the one that is trained and returned, with the number of steps that was asked "
    "for.",
    ru="Обучается и возвращается та самая сеть, которую передали, и столько шагов, сколько просили.",
)
def test_new_objects(submission, probe, rng, torch_rng):
    (X, labels), (new, new_labels) = groups(rng, 6, 14, 12)
    pair = sequence_twins(probe.nn, (("Linear", 12, 24), ("Tanh",), ("Linear", 24, 2)), torch_rng)
    made = submission.parametric_tsne(pair.made, torch.tensor(X), 8.0, 150, 0.03)
    pair.expected.load_state_dict({name: state(made)[own] for name, own in pair.names.items()})
    with torch.no_grad():
        old, mapped = (pair.expected(torch.tensor(objects)).numpy() for objects in (X, new))
    share = right_neighbours(assert_array(old, what="Y"), labels, mapped, new_labels)
    assert share >= 0.9, f"{share:.0%} of the new objects lie beside an old one of their own group, 90 % must"
