"""Two boxes at all places, a detector of discs, and boxes in YOLO's grid before and after.

Seen at a glance: an IoU that is not 0 apart, or not 1 in the middle; boxes on their side, too large or in another place
than the discs; doubles that stay; a cell that is not the one of the centre; a box that does not come back.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

ALT = {
    "en": (
        "box_iou: the IoU of the black box with a box of the same size, by the place of its centre: light, 1, in the "
        "middle and 0 outside of a rectangle twice as large. detect: an image with two discs and a bar; thin lines are "
        "proposals, thick ones those that are left, one around each disc and one around the bar in another colour. "
        "yolo_encode: three boxes and their centres; the shaded cells are those that hold an object, and each holds a "
        "centre. yolo_decode: boxes read from that grid (dashed) lie on the boxes that were written (grey)."
    ),
    "ru": (
        "box_iou: IoU чёрной рамки и рамки того же размера в зависимости от того, где центр второй: светлое, 1, "
        "посередине и 0 вне прямоугольника вдвое больших размеров. detect: изображение с двумя кругами и полосой; "
        "тонкие линии — рамки-кандидаты, толстые — оставшиеся: по одной вокруг кругов и одна, другого цвета, вокруг "
        "полосы. yolo_encode: три рамки и их центры; закрашены ячейки, в которых отмечен объект, и в каждой лежит "
        "центр. yolo_decode: рамки, прочитанные из этой сетки (пунктир), лежат на тех, что в неё записаны (серые)."
    ),
}

COLOURS = ["#D55E00", "#0072B2", "#009E73"]
WIDTH, HEIGHT = 48, 32
DISCS, BAR = ((12, 11, 7), (34, 19, 8)), (4, 24, 20, 29)  # centre and radius; a box
BOXES, LABELS = np.array([[2, 3, 18, 15], [15, 12, 31, 30], [32, 2, 46, 26]]), np.array([0, 1, 2])


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    parts = {"box_iou": _overlaps, "detect": _detected, "yolo_encode": _encoded, "yolo_decode": _decoded}
    for panel, (name, part) in zip(figure.subplots(2, 2).flat, parts.items(), strict=True):
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.8, "...", transform=panel.transAxes)


def _outline(panel: Axes, box: Any, colour: str, width: float, style: str = "-") -> None:
    x1, y1, x2, y2 = (float(corner) for corner in box)
    panel.add_patch(
        Rectangle((x1, y1), x2 - x1, y2 - y1, fill=False, edgecolor=colour, linewidth=width, linestyle=style)
    )


def _overlaps(solution: SimpleNamespace, panel: Axes) -> None:
    x, y = np.meshgrid(np.arange(0, 48.5, 1.0), np.arange(0, 32.5, 1.0))
    centres = np.stack([x.ravel(), y.ravel()], axis=1)
    black, half = np.array([[16.0, 12.0, 32.0, 20.0]]), np.array([8, 4])
    overlaps = solution.box_iou(black, np.hstack([centres - half, centres + half])).reshape(x.shape)
    panel.imshow(overlaps, "viridis", vmin=0, vmax=1, extent=(-0.5, 48.5, 32.5, -0.5), interpolation="none")
    panel.contour(x, y, overlaps, levels=[0.25, 0.5, 0.75], colors="white", linewidths=0.7)
    _outline(panel, black[0], "black", 1.5)


def _image() -> Any:
    """Two discs in the first channel and a bar in the second."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    image = np.zeros((HEIGHT, WIDTH, 2))
    for x, y, radius in DISCS:
        image[:, :, 0] += (columns - x) ** 2 + (rows - y) ** 2 < radius**2
    x1, y1, x2, y2 = BAR
    image[y1:y2, x1:x2, 1] = 1
    return image


