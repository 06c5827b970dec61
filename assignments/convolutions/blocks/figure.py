"""How far the branches of Inception see, what a residual block adds and remembers, and a small U-Net that learns.

Seen at a glance: a branch that sees too far or not at all, branches in another order, a border that is padded wrongly;
ReLU before the sum, statistics that do not follow the batches; skips that are lost (masks in steps), a loss that stays,
masks that change with the mode. Three dots: not written yet.
"""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "First row: an Inception block of ones, and one bright pixel; the channels show 1, 9, 25 and 9 pixels. Second "
        "row: what a residual block gives for x from -2 to 2, grey where F is 0, blue where F is -1 (the curve starts "
        "later and stays below); the running mean (blue) and variance (orange) of bn1, which approach the dashed lines "
        "batch by batch; the loss of a U-Net that learns to find discs in an uneven light: it must fall. Third row: "
        "two new pictures, each with its mask after training, in which the true borders are drawn orange."
    ),
    "ru": (
        "Первый ряд: блок Inception из единиц и один яркий пиксель; в каналах видны 1, 9, 25 и 9 пикселей. Второй ряд: "
        "что выдаёт остаточный блок для x от -2 до 2 — серым при F = 0, синим при F = -1 (кривая начинает расти позже "
        "и идёт ниже); накопленные среднее (синим) и дисперсия (оранжевым) bn1, которые пакет за пакетом приближаются "
        "к штриховым линиям; потери U-Net, которая учится находить круги при неравномерном свете: они должны падать. "
        "Третий ряд: две новые картинки и рядом с каждой её маска после обучения; оранжевым проведены верные границы."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"
SIDE, STEPS = 24, 60


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(7.2, 6)
    figure.set_layout_engine("constrained")
    grid = figure.add_gridspec(3, 1, height_ratios=[1, 1.2, 1])
    branches = grid[0].subgridspec(1, 4).subplots()
    curves = grid[1].subgridspec(1, 3).subplots()
    pictures = grid[2].subgridspec(1, 4).subplots()
    _try(branches, lambda: _inception(branches, solution.Inception(1, 1, 1, 1, 1, 1, 1)))
    _try(curves[:2], lambda: _residual(*curves[:2], solution))
    _try([*pictures, curves[2]], lambda: _unet(pictures, curves[2], solution))


def _try(panels: Iterable[Axes], part: Callable[[], None]) -> None:
    """Some panels, or three dots where something is not written yet."""
    for panel in panels:
        panel.tick_params(labelsize=6)
        panel.set(xticks=[], yticks=[])
    try:
        part()
    except NotImplementedError:
        for panel in panels:
            panel.text(0.4, 0.5, "...", transform=panel.transAxes)


def _fill(module: nn.Module, value: Callable[[str, Tensor], Tensor]) -> None:
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            parameter.copy_(value(name, parameter))


def _inception(panels: Iterable[Axes], block: nn.Module) -> None:
    """All weights 1, all biases 0, one pixel."""
    _fill(block, lambda name, value: torch.zeros_like(value) if "bias" in name else torch.ones_like(value))
    x = torch.zeros(1, 1, 9, 9)
    x[0, 0, 4, 4] = 1.0
    found = block(x).detach()[0]
    for panel, channel, name in zip(
        panels, found, ("$1 \\times 1$", "$3 \\times 3$", "$5 \\times 5$", "max"), strict=False
    ):
        panel.imshow(channel, "gray_r", vmin=0, vmax=1.5, interpolation="none")
        panel.set_title(name, fontsize=8)


def _residual(curve: Axes, statistics: Axes, solution: SimpleNamespace) -> None:
    """F is a constant, which bn2 alone gives; then a kernel that passes on what comes, and batches."""
    x = torch.linspace(-2, 2, 81).reshape(1, 1, 1, 81)
    for change, colour in ((0.0, GREY), (-1.0, BLUE)):
        block = solution.ResidualBlock(1, 1)
        _fill(block, lambda name, value, change=change: torch.full_like(value, change if name == "bn2.bias" else 0.0))
        curve.plot(x.flatten(), block(x).detach().flatten(), color=colour)
    curve.set(xticks=[-2, 0, 2], yticks=[0, 2], ylim=(-2, 2.2))
    curve.set_title("$\\mathrm{ReLU}(F + x)$", fontsize=8)
    block, rng, values = solution.ResidualBlock(1, 1), np.random.default_rng(1), []
    kernel = torch.zeros(1, 1, 3, 3)
    kernel[0, 0, 1, 1] = 1.0
    _fill(block, lambda _, value: kernel if value.dim() == 4 else torch.ones_like(value))
    for _ in range(40):
        block(torch.tensor(rng.normal(2.0, 0.5**0.5, size=(8, 1, 4, 4)), dtype=torch.float32))
        values.append((block.bn1.running_mean.item(), block.bn1.running_var.item()))
    for level, history, colour in zip((2.0, 0.5), np.array(values).T, (BLUE, RED), strict=True):
        statistics.axhline(level, color=GREY, linestyle="--", linewidth=0.8)
        statistics.plot(history, color=colour)
    statistics.set(xticks=[0, 40], yticks=[0, 2], ylim=(0, 2.3))
    statistics.set_title("bn1", fontsize=8)


def _unet(panels: Any, loss: Axes, solution: SimpleNamespace) -> None:
    rng = np.random.default_rng(2)
    network = solution.UNet(1, 1, 4, 2).double()  # in single precision each run would be drawn a little otherwise
    _fill(network, lambda name, value: _first(rng, name, value))
    optimizer = torch.optim.Adam(network.parameters())
    losses = []
    for step in range(STEPS):
        optimizer.param_groups[0]["lr"] = 0.02 * min(1.0, 2 * (1 - step / STEPS))
        pictures, masks = _discs(rng, 12)
        value = nn.functional.binary_cross_entropy_with_logits(network(pictures), masks)
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        losses.append(value.item())
    pictures, masks = _discs(rng, 2)
    found = solution.predict_mask(network, pictures)
    for place in range(2):
        left, right = panels[2 * place : 2 * place + 2]
        left.imshow(pictures[place, 0], "gray", interpolation="none")
        right.imshow(found[place, 0], "gray", vmin=0, vmax=1, interpolation="none")
        right.contour(masks[place, 0], [0.5], colors=RED, linewidths=1)
        left.set_title("x", fontsize=8)
        right.set_title("predict_mask", fontsize=8)
    loss.plot(losses, color=BLUE)
    loss.set(xticks=[0, len(losses)], yticks=[0, 0.7], ylim=(0, None))
    loss.set_title("loss", fontsize=8)


def _first(rng: np.random.Generator, name: str, value: Tensor) -> Tensor:
    """Kernels by He, biases 0, the rest as it is: the first values of a module are torch's own draws."""
    if value.dim() < 2:
        return torch.zeros_like(value) if name.endswith("bias") else value
    scale = (2 / value[0].numel()) ** 0.5
    return torch.tensor(scale * rng.normal(size=tuple(value.shape)))


def _discs(rng: np.random.Generator, n: int) -> tuple[Tensor, Tensor]:
    """Pictures of two discs in an uneven light, and their masks: (n, 1, SIDE, SIDE)."""
    y, x = np.mgrid[:SIDE, :SIDE]
    masks = np.zeros((n, SIDE, SIDE), dtype=bool)
    for _ in range(2):
        row, column, radius = (
            value[:, None, None] for value in rng.uniform([[5], [5], [3]], [[19], [19], [6]], (3, n))
        )
        masks |= (y - row) ** 2 + (x - column) ** 2 <= radius**2
    direction, phase = rng.uniform(0, 2 * np.pi, size=(2, n, 1, 1))
    light = 0.7 * np.sin(2 * np.pi * (np.cos(direction) * y + np.sin(direction) * x) / 30 + phase)
    pictures = masks + light + 0.2 * rng.normal(size=masks.shape)
    return torch.tensor(pictures[:, None]), torch.tensor(masks[:, None], dtype=torch.float64)
