"""Words and the words around them, the examples (lecture 7, section 35, L07.cbow, L07.skipgram).

T. Mikolov et al., "Efficient estimation of word representations in vector space", ICLR workshop (2013).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import Labels
from reference.checks.numbers import whole
from reference.text.word2vec.arguments import id_lists

NOTHING = -1  # where a sentence has no word


def windows(ids: Sequence[ArrayLike], window: int) -> tuple[Labels, Labels]:
    """For each word the ``window`` words before it and the ``window`` words after it, and the word itself.

    Columns go from left to right; where the sentence has no word, the entry is -1. A word without any neighbour, alone
    in its sentence, is left out. The order is that of the text.

    Parameters: ``ids``, vectors of ids; ``window`` of at least 1.
    Returns: contexts (n, 2 window) and targets (n,), whole numbers; n may be 0.
    Raises: ValueError naming ``ids`` or ``window``.
    Complexity: O(T window), also in memory, for T words in all.
    Source: lecture 7, section 35; lecture only.

    >>> contexts, targets = windows([[5, 6, 7], [8]], 1)
    >>> contexts.tolist(), targets.tolist()
    ([[-1, 6], [5, 7], [6, -1]], [5, 6, 7])
    """
    sentences, reach = id_lists("ids", ids), whole("window", window)
    offsets = np.array([*range(-reach, 0), *range(1, reach + 1)])
    contexts = [np.zeros((0, 2 * reach), dtype=np.intp)]
    for sentence in sentences:
        if len(sentence) > 1:
            places = np.arange(len(sentence))[:, None] + offsets  # (words, 2 window)
            there = (places >= 0) & (places < len(sentence))
            contexts.append(np.where(there, sentence[places.clip(0, len(sentence) - 1)], NOTHING))
    targets = [np.zeros(0, dtype=np.intp), *(sentence for sentence in sentences if len(sentence) > 1)]
    return np.concatenate(contexts), np.concatenate(targets)


def pairs(ids: Sequence[ArrayLike], window: int) -> Labels:
    """Each word with each other word of its sentence that is at most ``window`` places away: (word, neighbour).

    The order is that of the text, by the first and then by the second.

    Parameters: as in `windows`.
    Returns: whole numbers (m, 2); m may be 0.
    Raises: as in `windows`.
    Complexity: as in `windows`.
    Source: lecture 7, section 35; Mikolov et al. 2013.

    >>> pairs([[5, 6, 7], [8]], 1).tolist()
    [[5, 6], [6, 5], [6, 7], [7, 6]]
    """
    contexts, targets = windows(ids, window)
    rows, columns = np.nonzero(contexts != NOTHING)
    return np.stack([targets[rows], contexts[rows, columns]], axis=1)  # (m, 2)
