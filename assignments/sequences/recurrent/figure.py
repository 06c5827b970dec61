"""How far networks look, and what they remember: dependences by gradients, a latch, an orbit of answers.

Seen at a glance: a way back that is cut or carries nothing, a gate the wrong way round, a second direction that reads
padding or is not turned back, answers that are not fed back. Three dots: not written yet.
"""

import math
from collections.abc import Callable
from types import SimpleNamespace

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "Top left: the size of the gradient of the last output by each input x_s (logarithmic), by bptt: a weight "
        "of 1 on h keeps it, 0.8 and 0.6 let it fade. Top right: a GRU takes the input (grey) into its state (red) at "
        "the dashed lines only, where z is near 1. Bottom left: on which input (column) each output (row) of both "
        "directions depends; the sequence has 7 elements, and nothing reaches its padding. Bottom right: one to many "
        "from the ring; after the first, each answer is the one before it, turned and made a little shorter."
    ),
    "ru": (
        "Слева сверху: величина градиента последнего выхода по каждому входу x_s (логарифмическая шкала), вычисленная "
        "bptt: при весе 1 у h он сохраняется, при 0,8 и 0,6 затухает. Справа сверху: GRU берёт вход (серый) в "
        "состояние (красное) только у штриховых линий, где z близко к 1. Слева снизу: от какого входа (столбец) "
        "зависит каждый выход (строка) обоих направлений; в последовательности 7 элементов, до дополнения ничего не "
        "доходит. Справа снизу: «один во много» из кольца; каждый ответ, начиная со второго, — предыдущий, "
        "повёрнутый и чуть укороченный."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"
STEPS, LENGTH = 12, 7


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels: list[Callable[[SimpleNamespace, Axes], None]] = [_fading, _latch, _directions, _orbit]
    names = ("bptt", "GRU", "Bidirectional", "one_to_many")
    for axes, panel, name in zip(figure.subplots(2, 2).flat, panels, names, strict=True):
        axes.set_title(name, fontsize=9)
        axes.tick_params(labelsize=7)
        try:
            panel(solution, axes)
        except NotImplementedError:
            axes.text(0.5, 0.5, "...", transform=axes.transAxes)


def _fading(solution: SimpleNamespace, axes: Axes) -> None:
    x = torch.zeros(30, 1, 1)
    by_outputs = torch.zeros(30, 1, 1)
    by_outputs[-1] = 1.0
    for colour, weight in ((BLUE, 1.0), (RED, 0.8), (GREY, 0.6)):
        of_all = torch.tensor([[weight, 1.0]])
        found = solution.bptt(of_all, torch.zeros(1), x, torch.zeros(1, 1), by_outputs)["x"]
        axes.plot(range(1, 31), found.flatten().abs(), ".-", color=colour, linewidth=0.8, label=f"{weight:g}")
    axes.set(yscale="log", ylim=(1e-7, 10), xticks=[1, 30], xlabel="$s$")
    axes.legend(fontsize=7, loc="lower right")


def _latch(solution: SimpleNamespace, axes: Axes) -> None:
    """Two inputs: a number, and whether to take it."""
    take = [2, 9, 15]
    x = torch.zeros(20, 1, 2)
    x[:, 0, 0] = torch.sin(0.6 * torch.arange(20))
    x[:, 0, 1] = -1.0
    x[take, 0, 1] = 1.0
    layer = solution.GRU(2, 1)
    _set(layer, weight_z=[[0.0, 0.0, 10.0]], weight_r=[[0.0, 0.0, 0.0]], weight_h=[[0.0, 2.0, 0.0]])
    with torch.no_grad():
        outputs, _ = layer(x)
    for step in take:
        axes.axvline(step, color=GREY, linestyle="--", linewidth=0.8)
    axes.plot(x[:, 0, 0], ".", color=GREY)
    axes.plot(outputs[:, 0, 0], "-s", color=RED, markersize=3, linewidth=0.8)
    axes.set(xticks=[0, 19], yticks=[-1, 0, 1], ylim=(-1.1, 1.1), xlabel="$t$")


class _Sums(nn.Module):
    """A layer whose state is the sum of what it has read."""

    def forward(self, x: Tensor, h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
        sums = x.cumsum(0) + (0.0 if h0 is None else h0)
        return sums, sums[-1]


def _directions(solution: SimpleNamespace, axes: Axes) -> None:
    x = torch.ones(STEPS, 1, 1, requires_grad=True)
    outputs, _ = solution.Bidirectional(_Sums(), _Sums())(x, torch.tensor([LENGTH]))
    table = torch.zeros(STEPS, 2 * STEPS + 1)
    for half in range(2):
        for t in range(STEPS):
            (row,) = torch.autograd.grad(outputs[t, 0, half], x, retain_graph=True, allow_unused=True)
            if row is not None:
                table[t, half * (STEPS + 1) : half * (STEPS + 1) + STEPS] = row[:, 0, 0]
    axes.imshow(table, "gray_r", vmin=0, vmax=1.5, interpolation="none", aspect="auto")
    axes.axvline(STEPS, color=GREY)
    for half in range(2):
        axes.axvline(half * (STEPS + 1) + LENGTH - 0.5, color=RED, linestyle=":", linewidth=1)
    axes.axhline(LENGTH - 0.5, color=RED, linestyle=":", linewidth=1)
    axes.set(xticks=[], yticks=[], xlabel="$x_s$", ylabel="$h_t$")


def _orbit(solution: SimpleNamespace, axes: Axes) -> None:
    """Half of the turned state, and half of the turned answer, which is the state."""
    layer, cosine, sine = solution.RNN(2, 2), math.cos(0.5), math.sin(0.5)
    turn = [[cosine, -sine], [sine, cosine]]
    halves = [[entry / 2 for entry in row] for row in turn]
    _set(layer, weight=[[*row, *row] for row in halves], bias=[0.0, 0.0])
    first = torch.tensor([[0.6, 0.0]])
    with torch.no_grad():
        answers = solution.one_to_many(layer, nn.Identity(), first, 24)[:, 0]
    axes.plot(*first[0], "o", markerfacecolor="none", markeredgecolor=BLUE, markersize=9)
    axes.plot(answers[:, 0], answers[:, 1], "-o", color=BLUE, markersize=3, linewidth=0.8)
    axes.set(aspect="equal", xlim=(-0.7, 0.7), ylim=(-0.5, 0.5), xticks=[0], yticks=[0])


def _set(module: nn.Module, **values: list[list[float]] | list[float]) -> None:
    with torch.no_grad():
        for name, value in values.items():
            getattr(module, name).copy_(torch.tensor(value))
