"""Schedules, noised objects, the losses of a training, and what the trained network makes of noise.

Seen at a glance: a cumulative product that starts late or a schedule in the wrong order (the lines of abar), variances
in the place of roots (dots beside the lines), noise in the loss that is not the one in the objects (losses that stay at
1), noise in the last step or an order from 0 up (points that are too wide, or anywhere). Three dots: not written yet.
"""

from types import SimpleNamespace

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "Top left: the share of the signal after each step, for a linear schedule, blue, and a cosine one, red; both "
        "fall from 1 to almost 0. Top right: mean, blue, and deviation, red, of objects around 2 with the deviation "
        "0.5 after so many steps: step by step as dots, at once as lines; the mean falls to 0 and the deviation rises "
        "to 1. Bottom left: losses of 300 steps of training, grey, and their mean over 25 steps, blue: from 1 down to "
        "about 0.2. Bottom right: points made of noise in three colours, one for each condition, around the centres "
        "of three groups, crosses."
    ),
    "ru": (
        "Слева сверху: доля сигнала после каждого шага для линейного (синяя) и косинусного (красная) расписаний; обе "
        "убывают от 1 почти до 0. Справа сверху: среднее (синее) и стандартное отклонение (красное) объектов около 2 "
        "с отклонением 0.5 после стольких-то шагов: по шагам — точки, сразу — линии; среднее убывает до 0, отклонение "
        "растёт до 1. Слева снизу: потери за 300 шагов обучения (серые) и среднее за 25 шагов (синее): от 1 примерно "
        "до 0.2. Справа снизу: точки из шума, трёх цветов по условиям, вокруг центров трёх групп (крестики)."
    ),
}

BLUE, RED, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#999999"
CENTERS = torch.tensor([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]])
T = 40


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    (shares, moments), (losses, points) = figure.subplots(2, 2)
    for panel, title, part in (
        (shares, "alpha_bar", lambda: _shares(solution, shares)),
        (moments, "q_step, q_sample", lambda: _moments(solution, moments)),
        (losses, "train", lambda: _learn(solution, losses, points)),
        (points, "sample", lambda: None),
    ):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part()
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _rng(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def _shares(solution: SimpleNamespace, panel: Axes) -> None:
    for beta, colour, label in (
        (solution.linear_schedule(T, 1e-3, 0.25), BLUE, "linear"),
        (solution.cosine_schedule(T), RED, "cosine"),
    ):
        panel.plot(range(T), solution.alpha_bar(beta).tolist(), color=colour, label=label, linewidth=1.2)
    panel.set_xlabel("t", fontsize=7)
    panel.legend(fontsize=7)


def _moments(solution: SimpleNamespace, panel: Axes) -> None:
    beta, rng = torch.linspace(1e-3, 0.25, T, dtype=torch.float64), _rng(1)
    x0 = 2 + 0.5 * torch.randn(4000, generator=rng, dtype=torch.float64)
    x, by_steps, at_once = x0, [], []
    for t in range(T):
        x = solution.q_step(x, t, torch.randn(4000, generator=rng, dtype=torch.float64), beta)
        by_steps.append((x.mean().item(), x.std().item()))
        noise = torch.randn(4000, generator=rng, dtype=torch.float64)
        made = solution.q_sample(x0, torch.full((4000,), t), noise, beta)
        at_once.append((made.mean().item(), made.std().item()))
    for place, colour in enumerate((BLUE, RED)):
        panel.plot(range(T), [pair[place] for pair in at_once], color=colour, linewidth=1)
        panel.plot(range(0, T, 3), [pair[place] for pair in by_steps[::3]], "o", color=colour, markersize=3)
    panel.set_xlabel("t", fontsize=7)


class _Denoiser(nn.Module):
    """A network for points of the plane of three classes."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(8, 48), nn.ReLU(), nn.Linear(48, 48), nn.ReLU(), nn.Linear(48, 2))
        with torch.no_grad():
            for number, layer in enumerate(self.layers[::2]):
                bound, rng = layer.in_features**-0.5, _rng(number)
                for value in layer.parameters():
                    value.copy_((2 * torch.rand(value.shape, generator=rng) - 1) * bound)

    def forward(self, x: Tensor, t: Tensor, condition: Tensor) -> Tensor:
        share = (t / T).to(x.dtype)[:, None]
        angle = torch.pi * share
        classes = nn.functional.one_hot(condition, 3).to(x.dtype)
        return self.layers(torch.cat([x, share, angle.sin(), angle.cos(), classes], dim=1))


def _learn(solution: SimpleNamespace, losses: Axes, points: Axes) -> None:
    rng, network = _rng(5), _Denoiser()
    beta = torch.linspace(1e-3, 0.25, T, dtype=torch.float64)
    y = torch.randint(3, (600,), generator=rng)
    X = CENTERS[y] + 0.25 * torch.randn((600, 2), generator=rng)
    found = torch.tensor(solution.train(network, X, y, beta, steps=300, batch=128, rate=0.005, rng=rng))
    losses.plot(found.tolist(), color=GREY, linewidth=0.6)
    losses.plot(range(12, 288), found.unfold(0, 25, 1).mean(dim=1)[: 288 - 12].tolist(), color=BLUE, linewidth=1.4)
    losses.set(ylim=(0, None))
    losses.set_xlabel("step", fontsize=7)
    condition = torch.arange(3).repeat(40)
    start = torch.randn((120, 2), generator=rng)
    try:
        made = solution.sample(network, beta, start, torch.randn((T, 120, 2), generator=rng), condition)
    except NotImplementedError:
        points.text(0.5, 0.5, "...", transform=points.transAxes)
        return
    for label, colour in enumerate((BLUE, RED, GREEN)):
        points.plot(*made[condition == label].T.tolist(), ".", color=colour, markersize=3)
    points.plot(*CENTERS.T.tolist(), "kx", markersize=7)
    points.set(xlim=(-4, 4), ylim=(-4, 4), aspect="equal")
