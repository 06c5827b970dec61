"""Where n-grams fall, how alike the forms of some words are, and what training makes of words and of unknown forms.

Seen at a glance: a hash that fills some rows only, forms that have nothing in common, topics that were not learned,
unknown forms that lie anywhere.
"""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Three panels. Left: how many of the n-grams of 270 forms fall into each of 16 buckets: columns of about "
        "equal height, "
        "around the dashed line. Middle: cosines between the vectors of five forms each of three words, tables still "
        "random: three dark squares on the diagonal, lighter ones elsewhere. Right: after train, the vectors "
        "along the two "
        "directions in which they differ most; each of three topics has a colour, its words (dots) lie together, "
        "and forms that no sentence had (crosses) lie among the dots of their colour."
    ),
    "ru": (
        "Три панели. Слева: сколько n-грамм 270 форм попало в каждую из 16 строк: столбцы примерно одной высоты, около "
        "штриховой линии. В середине: косинусы между векторами пяти форм каждого из трёх слов, таблицы ещё случайные: "
        "три тёмных квадрата на диагонали, вокруг светлее. Справа: векторы после train вдоль двух направлений, в "
        "которых "
        "они различаются сильнее всего; у каждой из трёх тем свой цвет, её слова (точки) лежат рядом, а формы, "
        "которых не было "
        "ни в одном предложении (крестики), — среди точек своего цвета."
    ),
}

COLOURS = ("#0072B2", "#D55E00", "#009E73")
TOPICS = (("кошк", "собак", "птичк"), ("ракет", "планет", "комет"), ("скрипк", "гитар", "флейт"))
ENDINGS = ("а", "у", "ой", "ами", "ах")


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(8.0, 3.0)
    figure.set_layout_engine("constrained")
    parts: dict[str, Callable[[Axes, SimpleNamespace], None]] = {
        "bucket(ngram, 16)": _buckets,
        "cos(word_vector)": _cosines,
        "train, word_vector": _trained,
    }
    for (title, part), panel in zip(parts.items(), figure.subplots(1, 3).flat, strict=True):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(panel, solution)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _forms(stems: tuple[str, ...]) -> list[str]:
    return [stem + ending for stem in stems for ending in ENDINGS]


def _buckets(panel: Axes, solution: SimpleNamespace) -> None:
    prefixes = ("", "за", "пере", "от", "вы", "недо")
    words = [prefix + form for prefix in prefixes for topic in TOPICS for form in _forms(topic)]
    ngrams = sorted({ngram for word in words for ngram in solution.ngrams(word)})
    rows = [solution.bucket(ngram, 16) for ngram in ngrams]
    panel.bar(np.arange(16), np.bincount(rows, minlength=16), color=COLOURS[0])
    panel.set_xticks([0, 5, 10, 15])
    panel.axhline(len(ngrams) / 16, linestyle="--", color="#999999", linewidth=1)


def _cosines(panel: Axes, solution: SimpleNamespace) -> None:
    rng = np.random.default_rng(3)
    W, N = rng.normal(size=(1, 40)), rng.normal(size=(2000, 40))
    words = _forms(("кошк", "планет", "гитар"))
    vectors = np.array([np.asarray(solution.word_vector(word, {}, W, N)) for word in words])
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    panel.imshow(vectors @ vectors.T, cmap="Greys", vmin=0.0, vmax=1.0)
    panel.set_yticks(np.arange(len(words)), words, fontsize=6)
    panel.set_xticks([])


def _trained(panel: Axes, solution: SimpleNamespace) -> None:
    rng = np.random.default_rng(5)
    said, unsaid = [_forms(topic)[:-1] for topic in TOPICS], [_forms(topic)[-1] for topic in TOPICS]
    topics = rng.integers(3, size=90)
    sentences = [[said[topic][int(i)] for i in rng.integers(len(said[topic]), size=6)] for topic in topics]
    known, W, N, _ = solution.train(
        sentences, 12, buckets=1000, window=2, negatives=3, rate=0.05, epochs=3, rng=np.random.default_rng(6)
    )
    groups = [np.array([solution.word_vector(word, known, W, N) for word in words if word in known]) for words in said]
    everything = np.vstack(groups)
    mean = everything.mean(axis=0)
    plane = np.linalg.svd(everything - mean)[2][:2].T
    for group, word, colour in zip(groups, unsaid, COLOURS, strict=True):
        x, y = ((group - mean) @ plane).T
        panel.plot(x, y, ".", color=colour, markersize=4)
        x, y = (np.asarray(solution.word_vector(word, known, W, N)) - mean) @ plane
        panel.plot(x, y, "x", color=colour, markersize=9, markeredgewidth=2)
