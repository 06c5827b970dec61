"""Attention that moves along, what beams of several widths find, and a state that padding does not move.

Seen at a glance: weights over the wrong axis or not summing to 1, a mask that is ignored, a beam that loses with
every width or that claims more than the best of all sequences, a state that reads the padding. Three dots: not
written yet.
"""

import itertools
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Left: weights of attend for eight states of a decoder, rows, over ten states of an encoder, columns. The "
        "largest weight moves along the diagonal; the two last columns are masked and have weight 0. Middle: the "
        "logarithm of the probability of what beam finds against the width, which rises in steps to the dashed line, "
        "the best of all sequences, and never above it. Right: the numbers of the state that encode gives for one "
        "sequence, against the length of the padding behind it: horizontal lines."
    ),
    "ru": (
        "Слева — веса attend для восьми состояний декодировщика (строки) по десяти состояниям кодировщика (столбцы). "
        "Наибольший вес идёт по диагонали; два последних столбца закрыты маской, и вес в них 0. В середине — логарифм "
        "вероятности того, что находит beam, в зависимости от ширины: он ступенями поднимается до штриховой линии, "
        "лучшей из всех цепочек, и никогда не выше. Справа — числа состояния, которое encode даёт для одной цепочки, "
        "в зависимости от длины дополнения за ней: горизонтальные линии."
    ),
}

BLUE, GREY = "#0072B2", "#999999"
WORDS, LIMIT, END = 4, 5, 0


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(7.2, 2.9)
    figure.set_layout_engine("constrained")
    panels = figure.subplots(1, 3)
    for panel, part in zip(panels, (_attention, _beams, _padding), strict=True):
        panel.tick_params(labelsize=7)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _attention(solution: SimpleNamespace, panel: Axes) -> None:
    """States of an encoder are places on half a circle; those of the decoder are places on it, too."""
    panel.set_title("attend", fontsize=9)
    angles = torch.linspace(0, torch.pi, 10)
    states = 3 * torch.stack([angles.cos(), angles.sin()], dim=1)
    looking = 3 * torch.stack([angles[:8].cos(), angles[:8].sin()], dim=1)
    mask = (torch.arange(10) < 8).repeat(8, 1)
    _, weights = solution.attend(looking, states.repeat(8, 1, 1), mask)
    panel.imshow(weights, "gray_r", vmin=0, vmax=0.6, interpolation="none")
    panel.set_xlabel("$h_j$", fontsize=8)
    panel.set_ylabel("$s$", fontsize=8)


def _beams(solution: SimpleNamespace, panel: Axes) -> None:
    """Other probabilities after each beginning."""
    panel.set_title("beam", fontsize=9)

    def after(words: tuple[int, ...]) -> torch.Tensor:
        logits = torch.from_numpy(0.7 * np.random.default_rng([42, *words]).normal(size=WORDS))
        logits[END] -= 0.5 * (len(words) < 3)
        return torch.log_softmax(logits, dim=0)

    def step(token: int, state: Any) -> tuple[torch.Tensor, Any]:
        words = (*state, int(token))
        return after(words), words

    whole = [
        words
        for length in range(1, LIMIT + 1)
        for words in itertools.product(range(WORDS), repeat=length)
        if END not in words[:-1] and (words[-1] == END or length == LIMIT)
    ]
    best = max(sum(float(after((9, *words[:i]))[word]) for i, word in enumerate(words)) for words in whole)
    widths = range(1, 11)
    found = [solution.beam(step, (), 9, END, width, LIMIT)[1] for width in widths]
    panel.axhline(best, color=GREY, linestyle="--", linewidth=1)
    panel.plot(widths, found, "-o", color=BLUE, markersize=4, drawstyle="steps-mid")
    panel.set_xlabel("width", fontsize=8)
    panel.set_ylabel(r"$\log\,p$", fontsize=8)
    panel.set_xticks([1, 4, 7, 10])


def _padding(solution: SimpleNamespace, panel: Axes) -> None:
    """One sequence of three words with 0 to 8 others behind it."""
    panel.set_title("encode", fontsize=9)
    model = solution.Seq2Seq(6, 3, 4, rng=torch.Generator().manual_seed(2))
    rows = []
    for more in range(9):
        tokens = torch.tensor([[1, 2, 3] + [5, 4] * 4])[:, : 3 + more]
        rows.append(model.encode(tokens, torch.tensor([3]))[0].detach())
    panel.plot(range(9), torch.stack(rows), "-o", markersize=3, linewidth=0.9)
    panel.set_xlabel("padding", fontsize=8)
