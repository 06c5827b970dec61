"""Derivatives against differences, a table of layers as bars, and a curve that is written to a log and read again.

Seen at a glance: a derivative that is transposed, not scaled or not multiplied by the gradient from above; a layer
that is missing, out of order or counted twice; records that are longer or shorter than they say, points that are lost.
Three dots: not written yet.
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
        "Top left: the derivatives of bilinear by all entries of x (blue circles), W (red squares) and z (green "
        "triangles) against differences of its values; all marks lie on the diagonal. Top right: the table of a "
        "small network with a layer that runs twice: a bar for each row, from top to bottom, with the shape on it. "
        "Bottom: the bytes of a log from left to right in rows of 64, coloured by what they are: length, checksum, "
        "data; beside them the curve that was written, grey, and read again, blue."
    ),
    "ru": (
        "Слева сверху: производные bilinear по всем элементам x (синие кружки), W (красные квадраты) и z (зелёные "
        "треугольники) против разностей её значений; все метки лежат на диагонали. Справа сверху: таблица небольшой "
        "сети, в которой один слой запускается дважды: полоса на каждую строку, сверху вниз, рядом — форма. Снизу: "
        "байты журнала слева направо, по 64 в строке, цвет говорит, что это: длина, контрольная сумма, данные; "
        "рядом кривая, которая была записана (серая) и прочитана обратно (синяя)."
    ),
}

BLUE, RED, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#999999"
WIDTH = 64


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(7.2, 5.4)
    figure.set_layout_engine("constrained")
    panels = figure.subplots(2, 2, width_ratios=[1, 1.25])
    for panel, part in zip(panels.flat, (_derivatives, _table, _bytes, _curve), strict=True):
        panel.tick_params(labelsize=7)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _derivatives(solution: SimpleNamespace, panel: Axes) -> None:
    rng = torch.Generator().manual_seed(3)
    shapes, scale = ((4, 3), (3, 2), (4, 2)), 0.8
    tensors = [torch.randn(shape, generator=rng, dtype=torch.float64) for shape in shapes]
    weights = torch.tensor([1.0, -0.5, 0.25, 2.0], dtype=torch.float64)

    def loss(*values: Tensor) -> Tensor:
        return (solution.Bilinear.apply(*values, scale) * weights).sum()

    leaves = [value.clone().requires_grad_() for value in tensors]
    loss(*leaves).backward()
    panel.axline((0, 0), slope=1, color=GREY, linewidth=0.8)
    for place, (name, colour, mark) in enumerate((("x", BLUE, "o"), ("W", RED, "s"), ("z", GREEN, "^"))):
        differences = _differences(loss, tensors, place)
        panel.plot(differences, leaves[place].grad.flatten(), mark, color=colour, markersize=5, alpha=0.8, label=name)
    panel.legend(fontsize=7, loc="upper left")
    panel.set_title("Bilinear", fontsize=9)
    panel.set_xlabel(r"$(L(\cdot + h) - L(\cdot - h)) / 2h$", fontsize=8)
    panel.set_ylabel("backward", fontsize=8)


def _differences(loss: Any, tensors: list[Tensor], place: int, h: float = 1e-5) -> list[float]:
    """The slope of the loss along each entry of one of the tensors."""
    found = []
    for entry in range(tensors[place].numel()):
        ends = []
        for step in (h, -h):
            moved = [tensor.clone() for tensor in tensors]
            moved[place].view(-1)[entry] += step
            ends.append(float(loss(*moved)))
        found.append((ends[0] - ends[1]) / (2 * h))
    return found


def _table(solution: SimpleNamespace, panel: Axes) -> None:
    again = nn.Conv2d(8, 8, 3, padding=1)
    model = nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1),
        nn.Sequential(again, nn.ReLU(), again),
        nn.MaxPool2d(4),
        nn.Flatten(),
        nn.Linear(128, 10),
    )
    rows = solution.summary(model, torch.ones(1, 3, 16, 16))
    counts = [count for _, _, count in rows]
    places = range(len(rows))
    panel.barh(places, counts, color=BLUE, alpha=0.7)
    for place, (_, shape, count) in enumerate(rows):
        panel.text(count + 20, place, f"{count}   {tuple(shape)}", fontsize=7, verticalalignment="center")
    panel.set(yticks=list(places), yticklabels=[name for name, _, _ in rows], xlim=(0, 2.1 * max(counts, default=1)))
    panel.invert_yaxis()
    panel.set_title(f"summary, total {solution.total(rows)}", fontsize=9)


def _entries() -> list[tuple[float, int, str, float]]:
    steps = range(0, 1000, 50)
    return [(1.0 + step, step, "loss", float(np.exp(-step / 300) + 0.1 * np.cos(step))) for step in steps]


def _records(data: bytes) -> list[tuple[int, int]]:
    """Where the data of each record begin and end, by the lengths in the file."""
    found, place = [], 0
    while place + 16 <= len(data):
        size = int(np.frombuffer(data[place : place + 8], "<u8")[0])
        if place + 16 + size > len(data):
            break
        found.append((place + 12, place + 12 + size))
        place += size + 16
    return found


def _bytes(solution: SimpleNamespace, panel: Axes) -> None:
    data = solution.event_file(_entries()[:8])
    colours = {"length": "#56B4E9", "crc": "#E69F00", "data": "#DDDDDD", "?": "#000000"}
    kinds = ["?"] * len(data)
    for begin, end in _records(data):
        kinds[begin - 12 : begin - 4] = ["length"] * 8
        kinds[begin - 4 : begin] = kinds[end : end + 4] = ["crc"] * 4
        kinds[begin:end] = ["data"] * (end - begin)
    wanted = -(-len(data) // WIDTH) * WIDTH
    pixels = [[int(colours[kind][i : i + 2], 16) for i in (1, 3, 5)] for kind in kinds]
    pixels += [[255, 255, 255]] * (wanted - len(data))
    panel.imshow(np.array(pixels, dtype=np.uint8).reshape(-1, WIDTH, 3), interpolation="none", aspect="auto")
    for i, (name, colour) in enumerate(colours.items()):
        if name in kinds:
            panel.plot([], [], "s", color=colour, label=name, zorder=i)
    panel.legend(fontsize=7, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.12))
    panel.set_title("event_file", fontsize=9)


def _curve(solution: SimpleNamespace, panel: Axes) -> None:
    entries = _entries()
    panel.plot([step for _, step, _, _ in entries], [value for *_, value in entries], color=GREY, linewidth=3)
    data = solution.event_file(entries)
    read = [_point(data[begin:end]) for begin, end in _records(data)]
    points = [point for point in read if point is not None]
    panel.plot([step for step, _ in points], [value for _, value in points], "o", color=BLUE, markersize=4)
    panel.set_title(f"loss, {len(points)}/{len(entries)}", fontsize=9)
    panel.set_xlabel("step", fontsize=8)


def _point(message: bytes) -> tuple[int, float] | None:
    """The step and the value of an event, None for what is none."""
    if len(message) < 24 or message[9] != 0x10 or message[-5] != 0x15:
        return None
    step, place = 0, 10
    while place < len(message) - 5:
        step |= (message[place] & 0x7F) << 7 * (place - 10)
        if message[place] < 0x80:
            break
        place += 1
    return step, float(np.frombuffer(message[-4:], "<f4")[0])
