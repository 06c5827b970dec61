"""Six planted features under every measure, and how many features each cut rule keeps of one list of scores.

Crosses stand where the right values lie, so each wrong function is seen by itself.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Four panels; the values of the functions must lie on the crosses. Above on the left euclid, divided by its "
        "largest value, pearson and spearman of six features: a rising line, a falling line, exp, a parabola, noise, a "
        "constant. Only the first three are far from 0 in the correlations, and spearman alone is 1 for exp; for the "
        "constant both are 0. Above on the right inner and outer distances and conditional_variance of a feature whose "
        "two classes move apart: outer rises along a line, the other two stay. Below on the left info_gain, gini_gain "
        "and chi2 / n of a feature that agrees with a class of two values in half to all of the objects: all three "
        "rise from 0, two of them end at 1, gini_gain at 0.5. Below on the right eight scores in descending order, the "
        "pieces of the broken stick as a dashed line, the chord of the elbow, and for each rule a bar over the "
        "features that it keeps."
    ),
    "ru": (
        "Четыре панели; значения функций должны лежать на крестиках. Сверху слева euclid, делённый на наибольшее "
        "значение, pearson и spearman шести признаков: возрастающая прямая, убывающая прямая, exp, парабола, шум, "
        "постоянная. Корреляции далеки от 0 только у первых трёх, и лишь spearman для exp равна 1; для постоянной обе "
        "равны 0. Сверху справа расстояния inner и outer и conditional_variance признака, два класса которого "
        "расходятся: outer растёт вдоль прямой, остальные не меняются. Снизу слева info_gain, gini_gain и chi2 / n "
        "признака, который совпадает с классом у доли объектов от половины до всех: все три растут от 0, две кончаются "
        "на 1, gini_gain на 0.5. Снизу справа восемь оценок по убыванию, куски сломанной трости штриховой линией, "
        "хорда локтя и для каждого правила полоса над признаками, которые оно оставляет."
    ),
}

BLUE, RED, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#999999"
FEATURES = ("x", "-x", "exp", "x^2", "noise", "const")


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    parts = [_correlations, _classes, _categories, _rules]
    titles = ["euclid, pearson, spearman", "pairwise, conditional_variance", "info_gain, gini_gain, chi2 / n", "cuts"]
    for panel, part, title in zip(figure.subplots(2, 2).flat, parts, titles, strict=True):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        part(panel, solution)
        panel.xaxis.label.set_size(8)


def _features() -> tuple[np.ndarray, np.ndarray]:
    """All six columns, and the target, which is x itself."""
    x = np.arange(-20, 21) / 10  # x^2 has exactly equal values
    noise = np.random.default_rng(3).normal(size=41)
    return np.column_stack([x, -x, np.exp(3 * x), x**2, noise, np.full(41, 0.1)]), x


def _line(panel: Axes, label: str, colour: str, places, right, values) -> None:
    """Crosses where the values belong, and a line through the student's; without it where nothing is written yet."""
    panel.plot(places, right, "x", color=GREY, markersize=6)
    try:
        found = np.asarray(values(), dtype=float)
    except NotImplementedError:
        return
    panel.plot(places, found, "o-", color=colour, markersize=2.5, linewidth=1, label=label)


def _ranked(X: np.ndarray) -> np.ndarray:
    return (X[:, None] < X[None]).sum(axis=0) * -1.0 + (X[:, None] > X[None]).sum(axis=0)


def _unit(X: np.ndarray) -> np.ndarray:
    X = X - X.mean(axis=0)
    length = np.sqrt((X**2).sum(axis=0))
    return X / np.where(length > 1e-9, length, 1) * (length > 1e-9)


def _correlations(panel: Axes, solution: SimpleNamespace) -> None:
    X, y = _features()
    n, target = len(y), y[:, None]
    distances = np.sqrt(n * ((_unit(X) - _unit(target)) ** 2).sum(axis=0))
    largest = 2 * np.sqrt(n)
    places = np.arange(len(FEATURES))
    _line(panel, "euclid", GREEN, places, distances / largest, lambda: solution.euclid(X, y) / largest)
    _line(panel, "pearson", BLUE, places, _unit(target)[:, 0] @ _unit(X), lambda: solution.pearson(X, y))
    right = _unit(_ranked(target))[:, 0] @ _unit(_ranked(X))
    _line(panel, "spearman", RED, places, right, lambda: solution.spearman(X, y))
    panel.set(xticks=places, xticklabels=FEATURES)
    panel.legend(fontsize=6, loc="lower right")


