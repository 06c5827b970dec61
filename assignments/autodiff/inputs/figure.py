"""An attack on points of a plane, what a unit dreams of, and a picture painted in the style of another.

fgsm must move each point into a corner of its square, towards the other side of the curve; a mistake leaves the square,
ends on its edge, or goes the wrong way. A dream shows the diagonal stripes that the unit looks for, and E only rises.
The painted picture has the square of the first and the stripes of the second, and L falls. Three dots: not written yet.
"""

from types import SimpleNamespace

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "Top: points of two classes at a curve, each with its square of allowed changes; fgsm must move them into a "
        "corner, towards the other side. Then noise, what dream makes of it for a unit that looks for diagonal "
        "stripes, and the excitation E, which must rise at every step. Bottom: a content, a style, the picture painted "
        "by descent along the gradient of transfer, and its loss L, which must fall."
    ),
    "ru": (
        "Сверху: точки двух классов у кривой, вокруг каждой — квадрат допустимых изменений; fgsm должен сдвинуть точку "
        "в угол квадрата, к другой стороне кривой. Далее шум, то, во что его превращает dream для нейрона, который "
        "ищет косые полосы, и возбуждение E: оно растёт на каждом шаге. Снизу: содержание, стиль, картина, полученная "
        "спуском по градиенту из transfer, и её потери L: они должны падать."
    ),
}

BLUE, RED = "#0072B2", "#D55E00"
EPS = 0.25


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(7.2, 4)  # all panels are squares
    figure.set_layout_engine("constrained")
    attack, *dreaming = (panels := figure.subplots(2, 4))[0]
    for part, places in ((_attack, [attack]), (_dream, dreaming), (_transfer, panels[1])):
        for panel in places:
            panel.set(xticks=[], yticks=[], box_aspect=1)
        try:
            part(solution, *places)
        except NotImplementedError:
            places[0].text(0.5, 0.5, "...", transform=places[0].transAxes)


def _attack(solution: SimpleNamespace, panel: Axes) -> None:
    """Points beside the curve x2 = sin 2 x1, and where they are moved to."""

    def above(x: Tensor) -> Tensor:
        return x[:, 1] - torch.sin(2 * x[:, 0])

    def loss(answers: Tensor, y: Tensor) -> Tensor:
        return nn.functional.softplus(-3 * y * answers).mean()

    along = torch.linspace(-1.4, 1.4, 12)
    y = torch.tensor([1.0, -1.0]).repeat(6)
    x = torch.stack([along, torch.sin(2 * along) + 0.45 * y], dim=1)
    moved = solution.fgsm(above, loss, x.clone(), y, EPS).detach()
    corners = EPS * torch.tensor([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1], [torch.nan, torch.nan]])
    squares = (x[:, None] + corners).reshape(-1, 2)
    steps = torch.stack([x, moved, torch.full_like(x, torch.nan)], dim=1).reshape(-1, 2)
    curve = torch.linspace(-1.8, 1.8, 40)
    panel.plot(curve, torch.sin(2 * curve), color="black", linewidth=1)
    panel.plot(*squares.T, color="#aaaaaa", linewidth=0.6)
    panel.plot(*steps.T, color=RED, linewidth=1.5)
    panel.plot(*x[y > 0].T, "o", color=BLUE, markersize=4)
    panel.plot(*x[y < 0].T, "^", color="black", markersize=4)
    panel.set_title("fgsm", fontsize=9)


def _dream(solution: SimpleNamespace, before: Axes, after: Axes, curve: Axes) -> None:
    """The channel 0 looks for diagonal stripes, the channel 1 for upright ones."""
    place = torch.arange(5.0)
    stripes = torch.stack([torch.cos(1.6 * (place[:, None] + place)), torch.cos(1.6 * place).expand(5, 5)])
    network = nn.Sequential(nn.Conv2d(1, 2, 5, bias=False), nn.ReLU())
    network[0].weight.data = (stripes - stripes.mean(dim=(1, 2), keepdim=True))[:, None]
    noise = torch.tensor(np.random.default_rng(4).normal(size=(1, 16, 16)), dtype=torch.float32)
    dreamt, excitations = solution.dream(network, 0.5 * noise, 1, 0, rate=0.15, steps=20)
    _image(before, 0.5 * noise, "$x$")
    _image(after, dreamt, "dream")
    curve.plot(excitations.detach(), "-o", color=BLUE, markersize=3)
    curve.set_title("$E$", fontsize=9)


def _transfer(solution: SimpleNamespace, content_panel: Axes, style_panel: Axes, painted: Axes, curve: Axes) -> None:
    """Descent from the content along the gradient of transfer; the network knows brightness and stripes."""
    place = torch.arange(20.0)
    content = torch.zeros(1, 20, 20)
    content[:, 5:15, 5:15] = 1.0
    style = 0.5 + 0.5 * torch.sin(1.3 * (place[:, None] - place))[None]
    down, right = torch.arange(5.0)[:, None] - 2, torch.arange(5.0) - 2
    turns = [down.expand(5, 5), right.expand(5, 5), down + right, down - right]
    waves = [wave(1.3 * turn) for turn in turns for wave in (torch.cos, torch.sin)]
    network = nn.Sequential(nn.Conv2d(1, 9, 5, bias=False), nn.ReLU())
    network[0].weight.data = torch.stack([torch.ones(5, 5), *(wave - wave.mean() for wave in waves)])[:, None] / 25
    x, losses = content.clone(), []
    for step in range(60):
        loss, gradient = solution.transfer(
            network, x.clone(), content, style, content_layer=0, style_layers=[1], alpha=0.02, beta=8000.0
        )
        size = gradient.detach().square().mean().sqrt().clamp(min=1e-12)
        x = x - 0.02 * 0.98**step * gradient.detach() / size
        losses.append(float(loss))
    _image(content_panel, content, "content")
    _image(style_panel, style, "style")
    _image(painted, x, "transfer")
    curve.plot(losses, color=BLUE)
    curve.set_title("$L$", fontsize=9)


def _image(panel: Axes, picture: Tensor, title: str) -> None:
    panel.imshow(picture[0].detach(), cmap="gray", interpolation="none")
    panel.set_title(title, fontsize=9)
