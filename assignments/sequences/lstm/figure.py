"""Gates at work over time: a memory that is written and read on command, a timer that looks at its own memory.

The weights are set by hand. Seen at a glance: gates in another order, a memory that forgets or cannot be negative, an
output gate that sees the memory a step too late, a last state that is not the last, gradients that do not get past one
step. Three dots: not written yet.
"""

from types import SimpleNamespace
from typing import Any

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "Top left: an LSTM takes the input x, grey dots, into its memory C, blue, at the dashed lines, keeps it, and "
        "shows it as h, red, at the dotted lines only. Bottom left: with peepholes a memory counts steps (it rests "
        "where x is 0), shows itself when it is full, and is emptied. Rings are the last state. Right: on which input, "
        "a column, each output, a row, depends, by gradients; nothing may stand above the diagonal."
    ),
    "ru": (
        "Слева сверху: LSTM записывает вход x (серые точки) в память C (синяя) у штриховых линий, хранит его и "
        "показывает как h (красное) только у пунктирных. Слева снизу: память со смотровыми глазками считает шаги "
        "(и ждёт, пока x равен 0), заполнившись, показывает себя и очищается. Кольца — последнее состояние. Справа: от "
        "какого входа (столбец) зависит каждый выход (строка), по градиентам; выше диагонали ничего быть не должно."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"
STEPS = 20


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    rows = figure.subplots(2, 2, width_ratios=[3, 1])
    for (over_time, gradients), part, name in zip(rows, (_latch, _timer), ("LSTM", "PeepholeLSTM"), strict=True):
        over_time.set_title(name, fontsize=9)
        over_time.tick_params(labelsize=7)
        gradients.set(xticks=[], yticks=[], xlabel="$x_s$", ylabel="$h_t$")
        try:
            layer, x = part(solution, over_time)
        except NotImplementedError:
            over_time.text(0.5, 0.8, "...", transform=over_time.transAxes)
            continue
        _run(over_time, layer, x)
        gradients.imshow(_dependence(layer, x), "gray_r", vmin=0, vmax=1, interpolation="none", aspect="auto")


def _latch(solution: SimpleNamespace, panel: Axes) -> tuple[Any, Tensor]:
    """Three inputs: a number, whether to write it, whether to read the memory."""
    write, read = [2, 8, 14], [5, 6, 11, 17]
    x = torch.zeros(STEPS, 1, 3)
    x[:, 0, 0] = torch.sin(0.6 * torch.arange(STEPS))
    x[write, 0, 1] = 1.0
    x[read, 0, 2] = 1.0
    layer = solution.LSTM(3, 1)
    weight = [[0.0, 0.0, -10.0, 0.0], [0.0, 0.0, 10.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 10.0]]
    _set(layer.cell, weight=weight, bias=[5.0, -5.0, 0.0, -5.0])
    for step in write:
        panel.axvline(step, color=GREY, linestyle="--", linewidth=0.8)
    for step in read:
        panel.axvline(step, color=GREY, linestyle=":", linewidth=1.2)
    return layer, x


def _timer(solution: SimpleNamespace, panel: Axes) -> tuple[Any, Tensor]:
    """The memory grows by a fifth where x is 1; from 0.9 on the output gate opens and the forget gate shuts."""
    x = torch.ones(STEPS, 1, 1)
    x[7:11] = 0.0
    layer = solution.PeepholeLSTM(1, 1)
    _set(
        layer.cell,
        weight_f=[[-40.0, 0.0, 0.0]],
        weight_i=[[0.0, 0.0, 0.0]],
        weight_c=[[0.0, 0.21]],
        weight_o=[[40.0, 0.0, 0.0]],
        bias_f=[36.0],
        bias_i=[6.0],
        bias_c=[0.0],
        bias_o=[-36.0],
    )
    panel.axhline(0.9, color=GREY, linestyle="--", linewidth=0.8)
    return layer, x


def _set(cell: nn.Module, **values: list[Any]) -> None:
    with torch.no_grad():
        for name, value in values.items():
            getattr(cell, name).copy_(torch.tensor(value))


def _run(panel: Axes, layer: Any, x: Tensor) -> None:
    """The memory by single steps of the cell; what the layer returns as marks."""
    with torch.no_grad():
        h, c, memory = torch.zeros(1, 1), torch.zeros(1, 1), []
        for step in x:
            h, c = layer.cell(step, h, c)
            memory.append(c.item())
        outputs, (last, last_memory) = layer(x)
    times = range(len(x))
    panel.plot(times, x[:, 0, 0], ".", color=GREY, markersize=5)
    panel.plot(times, memory, color=BLUE, drawstyle="steps-mid")
    panel.plot(range(len(outputs)), outputs[:, 0, 0], "-s", color=RED, markersize=3, linewidth=0.8)
    for value, colour in ((last_memory, BLUE), (last, RED)):
        panel.plot(len(x) - 1, value.item(), "o", markerfacecolor="none", markeredgecolor=colour, markersize=9)
    panel.set(xticks=[0, len(x) - 1], yticks=[-1, 0, 1], ylim=(-1.15, 1.25))
    for place, (name, colour) in enumerate((("$x$", GREY), ("$C$", BLUE), ("$h$", RED))):
        panel.text(1.02, 0.8 - 0.3 * place, name, color=colour, transform=panel.transAxes)


def _dependence(layer: Any, x: Tensor) -> Tensor:
    """The size s of the derivative of each output by the first input of each step, as s / (s + 0.05): (time, time)."""
    x = x.clone().requires_grad_()
    outputs = layer(x)[0]
    rows = []
    for output in outputs[:, 0, 0]:
        (row,) = torch.autograd.grad(output, x, retain_graph=True, allow_unused=True)
        rows.append(torch.zeros(len(x)) if row is None else row[:, 0, 0].abs())
    sizes = torch.stack(rows)
    return sizes / (sizes + 0.05)
