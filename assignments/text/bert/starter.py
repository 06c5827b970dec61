"""BERT in small: masking, pairs of sentences, the model, the vector of a text.

Check the file at home with `grader check text/bert solution.py`.
"""

import numpy as np
import torch
from torch import Tensor, nn


def mask(
    tokens: Tensor, special: list[int], mask_id: int, words: int, rng: np.random.Generator, share: float = 0.15
) -> tuple[Tensor, Tensor]:
    """tokens (n, t) -> (inputs, labels), both (n, t) int64; labels are -100 where no token was chosen."""
    raise NotImplementedError("first which tokens are chosen, then the fate of each of them")


def sentence_pairs(documents: list[list[str]], count: int, rng: np.random.Generator) -> list[tuple[str, str, int]]:
    """`count` tuples (first, second, label): 1 if the second follows the first, 0 if it is of another document."""
    raise NotImplementedError("list the sentences that have a next one; then a coin for each pair")


class Bert(nn.Module):
    """Vectors of words, places and sentences, an encoder over them, a head for words and one for pairs."""

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
        raise NotImplementedError(
            "start with super().__init__() and the three tables; the names stand in the statement"
        )

    def encode(self, tokens: Tensor, segments: Tensor) -> Tensor:
        """tokens, segments (n, t) -> the vectors after the last block (n, t, size)."""
        raise NotImplementedError("add, normalise, and tell the encoder which places are padding")

    def forward(self, tokens: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        """tokens, segments (n, t) -> logits of words (n, t, words), logits of pairs (n, 2)."""
        raise NotImplementedError("encode, then the two heads")


def embed(model: nn.Module, tokens: Tensor, segments: Tensor) -> Tensor:
    """The mean (n, size) of model.encode(tokens, segments) over the tokens that are not padding (0)."""
    raise NotImplementedError("note the modes of all modules before model.eval()")
