"""A small landscape, all transformations of it, and pairs of a data set.

Seen at a glance: a reflection along the other axis, a part from another place, a dark frame or a shift by the blur,
colours where the contrast or gamma should leave none, a channel that takes the factor of another; below, images that
are all augmented alike, or a second row that differs from the first.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "A landscape: the sun at the upper left, a red house at the right, a meadow below. Then: left and right "
        "swapped; top and bottom swapped; the part with the house; blurred, as bright at the edges as before; pale; "
        "with strong contrast; without blue; brighter by gamma. Below, pairs: the landscape is augmented by crop, "
        "saturation and gamma, another way for each of four numbers; the two rows come from two calls with the same "
        "seed and are the same."
    ),
    "ru": (
        "Пейзаж: слева вверху солнце, справа красный дом, внизу луг. Далее: лево и право поменялись местами; верх и "
        "низ поменялись местами; часть с домом; размытие, у краёв не темнее прежнего; бледный; с сильным контрастом; "
        "без синего; светлее благодаря гамме. Внизу pairs: пейзаж, изменённый обрезкой, насыщенностью и гаммой, для "
        "четырёх номеров по-разному; две строки получены двумя вызовами с одним seed и одинаковы."
    ),
}

HEIGHT, WIDTH = 24, 32
NAMES = ["crop", "saturate", "gamma"]


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(6.4, 6.2)
    figure.set_layout_engine("constrained")
    image = _landscape()
    panels = figure.subplot_mosaic(
        [["0", "1", "2"], ["3", "4", "5"], ["6", "7", "8"], ["p", "p", "p"]], height_ratios=[1, 1, 1, 1.35]
    )
    parts = {
        "image": lambda: image,
        'flip "horizontal"': lambda: solution.flip(image.copy(), "horizontal"),
        'flip "vertical"': lambda: solution.flip(image.copy(), "vertical"),
        "crop": lambda: solution.crop(image.copy(), 6, 16, 14, 16),
        "blur 1.5": lambda: solution.blur(image.copy(), 1.5),
        "contrast 0.4": lambda: solution.contrast(image.copy(), 0.4),
        "contrast 1.8": lambda: solution.contrast(image.copy(), 1.8),
        "saturate 1, 1, 0": lambda: solution.saturate(image.copy(), np.array([1.0, 1.0, 0.0])),
        "gamma 0.5": lambda: solution.gamma(image.copy(), 0.5),
    }
    for number, (title, part) in enumerate(parts.items()):
        _show(panels[str(number)], title, part)
    _show(panels["p"], "pairs, twice", lambda: _rows(solution, image))


def _show(panel: Axes, title: str, part: Any) -> None:
    panel.set_title(title, fontsize=8)
    panel.set_axis_off()
    try:
        panel.imshow(np.clip(part(), 0, 1), interpolation="none")
    except NotImplementedError:
        panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _landscape() -> np.ndarray:
    """Nothing in it is symmetric, and each channel is of its own."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    image = np.zeros((HEIGHT, WIDTH, 3))
    image[:] = np.stack([0.45 + rows / 60, 0.6 + rows / 80, 0.85 + 0 * rows], axis=-1)
    image[(columns - 6) ** 2 + (rows - 5) ** 2 < 11] = (0.95, 0.85, 0.3)
    image[rows > 17 + np.sin(columns / 4)] = (0.3, 0.55, 0.2)
    image[11:20, 20:29] = (0.7, 0.25, 0.2)
    roof = (rows > 6) & (rows < 11) & (np.abs(columns - 24.5) < rows - 5)
    image[roof] = (0.35, 0.2, 0.2)
    image[13:16, 22:24] = (0.9, 0.9, 0.6)
    return image


def _rows(solution: SimpleNamespace, image: np.ndarray) -> np.ndarray:
    """Two rows, each of the augmented images of one call; parts stand in the left upper corners of their fields."""
    field = np.ones((2 * (HEIGHT + 2), 4 * (WIDTH + 3), 3))
    for row in range(2):
        for i, (_, augmented) in enumerate(solution.pairs([image.copy()] * 4, 8, NAMES)):
            height, width, _ = np.shape(augmented)
            top, left = row * (HEIGHT + 2), i * (WIDTH + 3)
            field[top : top + height, left : left + width] = augmented
    return field
