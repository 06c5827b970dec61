"""Greedy translation by scripted models: by hand, token by token in plain Python, and by when it stops."""

import pytest
import torch

from reference.sequences.transformer.model import Transformer
from reference.sequences.transformer.translation import translate

from ..weights import double

SOURCE = torch.tensor([[1, 4], [2, 4], [3, 4]])
PLANS = {1: [5, 6, 5], 2: [], 3: [7, 5, 6, 6, 7]}
END = 2


class Scripted:
    """The next token of a row is the next of its plan, named by the first token of the source, then the end."""

    def __init__(self):
        self.lengths = []

    def __call__(self, source, target):
        self.lengths.append(target.shape[1])
        scores = torch.zeros(*target.shape, 8)
        for row, first in enumerate(source[:, 0].tolist()):
            plan, place = [*PLANS[first], END], target.shape[1] - 1
            assert target[row].tolist()[: len(plan)] == [1, *plan[:-1]][: place + 1]
            scores[row, -1, plan[place] if place < len(plan) else 5] = 1.0
        return scores


def test_by_hand():
    model = Scripted()
    assert translate(model, SOURCE, 1, END, 10) == list(PLANS.values())
    assert model.lengths == [1, 2, 3, 4, 5, 6]


def test_the_limit():
    model = Scripted()
    assert translate(model, SOURCE, 1, END, 2) == [[5, 6], [], [7, 5]]
    assert model.lengths == [1, 2]


def test_ties_go_to_the_lower_token():
    assert translate(lambda _, target: torch.ones(*target.shape, 4), SOURCE, 1, 3, 2) == [[0, 0]] * 3


def test_a_transformer_row_by_row():
    """All rows at once, and each by itself without padding in the target, give the same."""
    model = double(Transformer(5, 6, 4, 2, 5, 1), 3)
    together = translate(model, SOURCE, 1, END, 6)
    for row, found in zip(SOURCE, together, strict=True):
        target = [1]
        while len(target) <= 6 and (following := int(model(row[None], torch.tensor([target]))[0, -1].argmax())) != END:
            target.append(following)
        assert found == target[1:]


def test_wrong_arguments():
    for arguments, name in (
        ((SOURCE.double(), 1, 2, 3), "source"),
        ((SOURCE[0], 1, 2, 3), "source"),
        ((SOURCE, -1, 2, 3), "begin"),
        ((SOURCE, 1, -2, 3), "end"),
        ((SOURCE, 1, 2, 0), "limit"),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            translate(Scripted(), *arguments)
