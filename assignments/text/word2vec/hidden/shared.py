"""What the suites share: results of several parts, planted groups of words, first vectors."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_law


def near(found, expected, what):
    assert_close(found, expected, rtol=1e-8, atol=1e-10, what=what)


def parts(result, count, what):
    """The parts of a tuple that a function returned."""
    assert isinstance(result, tuple), f"{what} must return a tuple, not {type(result).__name__}"
    assert len(result) == count, f"{what} must return {count} things, not {len(result)}"
    return result


def listed(found, count, what):
    """The items of a list that a function returned."""
    assert isinstance(found, list | tuple), f"{what} must return a list of arrays, not {type(found).__name__}"
    assert len(found) == count, f"{what} must return {count} arrays, not {len(found)}"
    return found


def two_matrices(result, V, d, what):
    """W_in and W_out that training returned."""
    W_in, W_out = parts(result, 2, what)
    return assert_array(W_in, shape=(V, d), what="W_in"), assert_array(W_out, shape=(V, d), what="W_out")


def random_ids(rng, lengths, V):
    """Sentences of these lengths, in a random order; words from 0, below V."""
    return [rng.integers(V, size=length) for length in rng.permutation(lengths)]


def distinct_ids(rng, lengths, V):
    """The same, and no word stands twice in a sentence."""
    return [rng.permutation(V)[:length] for length in rng.permutation(lengths)]


def assert_first_vectors(W_in):
    """W_in is uniform from -1/(2d) to 1/(2d)."""
    d = W_in.shape[1]
    assert_law(W_in * d + 0.5, what=f"the first W_in must be uniform from -{0.5 / d} to {0.5 / d}")


GROUPS, SIZE = 4, 6  # planted: words 1 to 24, each with five others that are used alike
WORDS = 1 + GROUPS * SIZE


def grouped(rng, count, members):
    """Sentences of 8 words, all of one group; ``members`` (4, 6) tells who is in which."""
    return [rng.choice(members[int(rng.integers(GROUPS))], size=8) for _ in range(count)]


def groups(rng):
    """Words 1 to 24 in four groups of six."""
    return 1 + rng.permutation(WORDS - 1).reshape(GROUPS, SIZE)


def assert_grouped(W_in, members):
    """For nine words out of ten the word with the nearest vector is of the same group."""
    group = np.zeros(WORDS, dtype=int)
    for number, words in enumerate(members):
        group[words] = number
    vectors = W_in[1:] / np.linalg.norm(W_in[1:], axis=1, keepdims=True)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2.0)
    share = float((group[1:][cosines.argmax(axis=1)] == group[1:]).mean())
    assert share >= 0.9, f"for {share:.0%} of the words the nearest one is of the same group, not for 90 %"
