"""A landscape as data of the pretext tasks.

Seen at a glance: turns the other way or out of order, patches of another place, a puzzle that does not come back, a
hidden part elsewhere, a target that is more than the part, grey that is tinted.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top: a landscape with the sun at the upper left and a red house at the right, turned four times "
        "counter-clockwise, so that the sun goes to the lower left, the lower right, the upper right. Middle: nine "
        "patches in their places, the centre and the eight positions around it; the landscape as a puzzle of nine "
        "parts; the puzzle restored. Bottom: the house hidden; the house alone, which is to be restored; the mask; the "
        "landscape in grey."
    ),
    "ru": (
        "Сверху: пейзаж с солнцем слева вверху и красным домом справа, повёрнутый четыре раза против часовой стрелки, "
        "так что солнце оказывается слева внизу, справа внизу, справа вверху. В середине: девять фрагментов на своих "
        "местах — центр и восемь положений вокруг; пейзаж как головоломка из девяти частей; собранная головоломка. "
        "Внизу: дом закрыт; сам дом, который надо восстановить; маска; серый пейзаж."
    ),
}

SIDE = 24
ORDER = np.array([4, 8, 1, 0, 6, 2, 7, 3, 5])
HOUSE = (9, 14, 11, 9)


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(6.4, 5.4)
    figure.set_layout_engine("constrained")
    image = _landscape()
    panels = figure.subplot_mosaic([["r"] * 12, [*"aaaabbbbcccc"], [*"dddeeefffggg"]])
    parts = {
        "r": ("rotations", lambda: _side_by_side(solution.rotations(image[None].copy())[0])),
        "a": ("context_pair", lambda: _patches(solution, image)),
        "b": ("jigsaw", lambda: solution.jigsaw(image.copy(), ORDER.copy())),
        "c": ("restore", lambda: solution.restore(solution.jigsaw(image.copy(), ORDER.copy()), ORDER.copy())),
        "d": ("hide: input", lambda: solution.hide(image.copy(), *HOUSE)[0]),
        "e": ("target", lambda: solution.hide(image.copy(), *HOUSE)[1]),
        "f": ("mask", lambda: np.repeat(1.0 - solution.hide(image.copy(), *HOUSE)[2][:, :, None], 3, axis=2)),
        "g": ("grey", lambda: solution.grey(image.copy())),
    }
    for name, (title, part) in parts.items():
        _show(panels[name], title, part)


def _show(panel: Axes, title: str, part: Any) -> None:
    panel.set_title(title, fontsize=8)
    panel.set_axis_off()
    try:
        panel.imshow(np.clip(part(), 0, 1), interpolation="none")
    except NotImplementedError:
        panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _landscape() -> np.ndarray:
    """Nothing in it is symmetric, and each channel is of its own."""
    rows, columns = np.mgrid[:SIDE, :SIDE] + 0.5
    image = np.stack([0.45 + rows / 60, 0.6 + rows / 80, 0.85 + 0 * rows], axis=-1)
    image[(columns - 6) ** 2 + (rows - 5) ** 2 < 11] = (0.95, 0.85, 0.3)
    image[rows > 17 + np.sin(columns / 4)] = (0.3, 0.55, 0.2)
    image[13:20, 15:22] = (0.7, 0.25, 0.2)
    image[(rows > 9) & (rows < 13) & (np.abs(columns - 18.5) < rows - 8)] = (0.35, 0.2, 0.2)
    image[15:18, 17:19] = (0.9, 0.9, 0.6)
    return image


def _side_by_side(images: np.ndarray) -> np.ndarray:
    field = np.ones((SIDE, 4 * SIDE + 6, 3))
    for number, image in enumerate(images):
        field[:, number * (SIDE + 2) :][:, :SIDE] = image
    return field


def _patches(solution: SimpleNamespace, image: np.ndarray) -> np.ndarray:
    """The centre, and each of the eight where its position belongs."""
    field = np.ones_like(image)
    for position in range(8):
        center, patch = solution.context_pair(image.copy(), 6, 3, position, 9, 9)
        row, column = divmod(position + (position > 3), 3)
        field[9:15, 9:15] = center
        field[9 * row : 9 * row + 6, 9 * column : 9 * column + 6] = patch
    return field
