"""Every index as a small curve: internal ones over the number of clusters, external ones over the wrong labels.

An internal curve has a line at the four clusters that were planted, and the value there below it; below an external one
stands its last value. A diamond is the best value. Seen at a glance: an index that does not choose the four, one of
another scale, an external one that does not get worse with every wrong label. Three dots: not written yet.
"""

from collections.abc import Sequence
from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Blue: the internal indices of clusterings of the same objects with 2 to 7 clusters; the line marks the 4 that "
        "were planted, the number is the value there, the diamond the best value. All but cohesion and separation, "
        "which only fall and grow, have it at the line. Red: the external indices as more and more labels are made "
        "wrong, from their best on the left to the last value, the number. The last panel has the numbers of pairs TP, "
        "FP, FN, TN, one on top of another."
    ),
    "ru": (
        "Синие кривые — внутренние меры для разбиений одних и тех же объектов на 2–7 кластеров; черта отмечает "
        "заложенные 4, число — значение там, ромб — лучшее значение. У всех мер оно на черте, кроме cohesion, которая "
        "только убывает, и separation, которая только растёт. Красные — внешние меры, когда испорчено всё больше "
        "меток: от лучшего значения слева до последнего, оно и подписано. На последней панели — числа пар TP, FP, FN, "
        "TN, одно над другим."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"
PAIRS = ("#0072B2", "#D55E00", "#E69F00", "#bbbbbb")
# Whether more is better, as the tables of the statement have it.
INTERNAL = {
    "cohesion": False, "separation": True, "calinski_harabasz": True, "score_function": True, "silhouette": True,
    "dunn": True, "gd31": True, "gd41": True, "gd51": True, "gd33": True, "gd43": True, "gd53": True,
    "davies_bouldin": False, "davies_bouldin_star": False, "cop": False, "cs": False, "sv": True, "os_index": False,
    "c_index": False, "gamma": False, "s_dbw": False, "sym": True, "sym_db": False, "sym_d": True, "sym_33": True,
}  # fmt: skip
EXTERNAL = {
    "rand_index": True, "adjusted_rand": True, "jaccard": True, "fowlkes_mallows": True, "hubert_gamma": True,
    "phi": True, "minkowski": False, "purity": True, "goodman_kruskal": False, "variation_of_information": False,
}  # fmt: skip
PLANTED = 4
CLUSTERS = range(2, 8)
WRONG = range(0, 28, 4)


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    X, true = _objects(), _clustering(PLANTED)
    clusterings, wrong = [_clustering(k) for k in CLUSTERS], [_wrong(count) for count in WRONG]
    names = [*INTERNAL, *EXTERNAL, "pair_counts"]
    panels = dict(zip(names, figure.subplots(6, 6).flat, strict=True))
    for name, panel in panels.items():
        panel.set_title(name, fontsize=5.5, pad=2)
        panel.set(xticks=[], yticks=[], facecolor="#f3f3f3")
        panel.margins(0.1, 0.2)
        panel.spines[:].set_visible(False)
        index = getattr(solution, name)
        try:
            if name in INTERNAL:
                panel.axvline(PLANTED, color=GREY, linewidth=0.8, clip_on=False)
                _curve(panel, CLUSTERS, [index(X, labels) for labels in clusterings], INTERNAL[name], BLUE, 2)
            elif name in EXTERNAL:
                _curve(panel, WRONG, [index(true, labels) for labels in wrong], EXTERNAL[name], RED, -1)
            else:
                panel.stackplot(WRONG, np.transpose([index(true, labels) for labels in wrong]), colors=PAIRS)
        except NotImplementedError:
            panel.text(0.5, 0.4, "...", transform=panel.transAxes)


def _objects() -> np.ndarray:
    """Four clusters of eight objects, one after another."""
    middles = np.repeat([[0.0, 0.0], [4.5, 0.3], [0.4, 4.0], [5.0, 4.6]], 8, axis=0)
    return middles + np.random.default_rng(7).normal(scale=0.6, size=middles.shape)


def _clustering(k: int) -> np.ndarray:
    """The planted clusters: the last ones joined where k is below 4, the first ones halved where it is above."""
    planted = np.repeat(np.arange(4), 8)
    halves = np.tile(np.repeat([0, 1], 4), 4) * (planted < k - PLANTED)
    return np.asarray(np.minimum(planted, k - 1) + PLANTED * (1 + planted) * halves)


def _wrong(count: int) -> np.ndarray:
    """The planted clustering with so many labels moved on to the next cluster."""
    labels = _clustering(PLANTED)
    places = np.random.default_rng(1).permutation(len(labels))[:count]
    labels[places] = (labels[places] + 1 + np.arange(count) % 3) % 4
    return labels


def _curve(panel: Axes, x: Sequence[int], values: Sequence[float], more: bool, colour: str, label: int) -> None:
    """The values, a diamond at the best of them, and one of them as a number."""
    best = int(np.nanargmax(values) if more else np.nanargmin(values))
    panel.plot(x, values, color=colour, linewidth=1.2, clip_on=False)
    panel.plot(x[best], values[best], "D", color=colour, markersize=4, clip_on=False)
    panel.set_xlabel(f"{values[label]:.3g}", fontsize=5.5, labelpad=1)
