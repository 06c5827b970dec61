"""A search seen as a table of scores, and what its best network says in the plane.

Seen at a glance: a search that takes another setting than the best, folds that do not differ, a network that was fitted
to scaled features and is asked for others. Three dots: not written yet.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Left: for six settings, sizes of the hidden layer across and alpha up, the mean accuracy over three folds as a"
        " grey value and a number, the scores of the folds as dots below; the best setting has a frame. Right: three "
        "classes of objects in different units on both axes, and the regions that the best network, fitted to all "
        "objects, gives to each class."
    ),
    "ru": (
        "Слева: шесть настроек — размер скрытого слоя по горизонтали, alpha по вертикали; средняя по трём блокам доля "
        "верных ответов показана серым и числом, под ним точками — оценки на блоках; лучшая настройка в рамке. Справа: "
        "объекты трёх классов, по осям разные единицы, и области, которые лучшая сеть, обученная на всех объектах, "
        "отдаёт каждому классу."
    ),
}

COLOURS = ("#0072B2", "#D55E00", "#009E73")
HIDDEN, ALPHAS = [(1,), (3,), (10,)], [0.3, 100.0]


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(6.4, 3.2)
    figure.set_layout_engine("constrained")
    left, right = figure.subplots(1, 2)
    left.set_title("summarise", fontsize=9)
    right.set_title("tuned", fontsize=9)
    X, y = _classes()
    for panel in (left, right):
        panel.tick_params(labelsize=7)
    try:
        search = solution.tuned(X, y, {"net__alpha": ALPHAS, "net__hidden_layer_sizes": HIDDEN}, 3, 0)
    except NotImplementedError:
        right.text(0.5, 0.5, "...", transform=right.transAxes)
        return
    _regions(right, search, X, y)
    try:
        _table(left, solution.summarise(search))
    except NotImplementedError:
        left.text(0.5, 0.5, "...", transform=left.transAxes)


def _classes() -> tuple[np.ndarray, np.ndarray]:
    """Three bent classes; the first feature is in thousands, the second in hundredths."""
    rng = np.random.default_rng(0)
    y = np.arange(120) % 3
    angle = rng.uniform(0, 1, size=120) * 2.2 + 2 * np.pi / 3 * y
    radius = 0.4 + 1.6 * (angle - 2 * np.pi / 3 * y) / 2.2
    points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1) + 0.12 * rng.normal(size=(120, 2))
    return points * np.array([1000.0, 0.01]), y


def _table(panel: Axes, found: dict) -> None:
    scores = np.full((len(ALPHAS), len(HIDDEN)), np.nan)
    for row in found["table"]:
        setting = row["setting"]
        place = ALPHAS.index(setting["net__alpha"]), HIDDEN.index(tuple(setting["net__hidden_layer_sizes"]))
        scores[place] = row["mean"]
        colour = "white" if row["mean"] > 0.6 else "black"
        panel.text(place[1], place[0] + 0.1, f"{row['mean']:.2f}", color=colour, ha="center", fontsize=9)
        across = place[1] - 0.35 + 0.7 * np.array(row["folds"])
        panel.plot(across, [place[0] - 0.25] * len(across), ".", color=colour, markersize=4)
        if setting == found["best"]:
            panel.plot(
                *np.array([[-1, 1, 1, -1, -1], [-1, -1, 1, 1, -1]]) * 0.46 + np.array([[place[1]], [place[0]]]), "r"
            )
    panel.imshow(scores, "gray_r", vmin=0, vmax=1, origin="lower", aspect="auto")
    panel.set(
        xticks=range(len(HIDDEN)), yticks=range(len(ALPHAS)), xlabel="net__hidden_layer_sizes", ylabel="net__alpha"
    )
    panel.set_xticklabels([str(sizes) for sizes in HIDDEN])
    panel.set_yticklabels([f"{alpha:g}" for alpha in ALPHAS])


def _regions(panel: Axes, search: object, X: np.ndarray, y: np.ndarray) -> None:
    across, up = np.linspace(-2500, 2500, 50), np.linspace(-0.025, 0.025, 50)
    grid = np.stack(np.meshgrid(across, up), axis=-1)  # (50, 50, 2)
    said = search.predict(grid.reshape(-1, 2)).reshape(50, 50)
    extent = (across[0], across[-1], up[0], up[-1])
    colours = ListedColormap(COLOURS)
    panel.imshow(said, colours, vmin=0, vmax=2, alpha=0.25, extent=extent, origin="lower", aspect="auto")
    for label, colour in enumerate(COLOURS):
        panel.plot(*X[y == label].T, ".", color=colour, markersize=3)
    panel.set(xticks=[-2000, 0, 2000], yticks=[-0.02, 0, 0.02])
