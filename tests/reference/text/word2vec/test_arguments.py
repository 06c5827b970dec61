"""Sentences, ids and matrices as arguments."""

from __future__ import annotations

import numpy as np
import pytest

from reference.text.word2vec.arguments import both_matrices, id_lists, indices, token_lists


def test_what_is_given_is_copied():
    ids = np.array([2, 0])
    (found,) = id_lists("ids", [ids], 3)
    assert not np.shares_memory(found, ids)
    W = np.ones((2, 2))
    assert not any(np.shares_memory(W, one) for one in both_matrices(W, W))
    assert token_lists("sentences", (("a",), ["b", "c"])) == [["a"], ["b", "c"]]


def test_an_empty_sentence_has_whole_numbers():
    (found,) = id_lists("ids", [[]])
    assert found.shape == (0,)
    assert found.dtype == np.intp


@pytest.mark.parametrize(
    "call",
    [
        lambda: token_lists("x", "ab"),
        lambda: token_lists("x", ["ab"]),
        lambda: id_lists("x", 3),
        lambda: id_lists("x", [[0.5]]),
        lambda: id_lists("x", [[-1]]),
        lambda: id_lists("x", [[3]], 3),
        lambda: indices("x", [[1]], 1, 0, None),
        lambda: both_matrices([[1.0]], [[1.0, 2.0]]),
        lambda: both_matrices([1.0], [1.0]),
    ],
)
def test_bad_ones_are_named(call):
    with pytest.raises(ValueError, match=r"^(x|W_in|W_out) must"):
        call()
