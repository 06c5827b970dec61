"""Weights pruned by two scores, blocks by their sizes, names that are frozen, losses of a transfer in two phases.

Seen at a glance: saliencies by the diagonal of H (the blue line rises early), the largest parts pruned first (both
lines, or the error of the blocks, jump at once), conv10 frozen with conv1, a base that moves in the first phase (blue
left of the dashed line) or never (flat right of it). Three dots: not written yet.
"""

from collections import OrderedDict
from types import SimpleNamespace
from typing import Any

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "Top left: how a quadratic loss rises when more and more weights are pruned and the others chosen anew; by "
        "saliency, blue, it rises later than by absolute value, red. Top right: sizes of six blocks, bars, and how "
        "far the outputs of the stack change when only so many blocks are kept, dots: three small blocks can go "
        "almost without a trace. Bottom left: which parameters, rows, are frozen, dark, by which prefix, column. "
        "Bottom right: losses of a transfer, black, and the share of its way that the base has moved, blue: not at "
        "all before the dashed line, where the second phase begins."
    ),
    "ru": (
        "Слева сверху: как растёт квадратичная функция потерь, если удалять всё больше весов, а остальные подбирать "
        "заново; по полезности (синяя) она растёт позже, чем по абсолютной величине (красная). Справа сверху: "
        "размеры шести блоков (столбцы) и насколько меняются выходы стопки, если оставить столько-то блоков (точки): "
        "три малых блока можно убрать почти бесследно. Слева снизу: какие параметры (строки) заморожены (тёмное) "
        "каким префиксом (столбец). Справа снизу: потери при переносе (чёрная) и доля пути, пройденная основой "
        "(синяя): до пунктирной линии, где начинается вторая фаза, его нет вовсе."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"
PREFIXES = ("conv1", "conv10", "inner", "inner.a", "conv1.bias")
HEAD_STEPS, ALL_STEPS = 15, 25


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    parts = {"prune": _weights, "prune_blocks": _blocks, "freeze": _names, "transfer": _transfer}
    for panel, (name, part) in zip(figure.subplots(2, 2).flat, parts.items(), strict=True):
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _normal(seed: int, *shape: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def _weights(solution: SimpleNamespace, panel: Axes) -> None:
    size = 12
    scales = torch.logspace(-1, 1, size, dtype=torch.float64)[torch.arange(size) * 5 % size]
    near = torch.eye(size, dtype=torch.float64) + 0.06 * _normal(1, size, size)
    H = scales[:, None] * (near @ near.T) * scales
    a = _normal(2, size)
    for scores, colour, label in (
        (solution.saliency(a.clone(), H.clone()), BLUE, "$a_i^2/[H^{-1}]_{ii}$"),
        (solution.saliency(a.clone()), RED, "$|a_i|$"),
    ):
        rises = [_rise(a, H, solution.prune(a.clone(), scores.clone(), count)[1]) for count in range(size + 1)]
        panel.plot(range(size + 1), rises, "-o", color=colour, markersize=3, linewidth=0.9, label=label)
    panel.set_xlabel("count", fontsize=7)
    panel.legend(fontsize=7)


def _rise(a: Tensor, H: Tensor, kept: Tensor) -> float:
    """The rise of the quadratic when some weights are 0 and the others the best there are."""
    d = -a.clone()
    if kept.any():
        d[kept] = torch.linalg.solve(H[kept][:, kept], H[kept][:, ~kept] @ a[~kept])
    return float(d @ H @ d) / 2


def _blocks(solution: SimpleNamespace, panel: Axes) -> None:
    blocks = []
    for number, factor in enumerate((1.0, 0.02, 0.7, 0.05, 1.3, 0.03)):
        layer = nn.Linear(4, 4).double()
        with torch.no_grad():
            layer.weight.copy_(factor * _normal(10 + number, 4, 4) / 2)
            layer.bias.zero_()
        blocks.append(nn.Sequential(layer, nn.Tanh()))
    stack, X = solution.ResidualStack(blocks), _normal(20, 50, 4)
    panel.bar(range(1, 7), solution.block_sizes(stack, X).tolist(), color=GREY, width=0.5)
    with torch.no_grad():
        whole = stack(X)
        errors = [float((solution.prune_blocks(stack, X, keep)(X) - whole).norm(dim=1).mean()) for keep in range(1, 7)]
    panel.plot(range(1, 7), errors, "-o", color=BLUE, markersize=4, linewidth=0.9)
    panel.set_xlabel("block, keep", fontsize=7)


def _model() -> nn.Module:
    inner = nn.Sequential(OrderedDict(a=nn.Linear(2, 2), b=nn.Linear(2, 2)))
    return nn.Sequential(OrderedDict(conv1=nn.Linear(2, 2), conv10=nn.Linear(2, 2), inner=inner))


def _names(solution: SimpleNamespace, panel: Axes) -> None:
    columns = []
    for prefix in PREFIXES:
        model = _model()
        solution.freeze(model, prefix)
        columns.append([not parameter.requires_grad for parameter in model.parameters()])
    names = [name for name, _ in _model().named_parameters()]
    panel.imshow(torch.tensor(columns).T.float(), "gray_r", vmin=0, vmax=1.4, interpolation="none", aspect="auto")
    panel.set_xticks(range(len(PREFIXES)), PREFIXES, fontsize=6)
    panel.set_yticks(range(len(names)), names, fontsize=6)


def _transfer(solution: SimpleNamespace, panel: Axes) -> None:
    moved: list[float] = []
    for steps in range(HEAD_STEPS + ALL_STEPS + 1):
        first = min(steps, HEAD_STEPS)
        losses, way = _run(solution, first, steps - first)
        moved.append(way)
    panel.axvline(HEAD_STEPS, color=GREY, linestyle="--", linewidth=0.8)
    panel.plot(range(len(losses)), losses.tolist(), color="black", linewidth=1)
    largest = max(moved) or 1.0
    panel.plot(range(len(moved)), [way / largest for way in moved], "-o", color=BLUE, markersize=2, linewidth=0.9)
    panel.set_xlabel("steps", fontsize=7)


def _run(solution: SimpleNamespace, head_steps: int, all_steps: int) -> tuple[Any, float]:
    """The losses, and how far the base has moved, buffers included."""
    base, head = nn.Sequential(nn.Linear(2, 6), nn.BatchNorm1d(6), nn.Tanh()).double(), nn.Linear(6, 2).double()
    with torch.no_grad():
        for seed, parameter in enumerate((*base.parameters(), *head.parameters())):
            parameter.copy_(_normal(30 + seed, *parameter.shape))
    before = {name: value.clone() for name, value in base.state_dict().items()}
    X = _normal(40, 60, 2)
    y = (X[:, 0] * X[:, 1] > 0).long()
    losses = solution.transfer(base, head, X, y, head_steps=head_steps, all_steps=all_steps, rate=1.0)
    moved = [(value - before[name]).double().norm() for name, value in base.state_dict().items() if value.dim() > 0]
    return losses, float(torch.stack(moved).norm())
