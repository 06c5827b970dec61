"""The top of a table of frequencies with its stop words, stems step by step, and how a vocabulary shrinks.

Grey is what should come out, so each wrong function is seen by itself.
"""

from types import SimpleNamespace

from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Three panels. On the left the most frequent tokens of a short Russian text as bars: кот is the longest with 4; "
        "grey ones are the known stop words, red ones the three of corpus_stopwords, which are the longest of the "
        "others. In the middle ten English words in grey, each with its stem in blue beside it where it is right, in red where it "
        "is wrong. On the right the number of different words, from all tokens (30) to those without stop words (25) and to "
        "lemmas (19): each bar reaches its grey mark."
    ),
    "ru": ("",),
}