def _classes(panel: Axes, solution: SimpleNamespace) -> None:
    c = np.repeat([0, 1], 20)
    within = np.random.default_rng(5).normal(size=40)
    gaps = np.arange(0.0, 7.0, 1.5)
    tables = [(np.abs((x := within + gap * c)[:, None] - x), x) for gap in gaps]
    same, pair = c[:, None] == c, ~np.eye(40, dtype=bool)
    inner = [t[same & pair].mean() for t, _ in tables]
    outer = [t[~same].mean() for t, _ in tables]
    variance = [(x[:20].var() + x[20:].var()) / 2 for _, x in tables]
    _line(panel, "inner", GREEN, gaps, inner, lambda: [solution.pairwise(x, c)[0] for _, x in tables])
    _line(panel, "outer", BLUE, gaps, outer, lambda: [solution.pairwise(x, c)[1] for _, x in tables])
    values = [x for _, x in tables]
    _line(panel, "variance", RED, gaps, variance, lambda: [solution.conditional_variance(x, c) for x in values])
    panel.set(xlabel="mean(x | 1) - mean(x | 0)")
    panel.legend(fontsize=6, loc="upper left")


def _categories(panel: Axes, solution: SimpleNamespace) -> None:
    half = 20
    c = np.repeat([0, 1], half)
    agree = np.arange(half // 2, half + 1, 2)
    features = [np.concatenate([np.arange(half) >= k, np.arange(half) < k]).astype(int) for k in agree]
    p = agree / half
    bits = 1 + sum(q * np.log2(np.where(q > 0, q, 1)) for q in (p, 1 - p))
    gini = 0.5 - 2 * p * (1 - p)
    _line(panel, "info_gain", BLUE, p, bits, lambda: [solution.info_gain(a, c) for a in features])
    _line(panel, "gini_gain", RED, p, gini, lambda: [solution.gini_gain(a, c) for a in features])
    _line(panel, "chi2 / n", GREEN, p, (2 * p - 1) ** 2, lambda: [solution.chi2(a, c) / (2 * half) for a in features])
    panel.set(xlabel="P(a = c)", ylim=(-0.05, 1.05))
    panel.legend(fontsize=6, loc="upper left")


def _rules(panel: Axes, solution: SimpleNamespace) -> None:
    ordered = np.array([0.45, 0.26, 0.10, 0.08, 0.05, 0.03, 0.02, 0.01])
    mixed = np.array([4, 1, 6, 0, 3, 7, 2, 5])  # the feature at each place of the order
    scores = np.empty(8)
    scores[mixed] = ordered
    places = np.arange(1, 9)
    pieces = np.array([sum(1 / j for j in range(i, 9)) / 8 for i in range(1, 9)])
    panel.plot(places, ordered, "o-", color="black", markersize=3, linewidth=0.8)
    panel.plot(places, pieces, "--", color=GREY, linewidth=1.2)
    panel.plot([1, 8], ordered[[0, -1]], ":", color=RED, linewidth=1)
    rules = [
        ("top", 5, (5,)),
        ("above", 4, (0.08,)),
        ("integral", 5, (0.9,)),
        ("broken_stick", 2, ()),
        ("elbow", 3, ()),
    ]
    for row, (name, right, more) in enumerate(rules):
        height = 0.88 - 0.075 * row
        panel.plot([right], [height], "x", color=GREY, markersize=7)
        panel.text(8.3, height, name, fontsize=6, ha="right", va="center")
        try:
            kept = np.asarray(getattr(solution, name)(scores, *more), dtype=int)
        except NotImplementedError:
            continue
        where = [int(np.flatnonzero(mixed == j)[0]) + 1 for j in kept]
        panel.plot(where, [height] * len(where), "s-", color=BLUE, markersize=3, linewidth=2)
    panel.set(xlabel="i", ylim=(-0.02, 0.95))
