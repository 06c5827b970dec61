"""A small BERT: a bidirectional encoder, a head for words and one for pairs (lecture 7, section 35, L07.bert).

J. Devlin, M.-W. Chang, K. Lee, K. Toutanova, "BERT: pre-training of deep bidirectional transformers for language
understanding", NAACL-HLT (2019).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from reference.checks.numbers import decay, whole
from reference.checks.tensors import whole_numbers
from reference.modes import evaluation

PADDING = 0
DEVIATION = 0.02


class Bert(nn.Module):
    """Logits of the word at every place, and of whether the second sentence follows the first.

    A token's vector is the sum of those of its word, its place and its sentence, normalised. ``blocks`` blocks of the
    transformer's encoder follow, each with attention and a feed-forward part (GELU), each part added to what it was
    given and then normalised. Every token attends to all tokens of its row but padding, which has the number 0.
    ``word_head`` maps each vector to logits of words, ``pair_head`` the vector of the row's first token to two.

    Parameters: ``words``, the size of the dictionary; ``size`` of the vectors; ``heads`` of attention, a divisor of
    ``size``; ``d_ff``, the inner size of the feed-forward part; ``blocks``; ``longest``, the most tokens in a row;
    ``dropout`` from 0, below 1; ``rng``, a generator of torch for the first values: all matrices are normal with the
    deviation 0.02, biases 0, the normalisations 1 and 0.
    Returns: called, logits of words (n, t, words) and of pairs (n, 2); `encode` gives the vectors (n, t, size).
    Raises: ValueError naming an argument.
    Complexity: O(n t size (blocks (size + d_ff + t) + words)) a pass; memory
    O(n t (size + d_ff + words) + n heads t^2), and the parameters.
    Source: lecture 7, section 35; Devlin et al. 2019.

    >>> [tuple(part.shape) for part in Bert(9, 4, 2, 8, 1, 6)(torch.tensor([[1, 5, 2]]), torch.zeros(1, 3).long())]
    [(1, 3, 9), (1, 2)]
    """

    def __init__(
        self,
        words: int,
        size: int,
        heads: int,
        d_ff: int,
        blocks: int,
        longest: int,
        *,
        dropout: float = 0.1,
        rng: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.words, self.longest, size = whole("words", words), whole("longest", longest), whole("size", size)
        if size % whole("heads", heads):
            raise ValueError(f"heads must divide size ({size}), not be {heads}")
        dropout = decay("dropout", dropout)
        self.tokens = nn.Embedding(words, size)
        self.positions = nn.Embedding(longest, size)
        self.segments = nn.Embedding(2, size)
        self.norm = nn.LayerNorm(size)
        self.dropout = nn.Dropout(dropout)
        block = nn.TransformerEncoderLayer(size, heads, whole("d_ff", d_ff), dropout, "gelu", batch_first=True)
        self.encoder = nn.TransformerEncoder(block, whole("blocks", blocks), enable_nested_tensor=False)
        self.word_head = nn.Linear(size, words)
        self.pair_head = nn.Linear(size, 2)
        _draw(self, rng)

    def encode(self, tokens: Tensor, segments: Tensor) -> Tensor:
        """The vectors of all tokens (n, t, size) out of the last block; those of padding mean nothing.

        Parameters: ``tokens`` (n, t), whole numbers, 0 for padding, in each row at least one other; ``segments``
        (n, t), 0 for the first sentence and 1 for the second.
        Raises: ValueError naming ``tokens`` (shape, type, range, longer than ``longest``, a row of padding) or
        ``segments``.
        """
        tokens = whole_numbers("tokens", tokens, (None, None), 0, self.words - 1)
        segments = whole_numbers("segments", segments, (None, None), 0, 1)
        padding = tokens == PADDING
        if tokens.shape[1] > self.longest or bool(padding.all(dim=1).any()):
            raise ValueError(f"tokens must be at most {self.longest} in a row, not all of them padding")
        if segments.shape != tokens.shape:
            raise ValueError(f"segments must be of shape {tuple(tokens.shape)}, not {tuple(segments.shape)}")
        places = torch.arange(tokens.shape[1])
        x = self.tokens(tokens) + self.positions(places) + self.segments(segments)
        encoded: Tensor = self.encoder(self.dropout(self.norm(x)), src_key_padding_mask=padding)
        return encoded

    def forward(self, tokens: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of words (n, t, words), and of pairs (n, 2): the second sentence does not follow, or it does.

        Parameters, errors: as in `encode`.
        """
        x = self.encode(tokens, segments)
        return self.word_head(x), self.pair_head(x[:, 0])


def embed(model: Any, tokens: Tensor, segments: Tensor) -> Tensor:
    """The vector of each text: the mean of what ``model.encode`` gives for its tokens, padding left out.

    The model works in evaluation mode and without gradients; afterwards each of its modules is in the mode in which it
    was.

    Parameters: ``model``, a module with a method ``encode`` as that of `Bert`; ``tokens``, ``segments`` (n, t).
    Returns: (n, size), without a graph.
    Raises: ValueError naming ``tokens`` (a row of padding).
    Complexity: O(n t size), and one pass of ``encode``.
    Source: lecture 7, section 35; lecture only.
    """
    kept = (tokens != PADDING)[:, :, None]
    if not bool(kept.any(dim=1).all()):
        raise ValueError("tokens must have one in each row that is not padding")
    with evaluation(model), torch.no_grad():
        x = model.encode(tokens, segments)
    return torch.where(kept, x, 0.0).sum(dim=1) / kept.sum(dim=1)


def _draw(module: nn.Module, rng: torch.Generator | None) -> None:
    """Normal matrices and no biases; the weights of the normalisations, which are vectors, stay 1."""
    with torch.no_grad():
        for name, value in module.named_parameters():
            if value.dim() > 1:
                value.normal_(0.0, DEVIATION, generator=rng)
            elif name.endswith("bias"):
                value.zero_()
