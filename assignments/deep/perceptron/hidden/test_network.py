"""The hidden suite of the perceptron: forward, backward, what it remembers."""

import numpy as np

from grader.testing import assert_close, each, hint, points, title
from reference.deep.perceptron.network import Perceptron

from .shared import arrays, near, random_layers, same_arrays, twins


@points("1/2")
@title(en="One layer: no activation", ru="Один слой: без активации")
@hint(
    en="The only layer is the last one, and the last one is X W + b alone.",
    ru="Единственный слой — он же последний, а последний — это только X W + b.",
)
def test_one_layer(submission, rng):
    net, expected = twins(submission, rng, (3, 2))
    X = 2 * rng.normal(size=(5, 3))
    near(net.forward(X), expected.forward(X), "forward(X)")


@points(2)
@title(en="Forward", ru="Прямой проход")
@hint(
    en="Follow one object by hand: X W + b, then the activation; after the last layer no activation.",
    ru="Проследите вручную за одним объектом: X W + b, затем активация; после последнего слоя активации нет.",
)
def test_forward(submission, rng):
    for sizes, activation in (((2, 4, 1), "tanh"), ((3, 5, 4, 2), "tanh"), ((2, 6, 3, 5, 3), "relu")):
        net, expected = twins(submission, rng, sizes, activation)
        X = rng.normal(size=(6, sizes[0]))
        near(net.forward(X), expected.forward(X), f"forward(X) of layers {sizes}")


@points("1/2")
@title(en="The default activation, and the lists of parameters", ru="Активация по умолчанию и списки параметров")
@hint(
    en="weights and biases are attributes that hold what was given; without a name the activation is tanh.",
    ru="weights и biases — атрибуты, в них лежит то, что передали; без имени активация — tanh.",
)
def test_parameters(submission, rng):
    net, expected = twins(submission, rng, (3, 4, 2))
    same_arrays(net.weights, expected.weights, "weights")
    same_arrays(net.biases, expected.biases, "biases")
    X = rng.normal(size=(6, 3))
    near(net.forward(X), expected.forward(X), "forward(X)")


GROUPS = ("sigmoid-tanh-arctan", "relu-leaky-prelu", "softplus-softsign-lecun")


@each(GROUPS, worth="1/6", en="Forward with {name}", ru="Прямой проход: {name}")
@hint(
    en="Every hidden layer has the activation with its default a and beta.",
    ru="В каждом скрытом слое эта активация с a и beta по умолчанию.",
)
def test_each_activation(submission, rng, name):
    for activation in name.split("-"):
        net, expected = twins(submission, rng, (2, 5, 4, 3), activation)
        X = rng.normal(size=(6, 2))
        near(net.forward(X), expected.forward(X), f"forward(X) with {activation}")


def backward(submission, rng, sizes, *activation):
    """Both networks after a pass forward and backward, and the derivatives by X."""
    net, expected = twins(submission, rng, sizes, *activation)
    X, dY = rng.normal(size=(6, sizes[0])), rng.normal(size=(6, sizes[-1]))
    net.forward(X)
    expected.forward(X)
    return net, expected, net.backward(dY), expected.backward(dY)


@points("3/2")
@title(en="Backward: the derivative by X", ru="Обратный проход: производная по X")
@hint(
    en="Through a layer: dY W^T; through an activation: times f' of what stood before it. The last layer has none.",
    ru="Через слой: dY W^T; через активацию: умножить на f' от того, что было до неё. После последнего слоя её нет.",
)
def test_input_gradient(submission, rng):
    for sizes in ((3, 2), (2, 4, 1), (3, 5, 4, 2)):
        _, _, dX, wanted = backward(submission, rng, sizes)
        near(dX, wanted, f"backward(dY) of layers {sizes}")


@points("3/2")
@title(en="Backward: the gradients of the weights", ru="Обратный проход: градиенты весов")
@hint(
    en="The transposed input of the layer times the derivative by its X W + b. The input, not the output.",
    ru="Транспонированный вход слоя на производную по его X W + b. Именно вход, а не выход.",
)
def test_weight_gradients(submission, rng):
    for sizes in ((3, 2), (2, 4, 1), (4, 4, 4, 4)):
        net, expected, _, _ = backward(submission, rng, sizes)
        same_arrays(net.weight_gradients, expected.weight_gradients, "weight_gradients")


@title(en="Backward: the gradients of the biases", ru="Обратный проход: градиенты сдвигов")
@hint(
    en="One bias serves all objects: add up over them. A mean is already in dY, where the error has one.",
    ru="Один сдвиг служит всем объектам: сложите по ним. Среднее, если оно есть в ошибке, уже учтено в dY.",
)
def test_bias_gradients(submission, rng):
    for sizes in ((3, 2), (2, 4, 1), (3, 5, 4, 2)):
        net, expected, _, _ = backward(submission, rng, sizes)
        same_arrays(net.bias_gradients, expected.bias_gradients, "bias_gradients")


@each(GROUPS, worth="1/6", en="Backward with {name}", ru="Обратный проход: {name}")
@hint(
    en="The derivative is taken at X W + b, not at what the activation made of it.",
    ru="Производная берётся в точке X W + b, а не от результата активации.",
)
def test_gradient_of_each_activation(submission, rng, name):
    for activation in name.split("-"):
        _, _, dX, wanted = backward(submission, rng, (2, 5, 4, 3), activation)
        near(dX, wanted, f"backward(dY) with {activation}")


