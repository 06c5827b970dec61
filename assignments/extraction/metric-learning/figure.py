"""Classes that a metric tells by one object, the pull and push of the contrastive loss, places of crops, found crops.

Seen at a glance: a metric that has learned nothing (colours mixed in the sectors), a class that is compared by distance
(borders that are no rays), gradients with a part along the vectors (arrows that leave the circle), crops that never
begin in the last row or column (dark edge), an own view that was kept or training that does not learn (no bright
diagonal). Three dots: not written yet.
"""

from types import SimpleNamespace

import torch
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "Top left: embeddings of four classes that were not there in training, dots; one object of each, a star, is "
        "all that the classifier knows. The sectors of its answers begin at the origin. Top right: two views of three "
        "objects on the unit circle, one colour each, and the step against the gradient, arrows: views of one object "
        "are drawn together, others pushed apart, along the circle. Bottom left: how many of 4000 crops of 4 by 4 "
        "pixels begin at each pixel of an image of 8 by 6: all 15 places are alike. Bottom right: cosines of two crops "
        "of twelve new images after training; the bright diagonal are crops of the same image."
    ),
    "ru": (
        "Слева сверху: эмбеддинги четырёх классов, которых не было при обучении (точки); классификатор знает только по "
        "одному объекту каждого (звёздочки). Секторы его ответов начинаются в нуле. Справа сверху: по две версии трёх "
        "объектов на единичной окружности (цвет — объект) и шаг против градиента (стрелки): версии одного объекта "
        "притягиваются, разных — отталкиваются, вдоль окружности. Слева снизу: сколько из 4000 кропов размером 4 на 4 "
        "начинается в каждом пикселе изображения 8 на 6: все 15 мест одинаковы. Справа снизу: косинусы между двумя "
        "кропами двенадцати новых изображений после обучения; на светлой диагонали — кропы одного изображения."
    ),
}

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    parts = {"OneShot": _classes, "nt_xent_grad": _forces, "crops": _places, "train_contrastive": _found}
    for panel, (name, part) in zip(figure.subplots(2, 2).flat, parts.items(), strict=True):
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _normal(seed: int, *shape: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def _generator() -> torch.Generator:
    return torch.Generator().manual_seed(1)


def _network(*layers: nn.Module) -> nn.Module:
    net = nn.Sequential(*layers).double()
    with torch.no_grad():
        for seed, parameter in enumerate(net.parameters()):
            parameter.copy_(_normal(50 + seed, *parameter.shape) / parameter.shape[-1] ** 0.5)
    return net


def _objects(seed: int, classes: Tensor) -> Tensor:
    """Objects of classes at these angles in a plane, and six numbers of louder noise; all mixed."""
    near = classes + 0.1 * _normal(seed, len(classes))
    hidden = torch.cat([torch.stack([near.cos(), near.sin()], dim=1), _normal(seed + 1, len(classes), 6)], dim=1)
    return hidden @ torch.linalg.qr(_normal(4, 8, 8)).Q


def _classes(solution: SimpleNamespace, panel: Axes) -> None:
    angles = torch.arange(12, dtype=torch.float64) * (torch.pi / 6)
    net, y = _network(nn.Linear(8, 2)), torch.arange(96) % 12
    triples = solution.triplets(y, 80 * 32, _generator()).reshape(80, 32, 3)
    solution.train_siamese(
        net, _objects(10, angles[y]), triples, lambda a, p, n: solution.triplet_loss(a, p, n, 0.5), 0.03
    )
    new = torch.arange(80) % 4
    X = _objects(20, angles[new * 3] + 0.3)
    one, plane = solution.OneShot(net), solution.OneShot(nn.Identity())
    with torch.no_grad():
        points = net(X)
    for number in range(4):
        one.add(str(number), X[number : number + 1])
        plane.add(str(number), points[number : number + 1])
    reach = float(points.abs().max()) * 1.1
    ticks = torch.linspace(-reach, reach, 60, dtype=torch.float64)
    grid = torch.cartesian_prod(ticks, ticks)
    sectors = torch.tensor([int(name) for name in plane.classify(grid)]).reshape(60, 60).T
    panel.imshow(
        sectors,
        ListedColormap(COLOURS),
        alpha=0.25,
        origin="lower",
        extent=(-reach, reach, -reach, reach),
        aspect="auto",
    )
    answers = one.classify(X)
    for number, colour in enumerate(COLOURS):
        of_class = points[new == number]
        panel.plot(*of_class[1:].T, "o", color=colour, markersize=3)
        panel.plot(*of_class[0], "*", color=colour, markersize=11, markeredgecolor="black")
    right = sum(name == str(int(label)) for name, label in zip(answers, new, strict=True))
    panel.set_xlabel(f"{right} / {len(new)}", fontsize=7)


def _forces(solution: SimpleNamespace, panel: Axes) -> None:
    first, second = (torch.tensor(angles, dtype=torch.float64) for angles in ((0.3, 1.9, 3.9), (1.2, 2.6, 5.4)))
    z1, z2 = (torch.stack([angles.cos(), angles.sin()], dim=1) for angles in (first, second))
    gradients = solution.nt_xent_grad(z1.clone(), z2.clone(), 0.5)
    around = torch.linspace(0, 2 * torch.pi, 60)
    panel.plot(around.cos(), around.sin(), color="#999999", linewidth=0.8)
    for views, gradient in zip((z1, z2), gradients, strict=True):
        for (x, y), (dx, dy), colour in zip(views.tolist(), (-gradient).tolist(), COLOURS, strict=False):
            panel.plot(x, y, "o", color=colour, markersize=5)
            panel.arrow(x, y, 0.7 * dx, 0.7 * dy, color=colour, head_width=0.06, linewidth=1)
    panel.set_aspect("equal")
    panel.set_xlim(-1.6, 1.6)
    panel.set_ylim(-1.4, 1.4)


def _places(solution: SimpleNamespace, panel: Axes) -> None:
    image = torch.arange(48.0).reshape(1, 1, 8, 6)
    corners = solution.crops(image.repeat(4000, 1, 1, 1), 4, _generator())[:, 0, 0, 0].long()
    panel.imshow(torch.bincount(corners, minlength=48).reshape(8, 6), "gray", vmin=0, vmax=330)


def _found(solution: SimpleNamespace, panel: Axes) -> None:
    def images(seed: int, count: int) -> Tensor:
        return 0.8 * _normal(seed, count, 4, 1, 1) + _normal(seed + 1, count, 4, 7, 7)

    net = _network(nn.Flatten(), nn.Linear(100, 8))
    solution.train_contrastive(
        net, images(30, 80), 5, lambda z1, z2: solution.nt_xent(z1, z2, 0.3), steps=40, rate=0.01, rng=_generator()
    )
    new = images(40, 12)
    with torch.no_grad():
        one, two = (nn.functional.normalize(net(part)) for part in (new[:, :, :5, :5], new[:, :, 2:, 2:]))
    panel.imshow(one @ two.T, "gray", vmin=-1, vmax=1)
