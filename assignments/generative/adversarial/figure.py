"""Losses by a logit and by a slope, an image fading in, and what two short trainings make.

Seen at a glance: a generator's loss that rises or has lost its values at one end, a critic whose best slope is not a
little above 1, images of alpha = 0 that are not made of blocks, points in one place only, colours that do not keep to
their groups. Three dots: not written yet.
"""

from types import SimpleNamespace

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "Top left: generator_loss by the logit of a fake, blue; the saturating form, red, is flat on the left, where "
        "the discriminator is sure. Top middle: critic_loss of f(x) = a x by the slope a, for real objects at 1 and "
        "fakes at 0, without a penalty, grey, and with lam = 10, blue: the least loss is near a = 1. Top right: an "
        "image of Growing after one growth, at alpha = 0, 1/2 and 1: blocks of two by two pixels give way to single "
        "ones. Bottom left: real points in four groups, grey, and what the generator makes after train_gan, blue. "
        "Bottom middle: both losses in the history. Bottom right: the same groups after train_cgan, with a colour for "
        "each label: every colour keeps to its own group."
    ),
    "ru": (
        "Слева сверху: generator_loss в зависимости от логита подделки (синяя); насыщающаяся форма (красная) слева, "
        "где дискриминатор уверен, почти не меняется. Посередине сверху: critic_loss для f(x) = a x в зависимости от "
        "наклона a, настоящие объекты в точке 1, подделки в точке 0; без штрафа (серая) и с lam = 10 (синяя): "
        "минимум около a = 1. Справа сверху: изображение Growing после одного роста при alpha = 0, 1/2 и 1: блоки два "
        "на два пикселя сменяются отдельными пикселями. Слева снизу: настоящие точки четырёх групп (серые) и то, что "
        "генератор создаёт после train_gan (синие). Посередине снизу: обе функции потерь из истории. Справа снизу: те "
        "же группы после train_cgan, у каждой метки свой цвет, и каждый цвет держится своей группы."
    ),
}

BLUE, RED, GREEN, YELLOW, GREY = "#0072B2", "#D55E00", "#009E73", "#E69F00", "#999999"
CENTRES = torch.tensor([[2.0, 0.0], [0.0, 2.0], [-2.0, 0.0], [0.0, -2.0]])


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(8.4, 5.2)
    figure.set_layout_engine("constrained")
    (losses, slopes, images), (points, history, labels) = figure.subplots(2, 3)
    for panel, title, part in (
        (losses, "generator_loss", lambda: _losses(solution, losses)),
        (slopes, "critic_loss", lambda: _slopes(solution, slopes)),
        (images, "Growing", lambda: _images(solution, images)),
        (points, "train_gan", lambda: _train(solution, points, history)),
        (history, "history", lambda: None),
        (labels, "train_cgan", lambda: _train_with_labels(solution, labels)),
    ):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part()
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _rng(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def _losses(solution: SimpleNamespace, panel: Axes) -> None:
    logits = torch.linspace(-8, 8, 33)
    for saturating, colour in ((False, BLUE), (True, RED)):
        values = [float(solution.generator_loss(logit[None].clone(), saturating)) for logit in logits]
        panel.plot(logits, values, color=colour, linewidth=1, label=f"saturating={saturating}")
    panel.set_xlabel("logit of a fake", fontsize=7)
    panel.legend(fontsize=6)


def _slopes(solution: SimpleNamespace, panel: Axes) -> None:
    slopes = torch.linspace(-0.5, 2.5, 31)
    for lam, colour in ((0.0, GREY), (10.0, BLUE)):
        values = []
        for slope in slopes:
            arguments = torch.ones(2, 1), torch.zeros(2, 1), torch.tensor([0.3, 0.6])
            critic = nn.Linear(1, 1, bias=False)
            critic.load_state_dict({"weight": slope.reshape(1, 1)})
            values.append(solution.critic_loss(critic, *arguments, lam).item())
        panel.plot(slopes, values, color=colour, linewidth=1, label=f"lam={lam:g}")
    panel.axvline(1, color=GREY, linewidth=0.5, linestyle="--")
    panel.set_xlabel("a", fontsize=7)
    panel.legend(fontsize=6)


def _images(solution: SimpleNamespace, panel: Axes) -> None:
    net = solution.Growing(6, 8)
    net.grow()
    rng = _rng(5)
    net.load_state_dict({name: 0.4 * torch.randn(v.shape, generator=rng) for name, v in net.state_dict().items()})
    z = torch.randn(1, 6, generator=rng)
    with torch.no_grad():
        parts = [net(z.clone(), alpha)[0, 0] for alpha in (0.0, 0.5, 1.0)]
    gap = torch.full((len(parts[0]), 1), torch.nan)
    panel.imshow(torch.cat([parts[0], gap, parts[1], gap, parts[2]], dim=1).numpy(), cmap="gray")
    panel.set_xticks([3.5, 12.5, 21.5], ["alpha=0", "1/2", "1"])
    panel.set_yticks([])


def _network(rng: torch.Generator, inputs: int, outputs: int, scale: float = 1.0) -> nn.Sequential:
    """Two hidden layers, with weights drawn from the generator."""
    net = nn.Sequential(nn.Linear(inputs, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, outputs))
    for layer in (net[0], net[2], net[4]):
        shape = layer.weight.shape
        weight = scale * torch.randn(shape, generator=rng) / shape[1] ** 0.5
        layer.load_state_dict({"weight": weight, "bias": torch.zeros(shape[0])})
    return net


def _groups(rng: torch.Generator) -> tuple[Tensor, Tensor]:
    y = torch.arange(512) % 4
    return CENTRES[y] + 0.3 * torch.randn(512, 2, generator=rng), y


def _train(solution: SimpleNamespace, panel: Axes, history: Axes) -> None:
    rng = _rng(1)
    X, _ = _groups(rng)
    G, D = _network(rng, 4, 2, 1.5), _network(rng, 2, 1)
    losses = solution.train_gan(G, D, X.clone(), 300, batch=64, rate=0.005, latent=4, rng=rng)
    panel.set(xticks=[], yticks=[])
    with torch.no_grad():
        made = G(torch.randn(64, 4, generator=rng))
    panel.plot(*X[:48].T.numpy(), ".", color=GREY, markersize=3)
    panel.plot(*made.T.numpy(), ".", color=BLUE, markersize=3)
    for column, (colour, label) in enumerate(((RED, "D"), (BLUE, "G"))):
        history.plot(range(0, 300, 6), losses[::6, column], color=colour, linewidth=0.7, label=label)
    history.legend(fontsize=6)


def _train_with_labels(solution: SimpleNamespace, panel: Axes) -> None:
    rng = _rng(2)
    X, y = _groups(rng)
    G, D = _network(rng, 8, 2, 1.5), _network(rng, 6, 1)
    solution.train_cgan(G, D, X.clone(), y.clone(), 200, classes=4, batch=64, rate=0.005, latent=4, rng=rng)
    panel.plot(*X[:48].T.numpy(), ".", color=GREY, markersize=3)
    panel.set(xticks=[], yticks=[])
    for label, colour in enumerate((BLUE, RED, GREEN, YELLOW)):
        z = torch.cat([torch.randn(12, 4, generator=rng), torch.eye(4)[label].repeat(12, 1)], dim=1)
        with torch.no_grad():
            panel.plot(*G(z).T.numpy(), ".", color=colour, markersize=3)
