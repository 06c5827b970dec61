"""What comes out of each layer of AlexNet and VGG, how many parameters each has, and which pixels LeNet looks at.

Seen at a glance: sides that do not shrink as they should, a block too few, channels in another order, biases or linear
maps that are not counted, maximum instead of mean in LeNet, kernels at another place. Three dots: not written yet.
"""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

ALT = {
    "en": (
        "Left: on which pixels the scores of a LeNet depend that looks at four places of its last maps, by gradients: "
        "four even black squares of 4 x 4 pixels. Below are the parameters of its five layers. Then AlexNet, VGG-16 "
        "and VGG-19: the layers as blocks, as high as the side of what comes out, as wide as the logarithm of its "
        "channels; convolutions blue, pooling red, means green. Below are the parameters of each layer with weights, "
        "on a logarithmic scale, and their sum; the first linear map has most of them."
    ),
    "ru": (
        "Слева: от каких пикселей зависят оценки сети LeNet, которая смотрит на четыре места последних карт, по "
        "градиентам: четыре ровных чёрных квадрата 4 x 4 пикселя. Под ними — число параметров её пяти слоёв. Далее "
        "AlexNet, VGG-16 и VGG-19: слои показаны прямоугольниками, высота — сторона выхода, ширина — логарифм числа "
        "каналов; свёртки синие, пулинг красный, средние зелёные. Внизу — число параметров каждого слоя с весами в "
        "логарифмическом масштабе и их сумма; больше всего их в первом линейном слое."
    ),
}

BLUE, RED, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#999999"
COLOURS = {"conv": BLUE, "pool": RED, "adaptive": GREEN, "linear": GREY}
PICTURE = (3, 224, 224)


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(8, 3.6)
    figure.set_layout_engine("constrained")
    panels = figure.subplots(2, 4, width_ratios=[2, 3, 4, 4])
    networks = {
        "alexnet()": solution.alexnet,
        "vgg(16)": lambda: solution.vgg(16),
        "vgg(19)": lambda: solution.vgg(19),
    }
    _try(panels[:, 0], "LeNet5()", lambda: _lenet(*panels[:, 0], solution.LeNet5()))
    for column, (name, config) in zip(panels.T[1:], networks.items(), strict=True):
        _try(column, name, lambda column=column, config=config: _network(*column, solution.trace(config(), PICTURE)))


def _try(panels: Iterable[Axes], title: str, part: Callable[[], None]) -> None:
    """A column, or three dots where something is not written yet."""
    first, *_ = panels
    first.set_title(title, fontsize=9)
    for panel in panels:
        panel.tick_params(labelsize=6)
    try:
        part()
    except NotImplementedError:
        first.text(0.5, 0.5, "...", transform=first.transAxes)


def _lenet(above: Axes, below: Axes, network: Any) -> None:
    """Kernels that pass on their middle, and two places of the last maps that are looked at."""
    with torch.no_grad():
        for value in network.parameters():
            value.zero_()
        network.c1.weight[:, 0, 2, 2] = 0.1
        network.c3.weight[:, :, 2, 2] = 0.1
        network.c5.weight.view(120, 16, 5, 5)[:, :, [0, 1, 2, 4], [0, 3, 2, 1]] = 0.1
        network.f6.weight.fill_(0.1)
        network.output.weight.fill_(0.1)
    ramp = torch.linspace(0, 1, 32 * 32).reshape(1, 1, 32, 32).requires_grad_()
    (slope,) = torch.autograd.grad(network(ramp).sum(), ramp)
    above.imshow(slope[0, 0], "gray_r", interpolation="none", vmin=0)
    above.set(xticks=[0, 31], yticks=[0, 31])
    names = "c1", "c3", "c5", "f6", "output"
    counts = {name: sum(value.numel() for value in getattr(network, name).parameters()) for name in names}
    below.bar(range(len(counts)), list(counts.values()), color=GREY, log=True)
    below.set_xticks(range(len(counts)), list(counts), rotation=90)


def _network(above: Axes, below: Axes, rows: list[Any]) -> None:
    """Blocks for what comes out, bars for the parameters."""
    left = 0.0
    for kind, shape, _ in rows:
        if kind in ("conv", "pool", "adaptive"):
            width = torch.tensor(float(shape[0])).log2().item()
            above.add_patch(
                Rectangle((left, -shape[1] / 2), width, shape[1], color=COLOURS[kind], alpha=0.8, linewidth=0)
            )
            left += width + 1.5
    above.set(xlim=(-2, left + 1), ylim=(-120, 120), xticks=[], yticks=[-112, 0, 112])
    weighted = [(kind, parameters) for kind, _, parameters in rows if parameters]
    below.bar(
        range(len(weighted)), [row[1] for row in weighted], color=[COLOURS.get(row[0], "black") for row in weighted]
    )
    below.set(yscale="log", ylim=(1e3, 3e8), xticks=[])
    below.minorticks_off()
    below.set_xlabel(f"{sum(row[1] for row in weighted):,}", fontsize=7)
