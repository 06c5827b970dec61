"""Bags, weights, sums of vectors, and search, over six small documents whose words are letters.

Seen at a glance: columns in another order, words seen once instead of counted, a common word that keeps a weight, a
long document that weighs too much, a mean for a sum, ties the wrong way. Three dots: not written yet.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top left: how often each word (column, by alphabet) occurs in each document (row). Top right: TF-IDF; the "
        "word a, which all documents have, has no weight, and long documents weigh no more than short ones. Bottom "
        "left: a text as a sum of vectors, word by word; the ring is text_vector. Bottom right: at which place each "
        "document (column) is found by each query (row); the fourth document is the first one three times over."
    ),
    "ru": (
        "Слева сверху: сколько раз каждое слово (столбец, по алфавиту) встречается в каждом документе (строка). Справа "
        "сверху: TF-IDF; слово a есть во всех документах и веса не имеет, длинные документы весят не больше коротких. "
        "Слева снизу: текст как сумма векторов, слово за словом; кольцо — text_vector. Справа снизу: на каком месте "
        "каждый документ (столбец) найден по каждому запросу (строка); четвёртый документ — это первый три раза подряд."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"
DOCUMENTS = [list(text) for text in ("bac", "adde", "aeefgg", "bacbacbac", "ah", "acccccccch")]
QUERIES = [list(text) for text in ("bc", "g", "ch", "z")]


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels: list[Callable[[SimpleNamespace, Axes], None]] = [_bags, _weights, _sums, _places]
    names = ("bag", "tfidf", "text_vector", "search")
    for axes, panel, name in zip(figure.subplots(2, 2).flat, panels, names, strict=True):
        axes.set_title(name, fontsize=9)
        axes.tick_params(labelsize=7)
        try:
            panel(solution, axes)
        except NotImplementedError:
            axes.text(0.5, 0.5, "...", transform=axes.transAxes)


def _bags(solution: SimpleNamespace, axes: Axes) -> None:
    known = solution.vocabulary(DOCUMENTS)
    _table(axes, solution.bag(DOCUMENTS, known).toarray(), known, "{:.0f}")


def _weights(solution: SimpleNamespace, axes: Axes) -> None:
    known = solution.vocabulary(DOCUMENTS)
    _table(axes, solution.tfidf(DOCUMENTS, known).toarray(), known, "{:.2f}")


def _table(axes: Axes, values: Any, known: dict[str, int], form: str) -> None:
    axes.imshow(values, "Blues", vmin=0, vmax=2 * max(float(np.max(values)), 1e-9), interpolation="none", aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        if value:
            axes.text(column, row, form.format(value), ha="center", va="center", fontsize=6)
    axes.set_xticks(list(known.values()), list(known))
    axes.set_yticks(range(len(DOCUMENTS)), ["".join(words) for words in DOCUMENTS])


def _sums(solution: SimpleNamespace, axes: Axes) -> None:
    known = {"c": 0, "a": 1, "b": 2}
    E = np.array([[1.0, -1.5], [1.5, 1.0], [-0.5, 2.0]])
    for words, colour in ((list("abcab"), BLUE), (list("cczcb"), RED)):
        steps = [E[known[word]] for word in words if word in known]
        path = np.vstack([np.zeros(2), np.cumsum(steps, axis=0)])
        axes.plot(path[:, 0], path[:, 1], ".-", color=colour, linewidth=0.8)
        end = solution.text_vector(words, known, E)
        axes.plot(end[0], end[1], "o", markerfacecolor="none", markeredgecolor=colour, markersize=10)
        axes.text(end[0] + 0.3, end[1], "".join(words), color=colour, fontsize=8)
    axes.set(xlim=(-1, 6), ylim=(-5.5, 6), xticks=[0], yticks=[0])


def _places(solution: SimpleNamespace, axes: Axes) -> None:
    places = np.full((len(QUERIES), len(DOCUMENTS)), np.nan)
    for row, query in enumerate(QUERIES):
        for place, found in enumerate(solution.search(query, DOCUMENTS, len(DOCUMENTS))):
            places[row, found] = place + 1
    axes.imshow(places, "Blues_r", vmin=1, vmax=8, interpolation="none", aspect="auto")
    for (row, column), place in np.ndenumerate(places):
        if np.isfinite(place):
            axes.text(
                column,
                row,
                f"{place:.0f}",
                ha="center",
                va="center",
                fontsize=7,
                color="black" if place > 2 else "white",
            )
    axes.set_yticks(range(len(QUERIES)), ["".join(query) for query in QUERIES])
    axes.set_xticks(range(len(DOCUMENTS)), ["".join(words) for words in DOCUMENTS], rotation=20)