def _proposals() -> Any:
    """Boxes near the discs and the bar, and some that show nothing."""
    rng = np.random.default_rng(2)
    truth = [[x - r, y - r, x + r, y + r] for x, y, r in DISCS] + [list(BAR)]
    moved = np.repeat(truth, 4, axis=0) + rng.integers(-3, 4, size=(12, 4))
    boxes = np.vstack([truth, moved, [[22, 1, 32, 8], [40, 2, 47, 9]]])
    boxes[:, [0, 2]] = boxes[:, [0, 2]].clip(0, WIDTH)
    boxes[:, [1, 3]] = boxes[:, [1, 3]].clip(0, HEIGHT)
    return boxes[rng.permutation(len(boxes))]


def _classify(crops: Any) -> Any:
    """How well the crop looks like a disc that fills it (first channel) or like a full box (second)."""
    rows, columns = (np.mgrid[: crops.shape[1], : crops.shape[2]] + 0.5) * 2 / crops.shape[1] - 1
    disc = (rows**2 + columns**2 < 1)[None]
    like = [1 - np.abs(crops[..., k] - shape).mean(axis=(1, 2)) for k, shape in enumerate((disc, np.ones_like(disc)))]
    scores = np.stack([*like, np.full(len(crops), 0.6)], axis=1)
    return scores / scores.max(axis=1, keepdims=True) * np.maximum(scores.max(axis=1, keepdims=True), 0)


def _detected(solution: SimpleNamespace, panel: Axes) -> None:
    image, proposals = _image(), _proposals()
    panel.imshow(image.max(axis=2), "gray_r", vmin=0, vmax=3, extent=(0, WIDTH, HEIGHT, 0), interpolation="none")
    for box in proposals:
        _outline(panel, box, "#777777", 0.5)
    boxes, labels, _ = solution.detect(image, proposals.copy(), _classify, (16, 16), 0.3, 0.7)
    for box, label in zip(boxes, labels, strict=True):
        _outline(panel, box, COLOURS[int(label) % 3], 2)


def _grid(panel: Axes, S: int) -> None:
    panel.set(xlim=(-1, WIDTH + 1), ylim=(HEIGHT + 1, -1), aspect="equal")
    for part in np.arange(S + 1) / S:
        panel.plot([part * WIDTH] * 2, [0, HEIGHT], color="#bbbbbb", linewidth=0.6)
        panel.plot([0, WIDTH], [part * HEIGHT] * 2, color="#bbbbbb", linewidth=0.6)


def _encoded(solution: SimpleNamespace, panel: Axes) -> None:
    grid = solution.yolo_encode(BOXES.copy(), LABELS.copy(), 4, 3, WIDTH, HEIGHT)
    _grid(panel, 4)
    panel.imshow(grid[:, :, 0], "Oranges", vmin=0, vmax=3, extent=(0, WIDTH, HEIGHT, 0), interpolation="none")
    for box, label in zip(BOXES, LABELS, strict=True):
        _outline(panel, box, COLOURS[label], 1.5)
        panel.plot(*(box[:2] + box[2:]) / 2, "o", color=COLOURS[label], markersize=4)


def _decoded(solution: SimpleNamespace, panel: Axes) -> None:
    """The grid of the three boxes, written out, so that this panel shows the reading alone."""
    grid = np.zeros((4, 4, 8))
    for (x1, y1, x2, y2), label in zip(BOXES, LABELS, strict=True):
        x, y = (x1 + x2) / 2 / WIDTH * 4, (y1 + y2) / 2 / HEIGHT * 4
        cell = grid[int(y), int(x)]
        cell[:5] = 1, x % 1, y % 1, (x2 - x1) / WIDTH, (y2 - y1) / HEIGHT
        cell[5 + label] = 1
    _grid(panel, 4)
    for box in BOXES:
        _outline(panel, box, "#999999", 4)
    boxes, labels, _ = solution.yolo_decode(grid, WIDTH, HEIGHT)
    for box, label in zip(boxes, labels, strict=True):
        _outline(panel, box, COLOURS[int(label) % 3], 1.5, "--")
