"""What units and nets answer on the plane: the gates, XOR, and nets from normal forms.

Seen at a glance: thresholds that are swapped, a line that touches a corner, an OR where an AND belongs, an XOR that is
none. Three dots: not written yet.
"""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Six squares with the four inputs of two arguments in their corners, black where the function is 1. The "
        "plane is coloured where the unit or net answers 1. AND: the corner at the top right is cut off; OR: all "
        "but the bottom left; NOT of the first argument: the left half. XOR: a strip between two parallel lines, "
        "which takes two layers. Bottom row, next to it: a form of two terms and one of two clauses, each bounded "
        "by two lines. No line touches a corner: it runs half-way between the sums that it separates."
    ),
    "ru": (
        "Шесть квадратов; в их вершинах четыре входа двух аргументов, чёрные там, где функция равна 1. Плоскость "
        "закрашена там, где элемент или сеть отвечает 1. AND отсекает правый верхний угол, OR — всё, кроме левого "
        "нижнего, NOT от первого аргумента — левую половину. XOR — полоса между двумя параллельными прямыми, для "
        "неё нужны два слоя. Рядом с ней форма из двух термов и форма из двух дизъюнктов, каждая ограничена двумя "
        "прямыми. Ни одна прямая не задевает вершин: она идёт посередине между суммами, которые разделяет."
    ),
}

COLOUR = "#0072B2"
GRID = np.linspace(-0.603, 1.598, 112)
PLANE = np.stack(np.meshgrid(GRID, GRID), axis=-1).reshape(-1, 2)
CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
FORMS = [{0: True, 1: True}, {0: False, 1: False}], [{0: True, 1: False}, {0: False, 1: True}]

Answers = Callable[[np.ndarray], np.ndarray]


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(6.4, 4.6)
    figure.set_layout_engine("constrained")
    parts: dict[str, tuple[Callable[[], Answers], list[int]]] = {
        'gate("and")': (lambda: _unit(solution, "and"), [0, 0, 0, 1]),
        'gate("or")': (lambda: _unit(solution, "or"), [0, 1, 1, 1]),
        'gate("not")': (lambda: _unit(solution, "not"), [1, 1, 0, 0]),
        "xor()": (lambda: _net(solution, solution.xor()), [0, 1, 1, 0]),
        "from_dnf(...)": (lambda: _net(solution, solution.from_dnf(FORMS[0], 2)), [1, 0, 0, 1]),
        "from_cnf(...)": (lambda: _net(solution, solution.from_cnf(FORMS[1], 2)), [1, 0, 0, 1]),
    }
    for (title, (make, truth)), panel in zip(parts.items(), figure.subplots(2, 3).flat, strict=True):
        panel.set_title(title, fontsize=9)
        try:
            _answers(panel, make())
        except NotImplementedError:
            panel.text(0.4, 0.5, "...")
        for corner, wanted in zip(CORNERS, truth, strict=True):
            panel.plot(*corner, "o", markersize=8, markeredgecolor="black", color="black" if wanted else "white")
        panel.set(xticks=[0, 1], yticks=[0, 1], xlim=(-0.6, 1.6), ylim=(-0.6, 1.6), aspect="equal")
        panel.tick_params(labelsize=7)
        panel.set_xlabel("$x_1$", fontsize=8)
        panel.set_ylabel("$x_2$", fontsize=8)


def _unit(solution: SimpleNamespace, name: str) -> Answers:
    w, b = solution.gate(name)
    return lambda X: solution.unit(X[:, : len(w)].copy(), w, b)


def _net(solution: SimpleNamespace, layers: list[tuple[np.ndarray, np.ndarray]]) -> Answers:
    return lambda X: solution.run(layers, X.copy())[:, 0]


def _answers(panel: Axes, answers: Answers) -> None:
    values = np.asarray(answers(PLANE), dtype=float).reshape(len(GRID), len(GRID))
    extent = (GRID[0], GRID[-1], GRID[0], GRID[-1])
    panel.imshow(values, "Blues", vmin=0, vmax=2.5, origin="lower", extent=extent, interpolation="none")
    panel.contour(GRID, GRID, values, levels=[0.5], colors=[COLOUR], linewidths=1)
