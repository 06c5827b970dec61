"""What a logit can see, an image that follows a rule, and the probabilities of all images of a tiny size.

Seen at a glance: masks that are open to the future, hide too much or lie the other way; rows taken from below or a
state that is not carried; columns drawn before rows; likelihoods that do not sum to 1. Three dots: not written yet.
"""

import itertools
from types import SimpleNamespace
from typing import Any

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "Above: which pixels (grey) what comes out at the pixel with the cross depends on; the darker, the more. "
        "Nothing may be grey from the line on; the pixel itself is grey for B only. Below on the left: an image drawn "
        "by a model that is sure: the first pixel is 1, every other one is 1 if exactly one of its neighbours to the "
        "left and above is. On the right: the probabilities of all 16 images of 2 x 2 by log_prob, blue bars, and by "
        "multiplying, red dots; the number is their sum."
    ),
    "ru": (
        "Сверху: от каких пикселей (серые) зависит то, что выходит в пикселе с крестиком; чем темнее, тем сильнее. За "
        "чертой серого быть не должно; сам пиксель серый только у B. Снизу слева: изображение от модели, которая "
        "уверена: первый пиксель равен 1, любой другой — 1, если ровно один из соседей слева и сверху равен 1. Справа: "
        "вероятности всех 16 изображений 2 x 2 по log_prob (синие столбцы) и перемножением (красные точки); число — их "
        "сумма."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"
SIDE, ROW, COLUMN = 11, 7, 4


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    above, below = figure.subfigures(2, 1)
    nets = {
        'MaskedConv("A", 1, 1, 5)': lambda: solution.MaskedConv("A", 1, 1, 5),
        'MaskedConv("B", 1, 1, 5)': lambda: solution.MaskedConv("B", 1, 1, 5),
        "PixelCNN(1, 3)": lambda: solution.PixelCNN(1, 3),
        "RowLSTM(1)": lambda: solution.RowLSTM(1),
    }
    for panel, (name, make) in zip(above.subplots(1, 4), nets.items(), strict=True):
        panel.set_title(name, fontsize=8)
        panel.set(xticks=[], yticks=[])
        _or_dots(panel, lambda panel=panel, make=make: _sight(panel, make()))
    left, right = below.subplots(1, 2, width_ratios=[1, 1.5])
    for panel, name in ((left, "sample"), (right, "log_prob")):
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=7)
    left.set(xticks=[], yticks=[])
    _or_dots(left, lambda: left.imshow(_drawn(solution), "gray_r", vmin=0, vmax=1, interpolation="none"))
    _or_dots(right, lambda: _probabilities(right, solution))


def _or_dots(panel: Axes, part: Any) -> None:
    try:
        part()
    except NotImplementedError:
        panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _sight(panel: Axes, net: nn.Module) -> None:
    """Derivatives of one output by all pixels of an image of ones, all weights positive."""
    with torch.no_grad():
        for value in net.parameters():
            value.fill_(0.2)
    x = torch.full((1, 1, SIDE, SIDE), 0.5).requires_grad_()
    (derivative,) = torch.autograd.grad(net(x)[0, 0, ROW, COLUMN], x)
    size = derivative[0, 0].abs()
    panel.imshow((size / size.max()) ** 0.25, "gray_r", vmin=0, vmax=1.3, interpolation="none")
    edge = (-0.5, COLUMN - 0.5, COLUMN - 0.5, SIDE - 0.5), (ROW + 0.5, ROW + 0.5, ROW - 0.5, ROW - 0.5)
    panel.plot(*edge, color=BLUE, linewidth=1.2)
    panel.plot(COLUMN, ROW, "x", color=RED, markersize=5)


def _drawn(solution: SimpleNamespace) -> Tensor:
    def model(images: Tensor) -> Tensor:
        left, top = nn.functional.pad(images, (1, 0, 1, 0))[..., 1:, :-1], nn.functional.pad(images, (0, 0, 1, 0))
        one = (left != top[..., :-1, :]).float()
        one[..., 0, 0] = 1.0
        return 200 * one - 100

    image: Tensor = solution.sample(model, 1, 16, 16)[0, 0]
    return image


def _probabilities(panel: Axes, solution: SimpleNamespace) -> None:
    weight = torch.tensor([[0.0, 0, 0, 0], [2, 0, 0, 0], [-1, 1, 0, 0], [1, -2, 1, 0]])
    bias = torch.tensor([0.5, -1.0, 0.3, -0.2])

    def model(images: Tensor) -> Tensor:
        return (images.flatten(1) @ weight.T + bias).reshape(images.shape)

    images = torch.tensor(list(itertools.product((0.0, 1.0), repeat=4)))
    found = solution.log_prob(model, images.view(16, 1, 2, 2)).exp()
    one = torch.sigmoid(images @ weight.T + bias)
    panel.bar(range(16), found, color=BLUE)
    panel.plot(range(16), torch.where(images == 1, one, 1 - one).prod(dim=1), "o", color=RED, markersize=3)
    panel.text(0.03, 0.9, f"{float(found.sum()):.3f}", transform=panel.transAxes)
    panel.set(xticks=[0, 15], xticklabels=["0000", "1111"])
