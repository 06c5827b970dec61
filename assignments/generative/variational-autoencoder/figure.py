"""The divergence, the bounds of a training, images by hidden vectors, and where the encoder puts new images.

Seen at a glance: a divergence whose zero is not at the cross, bounds that fall or stay, images that are all the same
(the divergence outweighs the likelihood, or no gradient reaches the encoder), means far outside of the circle (the
divergence does not count). Three dots: not written yet.
"""

from types import SimpleNamespace

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

ALT = {
    "en": (
        "Top left: the divergence of one hidden number, by its mean, across, and the logarithm of its variance, up; it "
        "is 0 at the cross, where both are 0, and grows all around. Top right: the bounds of 400 steps of training "
        "rise from -17 to about -5. Bottom left: eight by eight images of a grid of hidden vectors; each shows a row "
        "or a column of 5 by 5 pixels, neighbours show the same bar or a mixture. Bottom right: the means of hidden "
        "vectors of new images, ten groups in ten colours around the origin, most of them within the circle."
    ),
    "ru": (
        "Слева сверху: дивергенция для одного скрытого числа; по горизонтали его среднее, по вертикали логарифм "
        "дисперсии; в крестике, где оба равны 0, она равна 0, а вокруг растёт. Справа сверху: нижние границы за 400 "
        "шагов обучения растут от -17 примерно до -5. Слева снизу: восемь на восемь картинок по сетке скрытых "
        "векторов; на каждой строка или столбец из 5 на 5 пикселей, у соседей та же полоса или смесь. Справа снизу: "
        "средние скрытых векторов новых картинок, десять групп десяти цветов вокруг начала координат, большей частью "
        "внутри круга."
    ),
}

BLUE, GREY = "#0072B2", "#999999"
SIDE, GRID = 5, 8


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    (divergence, bounds), (images, means) = figure.subplots(2, 2)
    for panel, title, part in (
        (divergence, "kl", lambda: _divergence(solution, divergence)),
        (bounds, "train", lambda: _learn(solution, bounds, images, means)),
        (images, "generate", lambda: None),
        (means, "encode", lambda: None),
    ):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part()
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _divergence(solution: SimpleNamespace, panel: Axes) -> None:
    means, logarithms = torch.linspace(-3, 3, 25), torch.linspace(-4, 2, 25)
    pairs = torch.cartesian_prod(means, logarithms)
    found = solution.kl(pairs[:, :1].contiguous(), pairs[:, 1:].contiguous()).reshape(25, 25)
    levels = [-1, 0.05, 0.25, 0.5, 1, 2, 3, 4, 6, 9]
    panel.contourf(means, logarithms, found.T, levels=levels, cmap="Blues", extend="both")
    panel.plot(0, 0, "kx")
    panel.set_xlabel(r"$\mu$", fontsize=7)
    panel.set_ylabel("$v$", fontsize=7)


def _bars(count: int, rng: torch.Generator) -> tuple[Tensor, Tensor]:
    """Images with one bar, each pixel flipped with a probability of 1 %, and which bar it is."""
    which = torch.randint(2 * SIDE, (count,), generator=rng)
    every = torch.zeros(2 * SIDE, SIDE, SIDE)
    for place in range(SIDE):
        every[place, place] = 1
        every[SIDE + place, :, place] = 1
    chosen = every.flatten(1)[which]
    other = torch.rand(chosen.shape, generator=rng) < 0.01
    return torch.where(other, 1 - chosen, chosen), which


def _learn(solution: SimpleNamespace, bounds: Axes, images: Axes, means: Axes) -> None:
    rng = torch.Generator().manual_seed(3)
    model = solution.VAE(SIDE * SIDE, 48, 2, rng=rng)
    found = solution.train(model, _bars(800, rng)[0], steps=400, batch=64, rate=0.02, rng=rng)
    bounds.plot(found, color=GREY, linewidth=0.6)
    smooth = torch.tensor(found).unfold(0, 25, 1).mean(dim=1)
    bounds.plot(range(12, 12 + len(smooth), 5), smooth[::5].tolist(), color=BLUE, linewidth=1.4)
    bounds.set_xlabel("step", fontsize=7)
    new, which = _bars(70, rng)
    with torch.no_grad():
        places = model.encode(new)[0]
    for bar in range(2 * SIDE):
        means.plot(*places[which == bar].T.tolist(), ".", color=f"C{bar}", markersize=5)
    angles = torch.linspace(0, 2 * torch.pi, 49)
    means.plot(2 * angles.cos(), 2 * angles.sin(), color=GREY, linewidth=0.8)
    means.set(aspect="equal")
    ticks = torch.linspace(-1.8, 1.8, GRID)
    try:
        made = solution.generate(model, torch.cartesian_prod(ticks, ticks))
    except NotImplementedError:
        images.text(0.5, 0.5, "...", transform=images.transAxes)
        return
    framed = torch.nn.functional.pad(made.reshape(-1, SIDE, SIDE), (0, 1, 0, 1), value=0.4)
    wall = framed.reshape(GRID, GRID, SIDE + 1, SIDE + 1).permute(0, 2, 1, 3).reshape(GRID * (SIDE + 1), -1)
    images.imshow(wall, "gray_r", vmin=0, vmax=1, interpolation="none")
    images.set(xticks=[], yticks=[])
