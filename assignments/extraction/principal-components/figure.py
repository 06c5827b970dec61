"""Objects with their components, the shares that are lost, two rings by kernel PCA, a map drawn from distances.

Seen at a glance: an axis that misses the mean or is not orthogonal, EM in another subspace, rings that stay mixed, new
objects beside the training ones, a map that does not close, a stress that rises. Three dots: not written yet.
"""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top left: a long cloud of objects away from the origin. Both axes of pca, blue, cross in its middle at a "
        "right angle, the longer one along the cloud; red dots, the objects restored from one component, lie on "
        "it; the line of empca, black and dotted, covers it. Top right: bars of E(k) for five features; they fall "
        "to 0. Bottom left: two rings, one inside the other, by kernel PCA with a Gaussian kernel: the inner "
        "ring, blue, lies to one side of the outer one, red; crosses are new objects of both rings, and they lie "
        "among their own. Bottom right: twelve points of a ring road from their distances; those of "
        "classical_mds, blue, and of smacof, red, form a closed ring each; the inset is the stress after each "
        "step, which never rises."
    ),
    "ru": (
        "Слева сверху — вытянутое облако объектов вдали от нуля. Обе оси pca (синие) пересекаются в его середине "
        "под прямым углом, длинная идёт вдоль облака; красные точки — объекты, восстановленные по одной "
        "компоненте, — лежат на ней; прямая empca (чёрный пунктир) с ней совпадает. Справа сверху — столбики E(k) "
        "для пяти признаков; они убывают до 0. Слева снизу — два кольца, одно внутри другого, после ядерного PCA "
        "с гауссовым ядром: внутреннее (синее) лежит в стороне от внешнего (красного); крестики — новые объекты "
        "обоих колец, они лежат среди своих. Справа снизу — двенадцать точек кольцевой дороги по расстояниям "
        "между ними; точки classical_mds (синие) и smacof (красные) образуют по замкнутому кольцу; на врезке — "
        "стресс после каждого шага, он не растёт."
    ),
}

BLUE, RED = "#0072B2", "#D55E00"


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(6.8, 5.6)
    figure.set_layout_engine("constrained")
    parts: dict[str, Callable[[SimpleNamespace, Axes], None]] = {
        "pca, restore, empca": _cloud,
        "lost": _shares,
        "kernel_pca, kernel_transform": _rings,
        "classical_mds, smacof": _road,
    }
    for (title, part), panel in zip(parts.items(), figure.subplots(2, 2).flat, strict=True):
        panel.set_title(title, fontsize=8)
        panel.tick_params(labelsize=6)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _cloud(solution: SimpleNamespace, panel: Axes) -> None:
    turn = np.array([[0.8, 0.6], [-0.6, 0.8]])
    F = np.random.default_rng(3).normal(size=(40, 2)) * (2.2, 0.6) @ turn + (5.0, 3.0)
    panel.plot(*F.T, ".", color="#999999", markersize=4)
    panel.set(aspect="equal", xlim=(-1, 11), ylim=(-1.5, 7.5))
    _, U, values, mean = solution.pca(F.copy(), 2)
    for direction, value in zip(U.T, values, strict=True):
        ends = mean + np.outer((-2, 2), direction) * np.sqrt(value / len(F))
        panel.plot(*ends.T, color=BLUE, linewidth=1.5)
    G, first, _, mean = solution.pca(F.copy(), 1)
    panel.plot(*solution.restore(G, first, mean).T, ".", color=RED, markersize=3)
    _, basis, mean = solution.empca(F.copy(), np.array([[0.0], [1.0]]), 30)
    panel.plot(*(mean + np.outer((-6, 6), basis[:, 0])).T, ":", color="black", linewidth=1)


def _shares(solution: SimpleNamespace, panel: Axes) -> None:
    values = np.array([50.0, 30.0, 12.0, 6.0, 2.0])
    panel.bar(range(6), [solution.lost(values.copy(), k) for k in range(6)], color=BLUE, width=0.6)
    panel.set(xlabel="k", ylim=(0, 1.05))
    panel.set_ylabel("E(k)", fontsize=7)
    panel.xaxis.label.set_size(7)


def _ring(count: int, radius: float, seed: int) -> np.ndarray:
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False) + 0.1 * seed
    noise = np.random.default_rng(seed).normal(scale=0.1, size=(count, 2))
    return radius * np.column_stack([np.cos(angles), np.sin(angles)]) + noise


def _gaussian(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    return np.exp(-0.35 * ((X[:, None] - Y[None]) ** 2).sum(axis=2))


def _rings(solution: SimpleNamespace, panel: Axes) -> None:
    X = np.concatenate([_ring(20, 0.6, 1), _ring(40, 2.4, 2)])
    K = _gaussian(X, X)
    Z, A, values = solution.kernel_pca(K.copy(), 3)
    for own, colour in ((slice(20), BLUE), (slice(20, None), RED)):
        panel.plot(Z[own, 2], Z[own, 0], ".", color=colour, markersize=4)
    for radius, seed, colour in ((0.6, 3, BLUE), (2.4, 4, RED)):
        new = solution.kernel_transform(_gaussian(_ring(8, radius, seed), X), K.copy(), A, values)
        panel.plot(new[:, 2], new[:, 0], "x", color=colour, markersize=5)
    panel.set_aspect("equal", "datalim")


def _road(solution: SimpleNamespace, panel: Axes) -> None:
    apart = np.abs(np.subtract.outer(np.arange(12), np.arange(12)))
    D = np.minimum(apart, 12 - apart) * 1.0  # along the road
    panel.set(aspect="equal", xlim=(-3.2, 8.0), ylim=(-3, 3))
    start = _ring(12, 1.5, 5) * (1.0, 0.3)
    Y, history = solution.smacof(D.copy(), start, 25)
    panel.plot(*Y[[*range(12), 0]].T, "o-", color=RED, markersize=3, linewidth=0.8)
    inset = panel.inset_axes((0.68, 0.2, 0.3, 0.6))
    inset.plot(history, color=RED, linewidth=1)
    inset.tick_params(labelsize=5)
    inset.set_ylim(0, None)
    Y = solution.classical_mds(D.copy(), 2)
    panel.plot(*Y[[*range(12), 0]].T, "o-", color=BLUE, markersize=3, linewidth=0.8)
