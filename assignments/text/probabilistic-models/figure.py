"""Topics of small pictures whose words are pixels, the likelihood sweep by sweep, and perplexities against n.

Seen at a glance: topics that are mixed, or all alike (words that play no part, counts that go astray); a likelihood
that does not rise and then wander; a perplexity that is the same for new sentences and for known ones.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "The words are the 16 pixels of a square, and each of four planted topics is one bar: a row or a column. "
        "Every document, of which four are shown above as counts of pixels, mixes these bars. Below them, the four "
        "rows of phi that lda has found, in the order in which it found them: four bars, two of them lying and two "
        "standing. At the bottom left, history of three runs: it rises for ten or twenty sweeps, then wanders. At the "
        "bottom right, the perplexity of known and of new sentences against n: for the known ones it falls, for the "
        "new ones it is lowest at n = 2, as the sentences were made by pairs."
    ),
    "ru": (
        "Слова — это 16 пикселей квадрата, а каждая из четырёх заложенных тем — полоса: строка или столбец. Документ "
        "смешивает эти полосы; наверху показаны четыре документа в виде счётчиков пикселей. Под ними четыре строки "
        "phi, которые нашла lda, в том порядке, в каком она их нашла: две лежачие и две стоячие полосы. Внизу слева — "
        "history трёх запусков: десять-двадцать проходов она растёт, а потом колеблется. Внизу справа — перплексия "
        "знакомых и новых предложений в зависимости от n: для знакомых она падает, для новых наименьшая при n = 2, "
        "потому что предложения составлены из пар."
    ),
}
SIDE, LENGTH, SWEEPS = 4, 24, 25


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(6.4, 5.2)
    figure.set_layout_engine("constrained")
    documents = _documents(np.random.default_rng(3), 50)
    rows = [[f"d{i}" for i in range(4)], [f"k{i}" for i in range(4)]]
    panels = figure.subplot_mosaic([*rows, ["history"] * 2 + ["perplexity"] * 2], height_ratios=[1, 1, 1.5])
    runs = [
        solution.lda(
            [document.copy() for document in documents], SIDE**2, 4, 0.2, 0.1, SWEEPS, np.random.default_rng(seed)
        )
        for seed in (1, 2, 3)
    ]
    for i, document in enumerate(documents[:4]):
        _square(panels[f"d{i}"], np.bincount(document, minlength=SIDE**2), f"documents[{i}]")
    for k, words in enumerate(np.asarray(runs[0][1])):
        _square(panels[f"k{k}"], words, f"phi[{k}]")
    for *_, history in runs:
        panels["history"].plot(range(1, SWEEPS + 1), np.asarray(history), linewidth=1)
    panels["history"].set_title("history", fontsize=9)
    panels["history"].set_xlabel("sweeps", fontsize=8)
    _perplexities(solution, panels["perplexity"])
    for name in ("history", "perplexity"):
        panels[name].tick_params(labelsize=7)


def _documents(rng: np.random.Generator, count: int) -> list[np.ndarray]:
    """Documents of pixels, drawn from bars: two rows and two columns of the square."""
    pixels = np.arange(SIDE**2).reshape(SIDE, SIDE)
    bars = [pixels[0], pixels[2], pixels[:, 1], pixels[:, 3]]
    shares = rng.dirichlet(np.full(4, 0.3), size=count)
    return [np.array([rng.choice(bars[k]) for k in rng.choice(4, size=LENGTH, p=own)]) for own in shares]


def _square(panel: Axes, values: np.ndarray, title: str) -> None:
    panel.imshow(np.reshape(values, (SIDE, SIDE)), "Greys", vmin=0, interpolation="none")
    panel.set_title(title, fontsize=8)
    panel.set(xticks=[], yticks=[])


def _perplexities(solution: SimpleNamespace, panel: Axes) -> None:
    """Of the sentences that the model was fitted to, and of others that were drawn alike."""
    rng = np.random.default_rng(5)
    law = rng.dirichlet(np.full(8, 0.4), size=8)
    sentences = []
    for _ in range(60):
        words = [rng.choice(8)]
        while len(words) < 10:
            words.append(rng.choice(8, p=law[words[-1]]))
        sentences.append(["abcdefgh"[word] for word in words])
    known, new = sentences[:40], sentences[40:]
    for texts, mark, name in ((known, "o-", "known"), (new, "s--", "new")):
        values = []
        for n in (1, 2, 3, 4):
            model = solution.Ngrams(n, 0.1)
            model.fit([list(words) for words in known])
            values.append(model.perplexity([list(words) for words in texts]))
        panel.plot([1, 2, 3, 4], values, mark, linewidth=1, markersize=4, label=name)
    panel.set(xticks=[1, 2, 3, 4], ylim=(0, None))
    panel.set_title("perplexity", fontsize=9)
    panel.set_xlabel("n", fontsize=8)
    panel.legend(fontsize=7)
