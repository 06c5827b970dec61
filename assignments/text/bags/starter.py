"""Bags of words, TF-IDF and search: fill in the functions below.

Check the file at home with `grader check text/bags solution.py`.
"""

import numpy as np
from scipy import sparse


def vocabulary(documents: list[list[str]]) -> dict[str, int]:
    """A column for each word that occurs, from 0, in the order of sorted()."""
    raise NotImplementedError("collect the different words of all documents")


def onehot(word: str, vocabulary: dict[str, int]) -> sparse.csr_array:
    """The matrix (1, V) with 1 in the word's column; zeros where the word is unknown."""
    raise NotImplementedError("it is the bag of a document of one word")


def bag(documents: list[list[str]], vocabulary: dict[str, int]) -> sparse.csr_array:
    """The matrix (n, V) of counts; unknown words are left out."""
    raise NotImplementedError("collect values, columns and the ends of rows: csr_array((values, columns, ends), shape)")


def text_vector(tokens: list[str], vocabulary: dict[str, int], E: np.ndarray) -> np.ndarray:
    """The sum (d,) of the rows of E (V, d) that belong to the words."""
    raise NotImplementedError("a word that occurs twice is added twice")


def tf(documents: list[list[str]], vocabulary: dict[str, int]) -> sparse.csr_array:
    """The matrix (n, V) of count / length; unknown words count in the length."""
    raise NotImplementedError("what is the length of an empty document?")


def idf(documents: list[list[str]], vocabulary: dict[str, int]) -> np.ndarray:
    """ln(N / df) for each word, (V,); 0 where df is 0."""
    raise NotImplementedError("df is the number of documents that have the word")


def tfidf(documents: list[list[str]], vocabulary: dict[str, int]) -> sparse.csr_array:
    """The matrix (n, V) of tf * idf; zeros are not stored."""
    raise NotImplementedError("each column of tf times a number")


def search(query: list[str], documents: list[list[str]], top: int) -> np.ndarray:
    """The indices of the top documents by the cosine of TF-IDF vectors, the best first, ties by the lower index."""
    raise NotImplementedError("products, lengths, round to 12 decimals, sort")
