"""t-SNE by a network: by hand, against the gradient without torch, and by new objects of planted groups."""

import math

import numpy as np
import pytest
import torch
from torch import nn

from reference.extraction.neighbours.pairs import squares
from reference.extraction.neighbours.parametric import parametric_tsne, tsne_loss
from reference.extraction.neighbours.sne import conditional
from reference.extraction.neighbours.tsne import joint, tsne_gradient

RNG = np.random.default_rng(4)
LINE = torch.tensor([[0.0], [1.0], [3.0]], dtype=torch.float64)
PAIRS = torch.tensor([[0.0, 3.0, 1.0], [3.0, 0.0, 1.0], [1.0, 1.0, 0.0]], dtype=torch.float64) / 10


def test_by_hand():
    expected = 2 * (0.3 * math.log(4.8 / 5) + 0.1 * math.log(1.6) + 0.1 * math.log(0.8))
    assert float(tsne_loss(PAIRS, LINE)) == pytest.approx(expected)
    assert tsne_loss(PAIRS.float(), LINE.float()).dtype == torch.float32


def test_the_gradient_is_that_of_the_formula():
    P, Y = joint(conditional(RNG.normal(size=(9, 4)), 3.0)[0]), RNG.normal(size=(9, 2))
    P[0, 1] = P[1, 0] = 0
    P /= P.sum()
    Y[2] = Y[3]
    leaf = torch.tensor(Y, requires_grad=True)
    tsne_loss(torch.from_numpy(P), leaf).backward()
    np.testing.assert_allclose(leaf.grad.numpy(), tsne_gradient(P, Y), atol=1e-12)


def test_the_network_maps_new_objects_to_their_groups():
    labels = np.repeat(np.arange(6), 10)
    X, new = (torch.from_numpy(4 * np.eye(6, 12)[labels] + RNG.normal(size=(60, 12)) / 2) for _ in range(2))
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(12, 20), nn.Dropout(0.1), nn.Tanh(), nn.Linear(20, 2)).double().eval()
    assert parametric_tsne(net, X, 6.0, 150, 0.03) is net
    assert net.training
    with torch.no_grad():
        both = torch.cat([net.eval()(X), net(new)]).numpy()
    assert (labels[squares(both)[60:, :60].argmin(axis=1)] == labels).mean() > 0.9


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("P", lambda: tsne_loss(PAIRS[:2, :2], LINE)),
        ("P", lambda: tsne_loss(-PAIRS, LINE)),
        ("Y", lambda: tsne_loss(PAIRS, LINE[:1])),
        ("X", lambda: parametric_tsne(nn.Linear(1, 1), LINE[:, 0], 1.5, 1, 0.1)),
        ("perplexity", lambda: parametric_tsne(nn.Linear(1, 1), LINE, 2.0, 1, 0.1)),
        ("steps", lambda: parametric_tsne(nn.Linear(1, 1).double(), LINE, 1.5, 0, 0.1)),
        ("rate", lambda: parametric_tsne(nn.Linear(1, 1), LINE, 1.5, 1, 0.0)),
    ],
)
def test_bad_arguments_are_refused(name, call):
    with pytest.raises(ValueError, match=f"^{name} must"):
        call()
