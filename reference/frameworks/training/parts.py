"""Data larger than memory, a part at a time (lecture 5, section 25, L05.dataset)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

import torch
from torch import Tensor
from torch.utils.data import Dataset

from reference.checks.numbers import whole

Part = tuple[Tensor, Tensor]
Read = Callable[[int], Part]


class Parts(Dataset[Part]):
    """All objects of a set in parts, one after the other; at most one part is in memory.

    A part is read when one of its objects is asked for, and released before another one is read. The objects are
    copies: a view would keep its whole part in memory.

    Parameters: ``read``, from the number k of a part to ``(X_k, y_k)``, with an object along the first axis of both;
    ``sizes``, how many objects each part has, at least 1 each.
    Returns: a data set with ``len`` and objects ``(x, y)`` by index; negative ones count from the end.
    Raises: ValueError naming ``sizes``; IndexError for an index beyond the objects.
    Complexity: O(log K + s) an object of s numbers in one of K parts, and a read where its part is not in memory;
    memory O(K) and one part.
    Source: lecture 5, section 25; lecture only.

    >>> numbers = Parts(lambda k: (torch.full((2, 1), k), torch.tensor([k, -k])), [2, 2])
    >>> len(numbers), numbers[3]
    (4, (tensor([1]), tensor(-1)))
    """

    def __init__(self, read: Read, sizes: Sequence[int]) -> None:
        self.read = read
        self.sizes = size_list(sizes)
        self.ends = list(accumulate(self.sizes))
        self.number: int | None = None
        self.part: Part | None = None

    def __len__(self) -> int:
        return self.ends[-1]

    def __getitem__(self, index: int) -> Part:
        """A copy of one object."""
        if not -len(self) <= index < len(self):
            raise IndexError(f"index {index} is not one of {len(self)} objects")
        place = index % len(self)
        number = bisect_right(self.ends, place)
        X, y = self._part(number)
        row = place - (self.ends[number] - self.sizes[number])
        return X[row].clone(), y[row].clone()

    def _part(self, number: int) -> Part:
        """The part with this number, from memory if it is there."""
        if self.part is None or number != self.number:
            self.part = None  # the old one goes before the new one comes
            self.part, self.number = self.read(number), number
        return self.part


def part_batches(read: Read, sizes: Sequence[int], batch: int, rng: torch.Generator) -> Iterator[Part]:
    """Batches of all objects in a random order, with one part in memory at a time.

    The parts come in a random order, the objects of a part in a random order within it: an order of all objects at
    random would read a part for nearly each of them. A batch has objects of one part, so that the last one of a part
    may be short. Each part is read once, when its first batch is asked for.

    Parameters: ``read`` and ``sizes`` as in `Parts`; ``batch``, objects in a batch; ``rng``, a generator of torch.
    Returns: an iterator over pairs ``(X, y)`` with up to ``batch`` objects.
    Raises: ValueError naming ``sizes`` or ``batch``.
    Complexity: O(n s) in all for n objects of s numbers, and one read a part; memory of one part and one batch.
    Source: lecture 5, section 25; lecture only.

    >>> whole_parts = part_batches(lambda k: (torch.zeros(k + 1, 4), torch.ones(k + 1)), [1, 2], 5, torch.Generator())
    >>> sorted(len(y) for X, y in whole_parts)
    [1, 2]
    """
    return _shuffled(read, size_list(sizes), whole("batch", batch), rng)


def size_list(sizes: Sequence[int]) -> list[int]:
    """The sizes of parts. Raises ValueError naming ``sizes`` if there are none, or one is below 1."""
    if len(sizes) == 0:
        raise ValueError("sizes must not be empty")
    return [whole("sizes: each", size) for size in sizes]


def _shuffled(read: Read, sizes: list[int], batch: int, rng: torch.Generator) -> Iterator[Part]:
    for number in torch.randperm(len(sizes), generator=rng).tolist():
        yield from _batches(*read(number), batch, rng)


def _batches(X: Tensor, y: Tensor, batch: int, rng: torch.Generator) -> Iterator[Part]:
    """Copies of the rows, in a random order. The part lives as long as this iterator."""
    for rows in torch.split(torch.randperm(len(y), generator=rng), batch):
        yield X[rows], y[rows]
