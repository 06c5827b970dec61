"""Each layer on a small image without symmetry, so that what is turned, swapped or shifted is seen.

Seen at a glance: a mirror that repeats the border, zeros on one side only, a kernel that is turned around, a derivative
that goes to two pixels of a window or is lost where windows overlap, S-cells that answer to brightness.
"""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

ALT = {
    "en": (
        "Twelve small images. First row: a picture of 5 by 5 pixels, framed, padded by 3 pixels in four ways: black; "
        "stripes that go on from the edge; a reflection in which the outermost pixels stand once; the picture repeated "
        "like a tile. Second row: a single bright pixel; its convolution with a kernel in the form of the letter L, "
        "which shows the letter turned by half a turn; its transposed convolution, which shows the letter as it is; "
        "and a transposed convolution with stride 2 of equal numbers, a chessboard. Third row: a picture with four "
        "letters L, one of them faint and one turned; the S-cells, bright at the three upright letters, the faint one "
        "as bright as the others; the C-cells, blocks of 4 by 4, bright in three blocks; and the derivative of "
        "pooling by maximum with overlapping windows, for an image of noise: single points with zeros between."
    ),
    "ru": (
        "Двенадцать маленьких изображений. Первый ряд: рисунок 5 на 5 пикселей в рамке, дополненный тремя пикселями "
        "четырьмя способами: чёрным; полосами, которые продолжают край; отражением, в котором крайние пиксели стоят "
        "один раз; повторением рисунка, как плиткой. Второй ряд: один яркий пиксель; его свёртка с ядром в форме буквы "
        "L — буква повёрнута на пол-оборота; его транспонированная свёртка — буква стоит как есть; транспонированная "
        "свёртка одинаковых чисел с шагом 2 — шахматная доска. Третий ряд: картинка с четырьмя буквами L, одна из них "
        "бледная, одна повёрнута; S-клетки ярки у трёх прямых букв, у бледной так же, как у остальных; C-клетки по "
        "блокам 4 на 4: ярки три блока; производная пулинга с максимумом по перекрывающимся окнам для шума — отдельные "
        "точки, между которыми нули."
    ),
}

LETTER = np.array([[1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
TILE = np.array(
    [
        [0.9, 0.2, 0.3, 0.4, 0.5],
        [0.8, 0.1, 0.7, 0.2, 0.1],
        [0.7, 0.1, 1.0, 0.9, 0.2],
        [0.6, 0.3, 0.2, 0.1, 0.8],
        [0.5, 0.6, 0.7, 0.8, 1.0],
    ]
)
WIDTH = 3


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(7.2, 5.6)
    figure.set_layout_engine("constrained")
    rows = figure.subplots(3, 4)
    for mode, panel in zip(("zero", "edge", "mirror", "circular"), rows[0], strict=True):
        _show(panel, f'pad(X, 3, "{mode}")', lambda mode=mode: solution.pad(TILE[None, None].copy(), WIDTH, mode))
        panel.add_patch(Rectangle((WIDTH - 0.5, WIDTH - 0.5), 5, 5, fill=False, edgecolor="#D55E00", linewidth=1.5))
    kernel, point = LETTER[None, None].copy(), np.zeros((1, 1, 7, 7))
    point[0, 0, 3, 3] = 1
    _show(rows[1, 0], "X", lambda: point)
    _show(rows[1, 1], "conv(X, K)", lambda: solution.conv(point.copy(), kernel.copy()))
    _show(rows[1, 2], "transposed(X, K)", lambda: solution.transposed(point.copy(), kernel.copy()))
    ones = np.ones((1, 1, 4, 4))
    _show(rows[1, 3], "transposed(1, 1, 2)", lambda: solution.transposed(ones.copy(), np.ones((1, 1, 3, 3)), 2))
    page = _page()
    _show(rows[2, 0], "X", lambda: page)
    cells = _show(rows[2, 1], "s_layer(X, L, 0.8)", lambda: solution.s_layer(page.copy(), kernel.copy(), 0.8))
    if cells is not None:
        _show(rows[2, 2], "c_layer(S, 4)", lambda: solution.c_layer(cells.copy(), 4))
    noise = np.random.default_rng(5).random((1, 1, 12, 12))
    given = np.ones((1, 1, 10, 10))
    _show(rows[2, 3], "pool_grad(noise, 1, 3, 1)", lambda: solution.pool_grad(noise, given, 3, 1))


def _page() -> np.ndarray:
    """Three letters L, one of them faint, and one that is turned around."""
    page = np.zeros((1, 1, 14, 14))
    for top, left, letter in ((1, 1, LETTER), (2, 9, 0.3 * LETTER), (9, 2, LETTER[::-1, ::-1]), (9, 9, LETTER)):
        page[0, 0, top : top + 3, left : left + 3] = letter
    return page


def _show(panel: Axes, title: str, compute: Callable[[], np.ndarray]) -> np.ndarray | None:
    """The first channel of the first image, if it is there already."""
    panel.set_title(title, fontsize=8, family="monospace")
    panel.set(xticks=[], yticks=[])
    try:
        images = np.asarray(compute(), dtype=float)
    except NotImplementedError:
        return None
    panel.imshow(images[0, 0], "gray", interpolation="none", vmin=min(0.0, images.min()), vmax=images.max())
    return images
