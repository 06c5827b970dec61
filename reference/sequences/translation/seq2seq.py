"""An encoder and a decoder of recurrent units, and greedy decoding (lecture 6, section 29, L06.seq2seq).

I. Sutskever, O. Vinyals, Q. V. Le, "Sequence to sequence learning with neural networks", NIPS (2014); with gated units
K. Cho et al., "Learning phrase representations using RNN encoder-decoder for statistical machine translation", EMNLP
(2014). One layer, one direction, one table of embeddings for both sides, no attention.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import tensor, whole_numbers


class Seq2Seq(nn.Module):
    """An encoder, whose last state is handed over, and a decoder that begins with it.

    Words are numbers from 0 to ``words - 1``. What stands in ``tokens`` behind a sequence's own length changes nothing.

    Parameters: ``words``, how many there are; ``size`` of an embedding; ``hidden``, how long a state is; ``rng``, a
    generator of torch, or None for the global one.
    Returns: a module with ``embedding`` (nn.Embedding), ``encoder`` (nn.GRU, batch first), ``decoder`` (nn.GRUCell) and
    ``head`` (nn.Linear), all parameters uniform within ``1 / sqrt(hidden)`` of 0 at first.
    Raises: ValueError naming ``words``, ``size``, ``hidden``, or an argument of a method.
    Complexity: O(b hidden ((t + s) (size + hidden) + s words)) a pass over b sources of t and targets of s words; in
    ``greedy`` s is ``limit``.
    Source: lecture 6, section 29; Sutskever et al. 2014; Cho et al. 2014.

    >>> model = Seq2Seq(5, 3, 4)
    >>> tuple(model.encode(torch.tensor([[1, 2, 0], [3, 4, 2]]), torch.tensor([2, 3])).shape)
    (2, 4)
    """

    def __init__(self, words: int, size: int, hidden: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.words, self.hidden = whole("words", words), whole("hidden", hidden)
        self.embedding = nn.Embedding(words, whole("size", size))
        self.encoder = nn.GRU(size, hidden, batch_first=True)
        self.decoder = nn.GRUCell(size, hidden)
        self.head = nn.Linear(hidden, words)
        with torch.no_grad():
            for parameter in self.parameters():
                parameter.copy_((2 * torch.rand(parameter.shape, generator=rng) - 1) * hidden**-0.5)

    def encode(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        """The encoder's state (b, hidden) after the last word of each sequence.

        ``tokens`` (b, t); ``lengths`` (b,) from 1 to t.
        """
        tokens = whole_numbers("tokens", tokens, (None, None), 0, self.words - 1)
        lengths = whole_numbers("lengths", lengths, (len(tokens),), 1, tokens.shape[1])
        states, _ = self.encoder(self.embedding(tokens))  # (b, t, hidden)
        return states[torch.arange(len(tokens)), lengths - 1]

    def step(self, token: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """Logarithms of the probabilities of the next word (b, words), and the next state (b, hidden).

        ``token`` (b,), the words before; ``state`` (b, hidden).
        """
        tensor("state", state, (None, self.hidden))
        token = whole_numbers("token", token, (len(state),), 0, self.words - 1)
        state = self.decoder(self.embedding(token), state)
        return torch.log_softmax(self.head(state), dim=1), state

    def forward(self, tokens: Tensor, lengths: Tensor, targets: Tensor, begin: int) -> Tensor:
        """Teacher forcing: ``log p`` (b, s, words) of each word of ``targets`` (b, s), given all the right ones before.

        The decoder is fed ``begin``, then the words of ``targets`` but the last.
        """
        state = self.encode(tokens, lengths)
        targets = whole_numbers("targets", targets, (len(tokens), None), 0, self.words - 1)
        first = torch.full((len(targets), 1), self._word("begin", begin))
        rows = []
        for token in torch.cat([first, targets[:, :-1]], dim=1).T:
            log_p, state = self.step(token, state)
            rows.append(log_p)
        return torch.stack(rows, dim=1)

    def greedy(self, tokens: Tensor, lengths: Tensor, begin: int, end: int, limit: int) -> list[list[int]]:
        """For each sequence the words that are the most probable one after another, up to ``end``, without it.

        At most ``limit`` steps; of equally probable words the lowest.
        """
        end, limit = self._word("end", end), whole("limit", limit)
        with torch.no_grad():
            state = self.encode(tokens, lengths)
            token = torch.full((len(tokens),), self._word("begin", begin))
            steps = []
            for _ in range(limit):
                log_p, state = self.step(token, state)
                token = log_p.argmax(dim=1)
                steps.append(token)
        rows = torch.stack(steps, dim=1).tolist()
        return [row[: row.index(end)] if end in row else row for row in rows]

    def _word(self, name: str, word: int) -> int:
        return whole(name, word, 0, self.words - 1)
