"""The top of a table of frequencies with its stop words, stems of ten words, and how a vocabulary shrinks.

Grey is what should come out, so each wrong function is seen by itself.
"""

from types import SimpleNamespace

from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Three panels. On the left the eight most frequent tokens of a short Russian text as bars, on grey ones "
        "that end where they should: кот and мыши have 4, и has 3, then three words with 2 and two with 1, by "
        "alphabet. Orange are the two of corpus_stopwords, кот and мыши; и and не are known stop words. In the "
        "middle ten English words and their stems, blue where they are right, orange where they are wrong. On the "
        "right the number of different words: 23 of all tokens, 17 after remove, 11 lemmas; each bar ends at its "
        "grey one."
    ),
    "ru": (
        "Три панели. Слева восемь самых частых токенов короткого текста, полосами поверх серых, которые кончаются "
        "там, где нужно: у «кот» и «мыши» 4, у «и» 3, дальше по алфавиту три слова с 2 и два с 1. Оранжевые — два "
        "слова из corpus_stopwords, «кот» и «мыши»; «и», «не» — известные стоп-слова. Посередине десять "
        "английских слов и их основы, синие, если верны, и оранжевые, если нет. Справа число разных слов: 23 "
        "среди всех токенов, 17 после remove, 11 лемм; каждая полоса кончается там же, где серая."
    ),
}

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#cccccc"
TEXT = (
    "Кот спит. Кот видит сон, и во сне кот ловит мышей. Мыши не спят: мыши видят кота и смеются! "
    "Кто-то смеётся, а кот ещё спит — не видит, как мыши и мышата едят сыр. Мыши!"
)
KNOWN = ["а", "во", "ещё", "и", "как", "не"]
DICTIONARY = {"сне": "сон", "едят": "есть"}
RULES = [("ей", "ь"), ("и", "ь"), ("ят", "еть"), ("ят", "ать"), ("ит", "еть"), ("ит", "ать"), ("ит", "ить"), ("а", "")]
RULES += [("ются", "яться"), ("ётся", "яться"), ("ата", "онок")]
LEMMAS = {"кот", "спать", "видеть", "сон", "ловить", "мышь", "мышонок", "смеяться", "кто-то", "есть", "сыр"}
COUNTS = [4, 4, 3, 2, 2, 2, 1, 1]  # of the top of the table
SIZES = [23, 17, 11]  # of the vocabulary
STEMS = {
    "caresses": "caress",
    "feed": "feed",
    "hopping": "hop",
    "filing": "file",
    "happy": "happi",
    "relational": "relat",
    "hopefulness": "hope",
    "replacement": "replac",
    "rate": "rate",
    "controlling": "control",
}


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(8.4, 3.6)
    figure.set_layout_engine("constrained")
    panels = figure.subplots(1, 3)
    titles = ["frequencies, corpus_stopwords", "stem", "tokens, remove, lemma"]
    for panel, part, title in zip(panels, (_top, _stems, _sizes), titles, strict=True):
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=8)
        try:
            part(panel, solution)
        except NotImplementedError:
            panel.set_facecolor("#dddddd")


def _words(solution: SimpleNamespace) -> list[str]:
    return [str(token) for token in solution.tokens(TEXT)]


def _top(panel: Axes, solution: SimpleNamespace) -> None:
    words = _words(solution)
    top = [(str(word), int(count)) for word, count in solution.frequencies(words)][:8]
    own = solution.corpus_stopwords([words], 2, KNOWN)
    panel.barh(range(8), COUNTS, color=GREY, height=0.9)
    colours = [ORANGE if word in own else BLUE for word, _ in top]
    panel.barh(range(len(top)), [count for _, count in top], color=colours, height=0.5)
    panel.set_yticks(range(len(top)), [word for word, _ in top])
    panel.invert_yaxis()


def _stems(panel: Axes, solution: SimpleNamespace) -> None:
    panel.set_axis_off()
    for row, (word, expected) in enumerate(STEMS.items()):
        found = str(solution.stem(word))
        place = 0.95 - row / 10
        panel.text(0.48, place, word, ha="right", va="center", fontsize=8, color="#666666")
        panel.text(0.56, place, found, va="center", fontsize=8, color=BLUE if found == expected else ORANGE)


def _sizes(panel: Axes, solution: SimpleNamespace) -> None:
    words = _words(solution)
    kept = solution.remove(words, KNOWN)
    lemmas = [solution.lemma(word, DICTIONARY, RULES, LEMMAS) for word in kept]
    panel.bar(range(3), SIZES, color=GREY, width=0.9)
    panel.bar(range(3), [len(set(step)) for step in (words, kept, lemmas)], color=BLUE, width=0.5)
    panel.set_xticks(range(3), ["tokens", "remove", "lemma"])
