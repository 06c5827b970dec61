"""Clipping against torch, by hand, and by its properties."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from reference.deep.perceptron.clipping import clip_global, clip_local


@pytest.mark.parametrize("c", [0.1, 2.0, 100.0])
def test_against_torch(c):
    rng = np.random.default_rng(0)
    grads = [rng.normal(size=(3, 2)), rng.normal(size=4), rng.normal(size=(1, 1))]
    parameters = [torch.zeros(part.shape, dtype=torch.float64, requires_grad=True) for part in grads]
    for clipped, clip in ((clip_global, torch.nn.utils.clip_grad_norm_), (clip_local, torch.nn.utils.clip_grad_value_)):
        for parameter, part in zip(parameters, grads, strict=True):
            parameter.grad = torch.tensor(part)
        clip(parameters, c)
        for found, parameter in zip(clipped(grads, c), parameters, strict=True):
            np.testing.assert_allclose(found, parameter.grad.numpy(), rtol=1e-4)  # torch divides by norm + 1e-6


def test_by_hand():
    assert [part.tolist() for part in clip_global([[6.0], [[8.0]]], 5.0)] == [[3.0], [[4.0]]]
    assert [part.tolist() for part in clip_global([[3.0], [[4.0]]], 5.0)] == [[3.0], [[4.0]]]
    assert [part.tolist() for part in clip_local([[6.0, -0.5], [[-8.0]]], 5.0)] == [[5.0, -0.5], [[-5.0]]]


def test_the_global_one_keeps_the_direction():
    grads = np.random.default_rng(1).normal(size=7)
    (found,) = clip_global([grads], 0.5)
    assert np.linalg.norm(found) == pytest.approx(0.5)
    np.testing.assert_allclose(found / np.linalg.norm(found), grads / np.linalg.norm(grads))


def test_zeros_and_huge_entries():
    assert clip_global([np.zeros(3)], 1.0)[0].tolist() == [0.0] * 3
    assert clip_global([[3e200], [4e200]], 1.0)[1].tolist() == pytest.approx([0.8])


@pytest.mark.parametrize("clip", [clip_global, clip_local])
def test_new_arrays_and_bad_arguments(clip):
    given = np.array([1.0, 2.0])
    (found,) = clip([given], 100.0)
    assert not np.shares_memory(found, given)
    for named, grads, c in (("grads", [], 1.0), ("grads", [[np.nan]], 1.0), ("c", [given], 0.0), ("c", [given], -1.0)):
        with pytest.raises(ValueError, match=f"^{named} must"):
            clip(grads, c)
