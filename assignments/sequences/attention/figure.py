"""Positions, their distances, attention under the causal mask, layer normalisation.

Seen at a glance: sines and cosines in halves, a table that begins at 1, a softmax over a wrong axis, a mask that shows
the future, a normalisation over the batch. Three dots: not written yet.
"""

from collections.abc import Callable
from types import SimpleNamespace

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top left: the table of 40 positions (rows) and 24 entries (columns), whose waves grow longer to the right. "
        "Top right: the distance of two positions grows with j - i at first, then swings; the lines from i = 0 and "
        "from i = 20 lie upon each other. Bottom left: weights under the causal mask; each row looks mostly at near "
        "positions, and nothing stands above the diagonal. Bottom right: the entries of twelve vectors, grey, and "
        "after normalisation, blue: every vector has the mean 0 and the same spread."
    ),
    "ru": (
        "Слева сверху: таблица из 40 позиций (строки) и 24 компонент (столбцы), волны которой вправо удлиняются. "
        "Справа сверху: расстояние между двумя позициями сначала растёт вместе с j - i, потом колеблется; линии от i "
        "= 0 и от i = 20 совпадают. Слева снизу: веса при причинной маске; каждая строка смотрит в основном на "
        "близкие позиции, а выше диагонали ничего нет. Справа снизу: компоненты двенадцати векторов (серые) и они же "
        "после нормализации (синие): у каждого вектора среднее 0 и одинаковый разброс."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"
PLACES, SIZE = 40, 24


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels = figure.subplots(2, 2).flat
    parts = (_table, _distances, _weights, _norm)
    for panel, part, name in zip(panels, parts, ("positional", "$|p_i - p_j|$", "scaled", "layer_norm"), strict=True):
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=7)
        _try(part, solution, panel)


def _try(part: Callable[[SimpleNamespace, Axes], None], solution: SimpleNamespace, panel: Axes) -> None:
    try:
        part(solution, panel)
    except NotImplementedError:
        panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _table(solution: SimpleNamespace, panel: Axes) -> None:
    panel.imshow(solution.positional(PLACES, SIZE), "RdBu", vmin=-1, vmax=1, interpolation="none", aspect="auto")
    panel.set(xlabel="$s$", ylabel="$i$")


def _distances(solution: SimpleNamespace, panel: Axes) -> None:
    table = solution.positional(2 * PLACES, SIZE)
    for first, colour, style in ((0, BLUE, "-"), (20, RED, ":")):
        distances = (table[first:] - table[first]).norm(dim=1)
        panel.plot(range(len(distances)), distances, style, color=colour, linewidth=1.5)
    panel.set(xlabel="$j - i$", ylim=(0, None))


def _weights(solution: SimpleNamespace, panel: Axes) -> None:
    table = 2 * solution.positional(PLACES, SIZE)
    _, weights = solution.scaled(table, table, table, solution.causal_mask(PLACES))
    panel.imshow(weights**0.5, "gray_r", vmin=0, vmax=1, interpolation="none", aspect="auto")
    panel.set(xlabel="$j$", ylabel="$i$")


def _norm(solution: SimpleNamespace, panel: Axes) -> None:
    count, place = 12, torch.arange(8.0)
    number = torch.arange(float(count))[:, None]
    x = 3 * torch.sin(number) + (0.3 + number / 4) * torch.cos(place**2 + number)
    normal = solution.layer_norm(x, torch.ones(8), torch.zeros(8))
    for values, shift, colour in ((x, -0.15, GREY), (normal, 0.15, BLUE)):
        panel.plot((number + shift).expand(x.shape).flatten(), values.flatten(), ".", color=colour, markersize=3)
    panel.axhline(0, color=GREY, linewidth=0.6)
