"""Codes before and after training with the head that clusters, the two distributions, and the losses.

Seen at a glance: rings that are cut by a line in both panels, a target that is no sharper than the soft assignment,
codes that do not gather at their centres (the crosses), a loss that rises. Three dots: not written yet.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "Top: k-means cuts two rings by a line; on the embedding by a network two_stage finds them. Then the "
        "probabilities of two clusters along a line through their centres: the target, dashed, must be sharper than "
        "the soft assignment. Bottom: codes and centres after start_centers and after train, which draws the codes to "
        "their centres; the loss of the autoencoder alone and, dashed, that of both heads, each falling."
    ),
    "ru": (
        "Сверху: метод k-средних разрезает два кольца прямой, а two_stage находит их по представлению сети. Далее — "
        "вероятности двух кластеров вдоль прямой, проходящей через их центры: цель (пунктир) должна быть резче мягких "
        "меток. Снизу: коды и центры после start_centers и после train, который стягивает коды к центрам; потери "
        "одного автокодировщика и (пунктир) обеих голов: те и другие убывают."
    ),
}

COLOURS, MARKS = ("#0072B2", "#D55E00", "#009E73"), "os^"


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    (raw, stages, sharp), (before, after, losses) = figure.subplots(2, 3)
    parts = (
        (_two_stages, {"kmeans": raw, "two_stage": stages}),
        (_sharpened, {"target_distribution": sharp}),
        (_trained, {"start_centers": before, "train, assign": after, "history": losses}),
    )
    for part, panels in parts:
        for title, panel in panels.items():
            panel.set_title(title, fontsize=9)
            panel.set(xticks=[], yticks=[])
            panel.tick_params(labelsize=7)
        first, *_ = panels.values()
        try:
            part(solution, *panels.values())
        except NotImplementedError:
            first.text(0.5, 0.8, "...", transform=first.transAxes)


def _coloured(panel: Axes, points: Tensor, labels: Tensor) -> None:
    """A colour and a mark for each cluster."""
    for label in sorted(set(labels.tolist())):
        kind = label % len(COLOURS)
        panel.plot(*points[labels == label].T, MARKS[kind], color=COLOURS[kind], markersize=4)


def _two_stages(solution: SimpleNamespace, raw: Axes, stages: Axes) -> None:
    """Two rings: only a network that knows the distance to the middle tells them apart."""
    angle = torch.linspace(0, 6.0, 15)
    ring = torch.stack([angle.cos(), angle.sin()], dim=1)
    X = torch.cat([ring, 2.2 * ring])
    _coloured(raw, X, solution.kmeans(X, 2)[1])
    _coloured(stages, X, solution.two_stage(_Radius(), X, 2))


class _Radius(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        radius: Tensor = torch.linalg.vector_norm(x, dim=1, keepdim=True)
        return radius


def _sharpened(solution: SimpleNamespace, panel: Axes) -> None:
    """Codes on a line between two centres, twice as many on the left: q as a line, p dashed."""
    z = torch.linspace(-3, 3, 25, dtype=torch.float64)[:, None]
    q = solution.soft_assignment(z, torch.tensor([[-1.0], [2.0]], dtype=torch.float64))
    p = solution.target_distribution(q)
    for cluster in range(2):
        panel.plot(z[:, 0], q[:, cluster].detach(), color=COLOURS[cluster])
        panel.plot(z[:, 0], p[:, cluster].detach(), "--", color=COLOURS[cluster])
        panel.plot([-1, 2][cluster], 0, "X", color=COLOURS[cluster], markersize=8, clip_on=False)
    panel.set(yticks=[0, 1])


def _trained(solution: SimpleNamespace, before: Axes, after: Axes, losses: Axes) -> None:
    """Three overlapping groups of objects with six features and codes of two numbers."""
    rng = np.random.default_rng(0)
    middles = np.repeat(rng.normal(scale=1.0, size=(3, 6)), 12, axis=0)
    X = torch.tensor(middles + rng.normal(scale=0.6, size=middles.shape))
    model = solution.DeepClustering(6, 16, 2, 3, rng=torch.Generator().manual_seed(0)).double()
    first = solution.train(model, X, 60, weight=0.0)
    labels = solution.start_centers(model, X)
    _codes(before, model, X, labels)
    second = solution.train(model, X, 100, weight=5.0)
    _codes(after, model, X, solution.assign(model, X))
    losses.plot(first, color=COLOURS[0])
    losses.plot(range(60, 160), second, "--", color=COLOURS[1])
    losses.set(xticks=[0, 60, 160])


def _codes(panel: Axes, model: Any, X: Tensor, labels: Tensor) -> None:
    with torch.no_grad():
        codes = model(X)[0]
    _coloured(panel, codes, labels)
    panel.plot(*model.centers.detach().T, "X", color="black", markeredgecolor="white", markersize=9)
