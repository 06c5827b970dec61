"""Derivatives as small images: what the functions return, above the finite differences of the operations.

Both images of a pair must be the same. A cross marks a cell that is further off than rounding explains; an image of
another shape shows a transposition or a sum too much or too few. Three dots: not written yet.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Twelve derivatives as pairs of images; colours are numbers, red above and blue below zero. The upper image of "
        "a pair is what the function returns, the lower one comes from finite differences of the operation. The two "
        "must agree; cells that do not are crossed."
    ),
    "ru": (
        "Двенадцать производных, по паре картинок на каждую; цвет — число: красный больше нуля, синий меньше. Верхняя "
        "картинка пары — то, что вернула функция, нижняя — конечные разности самой операции. Они должны совпадать; "
        "несовпавшие клетки перечёркнуты."
    ),
}

# What returns the derivative; E as a function of one operand; that operand.
Part = tuple[Callable[[], Any], Callable[[np.ndarray], Any], np.ndarray]


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained", h_pad=0.02)
    panels = figure.subplots(4, 6)
    pairs = [*panels[:2].T, *panels[2:].T]
    for (above, below), (name, (given, operation, at)) in zip(pairs, _parts(solution).items(), strict=True):
        above.set_title(name, fontsize=8, pad=3)
        for panel in (above, below):
            panel.set(xticks=[], yticks=[])
        try:
            returned, expected = np.asarray(given(), dtype=float), _differences(operation, at)
        except NotImplementedError:
            above.text(0.5, 0.5, "...", transform=above.transAxes)
            continue
        _images(above, below, returned, expected)


def _parts(solution: SimpleNamespace) -> dict[str, Part]:
    rng = np.random.default_rng(3)
    A, B, C = rng.normal(size=(5, 3)), rng.normal(size=(3, 4)), rng.normal(size=(5, 3))
    D, row, square = rng.normal(size=(5, 4)), rng.normal(size=4), rng.normal(size=(4, 4)) + 3 * np.eye(4)
    C[1, 1] = C[3, 0] = 0.0
    order = np.array([2, 0, 3, 1])

    def linear() -> Any:
        block = solution.Linear(B, row)
        block.forward(A)
        block.backward(D)
        return block.weight_gradient

    def network() -> Any:
        branches = solution.Parallel([solution.Linear(B, row), solution.Linear(B[::-1], row)])
        return solution.Sequential([solution.Map(np.sin, np.cos), branches])

    def through() -> Any:
        block = network()
        block.forward(A)
        return block.backward(D)

    return {
        "mse": (lambda: solution.mse_gradient(A, C), lambda X: solution.mse(X, C), A),
        "contraction": (
            lambda: solution.contraction_vjp("ij,jk->ik", A, B, D)[1],
            lambda X: np.sum(D * solution.contraction("ij,jk->ik", A, X)),
            B,
        ),
        "sum": (lambda: np.atleast_2d(solution.sum_vjp([D, row], D)[1]), lambda X: np.sum(D * (D + X)), row[None]),
        "matmul": (lambda: solution.matmul_vjp(A, B, D)[0], lambda X: np.sum(D * (X @ B)), A),
        "hadamard": (lambda: solution.hadamard_vjp([A, C], A + 1)[1], lambda X: np.sum((A + 1) * A * X), C),
        "map": (lambda: solution.map_vjp(np.cos, A, C), lambda X: np.sum(C * np.sin(X)), A),
        "inverse": (lambda: solution.inverse_vjp(square, D[:4]), lambda X: np.sum(D[:4] * np.linalg.inv(X)), square),
        "transpose": (lambda: solution.transpose_vjp(D), lambda X: np.sum(D * X.T), D.T),
        "permute": (
            lambda: np.atleast_2d(solution.permute_vjp(order, D[0])),
            lambda X: np.sum(D[0] * X[0, order]),
            row[None],
        ),
        "sort": (lambda: solution.sort_vjp(A, C), lambda X: np.sum(C * np.sort(X, axis=-1)), A),
        "Linear": (linear, lambda X: np.sum(D * solution.Linear(X, row).forward(A)), B),
        "Sequential": (through, lambda X: np.sum(D * network().forward(X)), A),
    }


def _differences(operation: Callable[[np.ndarray], Any], at: np.ndarray) -> np.ndarray:
    """(E(X + h) - E(X - h)) / 2h for each entry of X."""
    slopes = np.empty(at.shape)
    for place in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[place] = 1e-5
        slopes[place] = (operation(at + step) - operation(at - step)) / 2e-5
    return slopes


def _images(above: Axes, below: Axes, returned: np.ndarray, expected: np.ndarray) -> None:
    """Both in one scale of colours, and crosses where they differ by more than rounding."""
    scale = float(np.abs(expected).max())
    for panel, values in ((above, returned), (below, expected)):
        panel.imshow(values, cmap="RdBu_r", vmin=-scale, vmax=scale, interpolation="none", aspect="auto")
    if returned.shape == expected.shape:
        rows, columns = np.nonzero(~np.isclose(returned, expected, rtol=1e-4, atol=1e-5 * scale))
        above.plot(columns, rows, "x", color="black", markersize=5)
