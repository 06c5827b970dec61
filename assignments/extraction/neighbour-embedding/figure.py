"""Sigmas in a dense and a sparse place, the kernels, a t-SNE of four groups with its history, a network's new objects.

Seen at a glance: one sigma for all (a flat line), a kernel that is not Student's (the blue line falls like the grey
one), groups that never part, no fall after the exaggeration, new objects (crosses) beside foreign groups. Three dots:
not written yet.
"""

from types import SimpleNamespace

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import nn

ALT = {
    "en": (
        "Top left: sigmas of objects on a line that get sparser to the right, for the perplexities 3 and 8: they grow "
        "with the distance to the neighbours. Top right: how the probability of a pair falls with the distance of its "
        "objects, grey for symmetric SNE, blue for t-SNE, whose tail is heavy. Bottom left: a t-SNE of four groups, in "
        "colours, after 200 steps; inside, the divergence by steps: it falls far only once P, from step 50 on, is not "
        "exaggerated any more. Bottom right: the outputs of a network trained on the dots; the crosses are new "
        "objects, and they lie in their groups."
    ),
    "ru": (
        "Слева сверху: сигмы объектов на прямой, которые правее стоят всё реже, при перплексиях 3 и 8; они растут "
        "вместе с расстоянием до соседей. Справа сверху: как вероятность пары падает с расстоянием — серая линия у "
        "симметричного SNE, синяя у t-SNE с его тяжёлым хвостом. Слева снизу: t-SNE четырёх групп (цвета) после 200 "
        "шагов, а внутри — KL по шагам: по-настоящему оно падает лишь после шага 50, когда P уже без усиления. Справа "
        "снизу: выходы сети, обученной на точках; крестики — новые объекты, они лежат в своих группах."
    ),
}

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
GREY, BLUE = "#999999", "#0072B2"
N, M = 10, 6


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    parts = {"conditional": _sigmas, "symmetric_q, tsne_q": _tails, "tsne": _groups, "parametric_tsne": _network}
    for panel, (name, part) in zip(figure.subplots(2, 2).flat, parts.items(), strict=True):
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _objects() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Objects of four groups, others of the same groups, and their labels."""
    labels = np.repeat(np.arange(4), N)
    X, new = (4 * np.eye(4, M)[labels] + np.random.default_rng(seed).normal(size=(4 * N, M)) / 2 for seed in (5, 6))
    return X, new, labels


def _sigmas(solution: SimpleNamespace, panel: Axes) -> None:
    line = np.linspace(0, 1, 16)[:, None] ** 2 * 10
    for perplexity, colour in ((3.0, BLUE), (8.0, GREY)):
        sigma = solution.conditional(line.copy(), perplexity)[1]
        name = f"perplexity = {perplexity:g}"
        panel.plot(line[:, 0], sigma, "-o", color=colour, markersize=3, linewidth=0.9, label=name)
    panel.set_xlabel("x", fontsize=7)
    panel.set_ylabel(r"$\sigma$", fontsize=7)
    panel.set_ylim(0, None)
    panel.legend(fontsize=7)


def _tails(solution: SimpleNamespace, panel: Axes) -> None:
    distances = np.linspace(0, 4, 21)
    for q, colour in ((solution.symmetric_q, GREY), (solution.tsne_q, BLUE)):
        tables = [q(np.array([[0.0], [distance], [-1.0]])) for distance in distances]
        odds = np.array([table[0, 1] / table[0, 2] for table in tables])  # what the sum of all pairs does not change
        panel.semilogy(distances, odds / odds[0], color=colour, linewidth=1.2)
    panel.set_xlabel(r"$|y_1 - y_2|$", fontsize=7)


def _groups(solution: SimpleNamespace, panel: Axes) -> None:
    X, _, labels = _objects()
    start = np.random.default_rng(7).normal(size=(4 * N, 2)) / 10
    Y, history = solution.tsne(X, 8.0, start, 200, 15.0, 4.0)
    _places(panel, Y, labels, ".")
    inner = panel.inset_axes((0.36, 0.4, 0.3, 0.26))
    inner.plot(range(0, 200, 2), history[::2], color="black", linewidth=0.8)
    inner.set_title("KL", fontsize=6)
    inner.tick_params(labelsize=5)
    inner.set_ylim(0, None)


def _network(solution: SimpleNamespace, panel: Axes) -> None:
    X, new, labels = _objects()
    net = nn.Sequential(nn.Linear(M, 20), nn.Tanh(), nn.Linear(20, 2)).double()
    with torch.no_grad():
        for seed, value in enumerate(net.parameters()):
            drawn = np.random.default_rng(seed).normal(size=tuple(value.shape))
            value.copy_(torch.from_numpy(drawn / np.sqrt(value[0].numel())))
    net = solution.parametric_tsne(net, torch.from_numpy(X), 8.0, 100, 0.03)
    with torch.no_grad():
        for objects, mark in ((X, "."), (new, "x")):
            Y = net(torch.from_numpy(objects)).numpy()
            _places(panel, Y, labels, mark)


def _places(panel: Axes, Y: np.ndarray, labels: np.ndarray, mark: str) -> None:
    for group, colour in enumerate(COLOURS):
        panel.plot(*Y[labels == group].T, mark, color=colour, markersize=4, markeredgewidth=0.8)
