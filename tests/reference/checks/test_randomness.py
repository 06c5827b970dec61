"""Generators as arguments."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.checks.randomness import generator


def test_the_generator_itself_comes_back():
    rng = np.random.default_rng(0)
    assert generator("rng", rng) is rng


@pytest.mark.parametrize("bad", [None, 0, np.random, np.random.RandomState(0), torch.Generator()])
def test_what_is_no_generator(bad):
    with pytest.raises(ValueError, match=r"^rng must be a numpy"):
        generator("rng", bad)
