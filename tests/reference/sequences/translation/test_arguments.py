"""Checks of words and masks."""

import pytest
import torch

from reference.sequences.translation.arguments import bools, whole_numbers


def test_whole_numbers_become_int64():
    found = whole_numbers("tokens", torch.tensor([1, 2], dtype=torch.int32), (None,), 1, 2)
    assert found.dtype == torch.int64
    assert found.tolist() == [1, 2]


@pytest.mark.parametrize("values", [[1], torch.ones(2), torch.tensor([True]), torch.tensor([0]), torch.tensor([[1]])])
def test_what_is_wrong_is_named(values):
    with pytest.raises(ValueError, match=r"^tokens must"):
        whole_numbers("tokens", values, (None,), 1, 2)


def test_bools():
    mask = torch.tensor([True, False])
    assert bools("mask", mask, (2,)) is mask
    for bad in (mask.long(), mask[:1], [True, False]):
        with pytest.raises(ValueError, match=r"^mask must"):
            bools("mask", bad, (2,))
