"""The merits of all sets, what a feature tells beyond its blanket, the blankets, and the order of removal.

Crosses stand where the right values lie, so each wrong function is seen by itself.
"""

from itertools import combinations
from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Four panels; what the functions return must lie on the crosses. Above on the left merit of all sets of six "
        "features, by their size, and a circle around the set that cfs finds: it has three features and the largest "
        "merit. Above on the right expected_kl of a bit that equals the class, with a blanket that agrees with it in "
        "half to all of the objects: it falls from ln 2 to 0; with an empty blanket, the dashed line, it is ln 2. "
        "Below on the left the blankets of size 2 for six features: in each row f two squares; 0, 2, 4 and 1, 3 "
        "belong together, 5 is noise. Below on the right the order in which markov_filter removes four of the six, "
        "a feature for each step: 4, 5, 2, 3. Of each group one is left."
    ),
    "ru": (
        "Четыре панели; то, что возвращают функции, должно лежать на крестиках. Сверху слева merit всех наборов из "
        "шести признаков в зависимости от размера и кружок вокруг набора, который находит cfs: в нём три признака и "
        "наибольшее качество. Сверху справа expected_kl бита, равного классу, с одеялом, которое совпадает с ним у "
        "доли объектов от половины до всех: величина падает от ln 2 до 0; с пустым одеялом (штриховая линия) она "
        "равна ln 2. Снизу слева одеяла размера 2 для шести признаков: в каждой строке f два квадрата; 0, 2, 4 и 1, 3 "
        "связаны между собой, 5 — шум. Снизу справа порядок, в котором markov_filter удаляет четыре признака из "
        "шести, по признаку на шаг: 4, 5, 2, 3. От каждой группы остаётся по одному."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    parts = [_merits, _divergence, _blankets, _removal]
    titles = ["merit, cfs", "expected_kl", "blanket", "markov_filter"]
    for panel, part, title in zip(figure.subplots(2, 2).flat, parts, titles, strict=True):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        part(panel, solution)
        panel.xaxis.label.set_size(8)
        panel.yaxis.label.set_size(8)


def _merits(panel: Axes, solution: SimpleNamespace) -> None:
    rng = np.random.default_rng(4)
    Z = rng.normal(size=(60, 3))
    X = np.column_stack([Z, Z[:, :2] + 0.6 * rng.normal(size=(60, 2)), rng.normal(size=60)])
    y = Z @ [1.0, 0.8, 0.6]
    r = np.abs(np.corrcoef(np.column_stack([X, y]).T))
    sets = [s for k in range(1, 7) for s in combinations(range(6), k)]
    inside = [(r[list(s), 6], r[np.ix_(s, s)]) for s in sets]
    sizes = np.array([len(s) for s in sets])
    right = np.array([with_y.sum() / np.sqrt(among.sum()) for with_y, among in inside])
    panel.plot(sizes, right, "x", color=GREY, markersize=5)
    best = sets[int(right.argmax())]
    panel.plot(len(best), right.max(), "x", color="black", markersize=9)
    try:
        panel.plot(sizes, [float(solution.merit(*pair)) for pair in inside], ".", color=BLUE, markersize=3)
        found = tuple(int(j) for j in solution.cfs(X, y))
        if found in sets:
            panel.plot(len(found), right[sets.index(found)], "o", color=RED, markersize=11, fillstyle="none")
    except NotImplementedError:
        panel.set_facecolor("#eeeeee")
    panel.set(xlabel="k", ylabel="merit")


def _divergence(panel: Axes, solution: SimpleNamespace) -> None:
    half = 20
    c = np.repeat([0, 1], half)
    agree = np.arange(half // 2, half + 1, 2)
    others = [np.concatenate([np.arange(half) >= k, np.arange(half) < k]).astype(int) for k in agree]
    p = agree / half
    right = -sum(q * np.log(np.where(q > 0, q, 1)) for q in (p, 1 - p))
    panel.plot(p, right, "x", color=GREY, markersize=7)
    try:
        found = [float(solution.expected_kl(np.column_stack([c, m]), c, 0, [1])) for m in others]
        panel.plot(p, found, "o-", color=BLUE, markersize=3, linewidth=1)
        alone = float(solution.expected_kl(np.column_stack([c, c]), c, 0, []))
        panel.axhline(alone, color=RED, linestyle="--", linewidth=1)
    except NotImplementedError:
        pass
    panel.set(xlabel="P(m = x)", ylim=(-0.03, 0.8))


def _table() -> tuple[np.ndarray, np.ndarray]:
    """Two bits that make the class, two noisy copies of the first, one of the second, and noise."""
    rng = np.random.default_rng(2)
    a, b, noise = rng.integers(2, size=(3, 200))
    copies = [np.where(rng.random(200) < share, 1 - bit, bit) for bit, share in ((a, 0.05), (b, 0.1), (a, 0.15))]
    return np.column_stack([a, b, copies[0], copies[1], copies[2], noise]), 2 * a + b


def _blankets(panel: Axes, solution: SimpleNamespace) -> None:
    X, _ = _table()
    r = np.abs(np.corrcoef(X.T))
    for f in range(6):
        right = sorted(set(range(6)) - {f}, key=lambda j: -r[f, j])[:2]
        panel.plot(right, [f, f], "x", color=GREY, markersize=9)
        try:
            found = [int(j) for j in solution.blanket(X, f, list(range(6)), 2)]
        except NotImplementedError:
            continue
        panel.plot(found, [f] * len(found), "s", color=BLUE, markersize=4)
    panel.set(xticks=range(6), yticks=range(6), ylabel="f", xlim=(-0.5, 5.5), ylim=(5.5, -0.5))


def _removal(panel: Axes, solution: SimpleNamespace) -> None:
    X, y = _table()
    right = [4, 5, 2, 3]
    panel.plot(range(1, 5), right, "x", color=GREY, markersize=9)
    try:
        found = [int(j) for j in solution.markov_filter(X, y, 2, 2)]
        panel.plot(range(1, len(found) + 1), found, "o-", color=BLUE, markersize=4, linewidth=1)
    except NotImplementedError:
        pass
    panel.set(xticks=range(1, 5), yticks=range(6), ylim=(-0.5, 5.5))