@title(en="Calls do not depend on earlier ones", ru="Вызовы не зависят от предыдущих")
@hint(
    en="Gradients are made anew by every backward, forward forgets earlier objects, each network has its own lists.",
    ru="Каждый backward создаёт градиенты заново, forward забывает прежние объекты, а списки у каждой сети свои.",
)
def test_again(submission, rng):
    weights, biases = random_layers(rng, (2, 4, 3))
    net = submission.Perceptron(weights, biases)
    X, dY = rng.normal(size=(5, 2)), rng.normal(size=(5, 3))
    shapes = [one.shape for one in (*weights, *biases)]

    def results(dY):
        dX = net.backward(dY)
        return arrays([dX, *net.weight_gradients, *net.bias_gradients], [X.shape, *shapes], "derivatives")

    net.forward(X)
    first = results(dY)
    assert_close(results(2 * dY), [2 * part for part in first], rtol=1e-9, atol=1e-12, what="derivatives for 2 dY")
    assert_close(results(dY), first, rtol=1e-9, atol=1e-12, what="what a second backward gives")
    other = submission.Perceptron(weights, biases)
    other.forward(2 * X)
    other.backward(dY)
    kept = [*net.weight_gradients, *net.bias_gradients]
    assert_close(kept, first[1:], rtol=1e-9, atol=1e-12, what="gradients after another network's")
    assert_close(results(dY), first, rtol=1e-9, atol=1e-12, what="what backward gives after another network's forward")
    net.forward(rng.normal(size=(3, 2)))
    net.backward(rng.normal(size=(3, 3)))
    net.forward(X)
    assert_close(results(dY), first, rtol=1e-9, atol=1e-12, what="derivatives after other objects were passed through")


@points("1/4")
@title(en="The network keeps copies", ru="Сеть хранит копии")
@hint(
    en="A list of the same arrays is no copy: who changes them later changes the network.",
    ru="Список с теми же массивами — не копия: кто изменит их потом, изменит и сеть.",
)
def test_copies(submission, probe, rng):
    weights, biases = random_layers(rng, (2, 4, 3))
    X = rng.normal(size=(5, 2))
    found = probe.forward_of_copies(submission.Perceptron, weights, biases, X)
    near(found, Perceptron(weights, biases).forward(X), "forward(X) after the arguments were overwritten")


@points("1/4")
@title(en="The network computes with what its lists hold now", ru="Сеть считает по тому, что сейчас в её списках")
@hint(
    en="Training changes weights and biases: forward and backward must not use parameters kept elsewhere.",
    ru="Обучение меняет weights и biases: forward и backward не должны брать параметры, сохранённые в другом месте.",
)
def test_changed_parameters(submission, probe, rng):
    old, new = random_layers(rng, (2, 4, 3, 2)), random_layers(rng, (2, 4, 3, 2))
    X, dY = rng.normal(size=(5, 2)), rng.normal(size=(5, 2))
    outputs, dX = probe.with_other_parameters(submission.Perceptron, *old, *new, X, dY)
    expected = Perceptron(*new)
    near(outputs, expected.forward(X), "forward(X) after the parameters were changed")
    near(dX, expected.backward(dY), "backward(dY) after the parameters were changed")


@points("1/2")
@title(en="One object, one unit, one output", ru="Один объект, один нейрон, один выход")
@hint(
    en="No axis may vanish: one object gives (1, k), one output (n, 1), one unit has a bias (1,).",
    ru="Ни одна ось не пропадает: один объект даёт (1, k), один выход — (n, 1), сдвиг одного нейрона — (1,).",
)
def test_smallest(submission, rng):
    for sizes, n in (((1, 1, 1), 1), ((3, 2, 2), 1), ((1, 1), 4), ((2, 1, 3), 4)):
        net, expected = twins(submission, rng, sizes)
        X, dY = rng.normal(size=(n, sizes[0])), rng.normal(size=(n, sizes[-1]))
        near(net.forward(X), expected.forward(X), "forward(X)")
        near(net.backward(dY), expected.backward(dY), "backward(dY)")
        arrays(net.weight_gradients, [one.shape for one in expected.weights], "weight_gradients")
        arrays(net.bias_gradients, [one.shape for one in expected.biases], "bias_gradients")


@points("1/2")
@title(en="Forty layers", ru="Сорок слоёв")
@hint(
    en="Nothing depends on the number of layers: loop over the lists, forward from the first, backward from the last.",
    ru="От числа слоёв ничего не зависит: цикл по спискам, прямой — с первого слоя, обратный — с последнего.",
)
def test_depth(submission, rng):
    sizes = (3, *[8] * 39, 2)
    weights, biases = random_layers(rng, sizes)
    net, expected = submission.Perceptron(weights, biases, "arctan"), Perceptron(weights, biases, "arctan")
    X, dY = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    near(net.forward(X), expected.forward(X), "forward(X)")
    wanted = expected.backward(dY)
    scale = float(np.abs(wanted).max())
    found = arrays([net.backward(dY)], [X.shape], "derivatives")[0]
    near(found / scale, wanted / scale, "backward(dY), by its largest entry")
