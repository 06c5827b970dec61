"""The hidden suite of network in network."""

from grader.testing import hint, points, title
from reference.convolutions.layers.network_in_network import global_average, mlpconv, pointwise

from .shared import near


@points("3/4")
@title(en="pointwise: other channels at each pixel", ru="pointwise: новые каналы в каждом пикселе")
@hint(
    en="A row of W is one channel of the result; rows and columns of the image are not touched.",
    ru="Строка W — один канал результата; строки и столбцы изображения не затрагиваются.",
)
def test_pointwise(submission, rng):
    for n, c, h, w, D in ((2, 3, 4, 5, 6), (1, 3, 3, 3, 3), (3, 4, 1, 2, 1), (2, 1, 3, 2, 2)):
        X, W = rng.normal(size=(n, c, h, w)), rng.normal(size=(D, c))
        near(submission.pointwise(X, W), pointwise(X, W), f"X {X.shape}, W {W.shape}")


@points("1/4")
@title(en="pointwise: the bias", ru="pointwise: смещение")
@hint(en="One number for each channel of the result.", ru="Одно число на каждый канал результата.")
def test_pointwise_bias(submission, rng):
    for n, c, h, w, D in ((2, 3, 4, 5, 2), (1, 3, 3, 3, 3), (1, 2, 1, 1, 4)):
        X, W, b = rng.normal(size=(n, c, h, w)), rng.normal(size=(D, c)), rng.normal(size=D) + 3
        near(submission.pointwise(X, W, b), pointwise(X, W, b), f"X {X.shape}, W {W.shape}")


@title(en="mlpconv: a perceptron that slides", ru="mlpconv: скользящий перцептрон")
@hint(
    en="max(0, .) stands after the convolution and after both maps of channels, the last one too.",
    ru="max(0, .) стоит после свёртки и после обоих преобразований каналов, в том числе последнего.",
)
def test_mlpconv(submission, rng):
    for shape, kernels, hidden, outputs in (((2, 3, 6, 5), (4, 3, 3, 2), 5, 3), ((1, 1, 5, 5), (3, 1, 2, 2), 3, 3)):
        shapes = (shape, kernels, kernels[0], (hidden, kernels[0]), hidden, (outputs, hidden), outputs)
        values = [rng.normal(size=own) for own in shapes]
        near(submission.mlpconv(*values), mlpconv(*values), f"X {shape}, K {kernels}, {hidden}, {outputs} channels")


@points("1/2")
@title(en="global_average", ru="global_average")
@hint(
    en="The mean goes over rows and columns; images and channels stay, and nothing else does.",
    ru="Среднее — по строкам и столбцам; остаются только изображения и каналы.",
)
def test_global_average(submission, rng):
    for shape in ((2, 3, 4, 5), (1, 1, 3, 3), (3, 2, 1, 1)):
        X = rng.normal(size=shape)
        near(submission.global_average(X), global_average(X), f"X {shape}")
