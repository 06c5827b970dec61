"""Learning at work: a network of radial functions on two rings, its losses, and orders of objects in parts.

Seen at a glance: a layer whose bumps are not where its centres are, a loop that does not learn or does not look at
other data, an order that is not random or leaves the parts, maps that are not halved. Three dots: not written yet.
"""

from types import SimpleNamespace

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "Top left: two rings of objects, blue and red, and where a network of twelve radial functions and a linear "
        "layer, trained by fit, says red; crosses are its centres. Top right: train_loss, val_loss and val_accuracy "
        "by epochs. Bottom left: two epochs of part_batches over five parts of eight objects, the place of an object "
        "in the epoch across and the object up; each part comes as one block, and each epoch has its own order. "
        "Bottom right: the sides of the maps behind each layer of image_net, as bars, and the channels above them."
    ),
    "ru": (
        "Слева сверху: два кольца объектов, синее и красное, и область, где сеть из двенадцати радиальных функций и "
        "линейного слоя, обученная fit, отвечает «красное»; крестики — её центры. Справа сверху: train_loss, "
        "val_loss и val_accuracy по эпохам. Слева снизу: две эпохи part_batches по пяти частям из восьми объектов; "
        "по горизонтали — место объекта в эпохе, по вертикали — сам объект; каждая часть идёт одним блоком, и в "
        "каждой эпохе свой порядок. Справа снизу: столбики — стороны карт после каждого слоя image_net, над ними — "
        "число каналов."
    ),
}

BLUE, RED, GREY, GREEN = "#0072B2", "#D55E00", "#999999", "#009E73"


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    (rings, losses), (orders, maps) = figure.subplots(2, 2)
    for panel, title, part in (
        (rings, "Radial", lambda: _learn(solution, rings, losses)),
        (losses, "fit", lambda: None),
        (orders, "part_batches", lambda: _orders(solution, orders)),
        (maps, "image_net", lambda: _maps(solution, maps)),
    ):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part()
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _ring_data(n: int, seed: int) -> tuple[Tensor, Tensor]:
    """Objects of an inner and of an outer ring."""
    rng = np.random.default_rng(seed)
    classes, angles = rng.integers(2, size=n), rng.uniform(0, 2 * np.pi, size=n)
    radii = 0.9 + 1.1 * classes + 0.2 * rng.normal(size=n)
    points = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)
    return torch.tensor(points, dtype=torch.float32), torch.tensor(classes)


def _learn(solution: SimpleNamespace, rings: Axes, losses: Axes) -> None:
    radial = solution.Radial(2, 12, rng=torch.Generator().manual_seed(3))
    last = nn.Linear(12, 2)
    with torch.no_grad():
        last.weight.zero_()
        last.bias.zero_()
    model = nn.Sequential(radial, last)
    (X, y), (X_val, y_val) = _ring_data(200, 1), _ring_data(100, 2)
    for label, colour in ((0, BLUE), (1, RED)):
        rings.plot(*X[y == label].T.numpy(), ".", color=colour, markersize=3)
    rng = torch.Generator().manual_seed(4)
    history = solution.fit(model, X, y, epochs=30, batch=32, rate=0.03, rng=rng, X_val=X_val, y_val=y_val)
    ticks = torch.linspace(-3, 3, 61)
    grid = torch.cartesian_prod(ticks, ticks)
    with torch.no_grad():
        red = model.eval()(grid).softmax(dim=1)[:, 1].reshape(61, 61).T
    rings.imshow(
        red, "coolwarm", vmin=0, vmax=1, alpha=0.35, extent=(-3, 3, -3, 3), origin="lower", interpolation="none"
    )
    rings.plot(*radial.centers.detach().T.numpy(), "kx", markersize=6)
    rings.set(xlim=(-3, 3), ylim=(-3, 3), xticks=[-2, 0, 2], yticks=[-2, 0, 2], aspect="equal")
    for (name, values), colour in zip(history.items(), (BLUE, RED, GREEN), strict=True):
        losses.plot(range(1, len(values) + 1), values, color=colour, label=name, linewidth=1.2)
    losses.set(ylim=(0, 1.05))
    losses.legend(fontsize=7, loc="center right")


def _orders(solution: SimpleNamespace, panel: Axes) -> None:
    sizes, ids = [8] * 5, torch.arange(40)
    parts, rng = ids.split(sizes), torch.Generator().manual_seed(0)
    for colour, mark in ((BLUE, "o"), (RED, "s")):
        batches = solution.part_batches(lambda k: (parts[k], parts[k]), sizes, 4, rng)
        order = torch.cat([y for _, y in batches]).tolist()
        panel.plot(range(len(order)), order, mark, color=colour, markersize=3, markerfacecolor="none")
    for place in range(0, 41, 8):
        panel.axhline(place - 0.5, color=GREY, linewidth=0.5)
        panel.axvline(place - 0.5, color=GREY, linewidth=0.5)
    panel.set(xticks=[0, 8, 16, 24, 32], yticks=[0, 8, 16, 24, 32], xlim=(-1, 40), ylim=(-1, 40))


def _maps(solution: SimpleNamespace, panel: Axes) -> None:
    values, names, sides = torch.ones(1, 3, 32, 32), [], []
    for layer in solution.image_net():
        values = layer(values)
        names.append(type(layer).__name__)
        sides.append(values.shape[2] if values.dim() == 4 else 1)
        panel.text(len(sides) - 1, sides[-1] + 0.7, str(values.shape[1]), ha="center", fontsize=7)
    panel.bar(range(len(sides)), sides, color=BLUE, width=0.6)
    panel.set(xticks=range(len(names)), yticks=[1, 8, 16, 32], ylim=(0, 37))
    panel.set_xticklabels(names, rotation=40, fontsize=7, ha="right")
