"""Cleaning, stop words, stems, lemmas. Check it with `grader check text/preprocessing solution.py`."""


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, in lower case and in its order."""
    raise NotImplementedError("start here: prepare the characters, then a regular expression or a loop")


def frequencies(tokens: list[str]) -> list[tuple[str, int]]:
    """Pairs (word, count): the most frequent first, equally frequent ones by alphabet."""
    raise NotImplementedError("count, then sort by two keys")


def corpus_stopwords(documents: list[list[str]], top: int, known: set[str]) -> list[str]:
    """The `top` most frequent words of all documents that are not in `known`."""
    raise NotImplementedError("all documents are one list of tokens; frequencies and remove help")


def remove(tokens: list[str], words: set[str]) -> list[str]:
    """The tokens that are not in `words`, in their order."""
    raise NotImplementedError("a new list, not list.remove")


def stem(word: str) -> str:
    """The stem of an English word by Porter's algorithm of 1980."""
    raise NotImplementedError("first the measure of a text, then a function for one step, then the steps")


def lemma(word: str, dictionary: dict[str, str], rules: list[tuple[str, str]], lemmas: set[str]) -> str:
    """The lemma: by the dictionary, else the word if it is a lemma, else by the rules, else the word."""
    raise NotImplementedError("four cases, one after the other")
