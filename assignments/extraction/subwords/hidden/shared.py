"""What the suites share: random words, tables of vectors, a language of stems and endings.

Where sums, steps and training are compared words are Latin ones: how letters of two bytes are hashed is asked apart.
"""

import numpy as np

from grader.testing import assert_close
from reference.extraction.subwords.ngrams import bucket, ngrams

LATIN, CYRILLIC = "abcdefghijklmnopqrstuvwxyz", "абвгдеёжзиклмнопрстуфхцчшщъыьэюя"


def a_word(rng, length, letters=LATIN):
    """Letters none of which stands twice."""
    return "".join(letters[i] for i in rng.permutation(len(letters))[:length])


def words(rng, count, letters=LATIN):
    """Different words of 3 to 8 letters."""
    found = {}
    while len(found) < count:
        found[a_word(rng, int(rng.integers(3, 9)), letters)] = None
    return list(found)


def spread(rng, buckets):
    """A word of six letters whose n-grams have rows of their own."""
    while True:
        word = a_word(rng, 6)
        rows = [bucket(ngram, buckets) for ngram in ngrams(word)]
        if len(set(rows)) == len(rows):
            return word


def tables(rng, V, buckets, d):
    return rng.normal(size=(V, d)), rng.normal(size=(buckets, d))


def rows_of(rng, known):
    """A dict of the row of each word, in an order of its own."""
    return {word: int(row) for word, row in zip(known, rng.permutation(len(known)), strict=True)}


def near(found, expected, what):
    assert_close(found, expected, rtol=1e-8, atol=1e-10, what=what)


def parts(result, count, what):
    """The parts of a tuple that a function returned."""
    assert isinstance(result, tuple), f"{what} must return a tuple, not {type(result).__name__}"
    assert len(result) == count, f"{what} must return {count} things, not {len(result)}"
    return result


TOPICS, STEMS, ENDINGS = 4, 3, ("a", "y", "oj", "ami", "ov", "ah")
MISSING = 2  # forms of each stem that no sentence has


class Language:
    """Stems (4, 3), three a topic; each has six forms, two of which are kept back."""

    def __init__(self, rng):
        stems = {}
        while len(stems) < TOPICS * STEMS:
            stems[a_word(rng, 5)] = None
        self.stems = list(stems)
        self.topic = {stem: place // STEMS for place, stem in enumerate(self.stems)}
        orders = {stem: [ENDINGS[i] for i in rng.permutation(len(ENDINGS))] for stem in self.stems}
        self.said = {stem: order[MISSING:] for stem, order in orders.items()}
        self.unsaid = {stem: order[:MISSING] for stem, order in orders.items()}

    def sentences(self, rng, count):
        """Sentences of six words, all of one topic."""
        return [self._sentence(rng, STEMS * int(rng.integers(TOPICS))) for _ in range(count)]

    def _sentence(self, rng, first):
        stems = [self.stems[first + int(i)] for i in rng.integers(STEMS, size=6)]
        return [stem + self.said[stem][int(rng.integers(len(self.said[stem])))] for stem in stems]


def share_by_topic(language, vectors, vector_of):
    """Of the forms that no sentence has, how many are nearest to a word of their topic, their own stem left out.

    ``vectors`` are those of the known words; ``vector_of(word)`` gives one of an unknown word.
    """
    hits = []
    for stem, endings in language.unsaid.items():
        others = [word for word in vectors if not word.startswith(stem)]
        matrix = np.array([vectors[word] for word in others])
        for ending in endings:
            cosines = matrix @ vector_of(stem + ending) / np.linalg.norm(matrix, axis=1)
            best = others[int(cosines.argmax())]
            hits.append(language.topic[best[:5]] == language.topic[stem])
    return float(np.mean(hits))
