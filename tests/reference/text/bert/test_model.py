"""BERT: a row worked out by hand, torch's own attention, and what padding and order may change."""

import pytest
import torch
from torch import nn
from torch.nn.functional import gelu, layer_norm

from reference.text.bert.model import Bert, embed

WORDS, SIZE = 11, 8
TOKENS = torch.tensor([[1, 5, 9, 2, 6, 2, 0, 0], [1, 7, 2, 7, 8, 9, 10, 2]])
SEGMENTS = torch.tensor([[0, 0, 0, 0, 1, 1, 0, 0], [0, 0, 0, 1, 1, 1, 1, 1]])
REAL = TOKENS != 0


def a_model(seed=0, blocks=2, **named):
    rng = torch.Generator().manual_seed(seed)
    model = Bert(WORDS, SIZE, 2, 12, blocks, 12, rng=rng, **named).double().eval()
    with torch.no_grad():
        for value in model.parameters():
            value.add_(0.5 * torch.randn(value.shape, generator=rng, dtype=torch.float64))
    return model


def block_by_hand(state, x, heads):
    """One block for one row without padding, head by head and formula by formula."""
    d = x.shape[1] // heads
    q, k, v = (x @ state["self_attn.in_proj_weight"].T + state["self_attn.in_proj_bias"]).chunk(3, dim=1)
    parts = []
    for head in range(heads):
        columns = slice(head * d, (head + 1) * d)
        scores = q[:, columns] @ k[:, columns].T / d**0.5
        parts.append(torch.softmax(scores, dim=1) @ v[:, columns])
    attended = torch.cat(parts, dim=1) @ state["self_attn.out_proj.weight"].T + state["self_attn.out_proj.bias"]
    x = layer_norm(x + attended, x.shape[1:], state["norm1.weight"], state["norm1.bias"])
    inner = gelu(x @ state["linear1.weight"].T + state["linear1.bias"])
    outer = inner @ state["linear2.weight"].T + state["linear2.bias"]
    return layer_norm(x + outer, x.shape[1:], state["norm2.weight"], state["norm2.bias"])


def test_by_hand():
    model = a_model()
    state = model.state_dict()
    x = state["tokens.weight"][TOKENS[1]] + state["positions.weight"][:8] + state["segments.weight"][SEGMENTS[1]]
    x = layer_norm(x, (SIZE,), state["norm.weight"], state["norm.bias"])
    for number in range(2):
        prefix = f"encoder.layers.{number}."
        x = block_by_hand({k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}, x, 2)
    words, pairs = model(TOKENS, SEGMENTS)
    torch.testing.assert_close(words[1], x @ state["word_head.weight"].T + state["word_head.bias"])
    torch.testing.assert_close(pairs[1], x[0] @ state["pair_head.weight"].T + state["pair_head.bias"])


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
def test_the_fast_path_of_torch():
    model = a_model()
    fast = nn.TransformerEncoder(model.encoder.layers[0], 2)
    fast.load_state_dict(model.encoder.state_dict())
    slow = model.encode(TOKENS, SEGMENTS)[REAL]
    model.encoder = fast.eval()
    with torch.no_grad():
        torch.testing.assert_close(model.encode(TOKENS, SEGMENTS)[REAL], slow)


def test_padding_changes_nothing():
    model = a_model()
    for length in (6, 7, 11):
        tokens, segments = torch.zeros(1, length, dtype=torch.int64), torch.ones(1, length, dtype=torch.int64)
        tokens[:, :6], segments[:, :6] = TOKENS[0, :6], SEGMENTS[0, :6]
        torch.testing.assert_close(embed(model, tokens, segments), embed(model, TOKENS, SEGMENTS)[:1])
        torch.testing.assert_close(model(tokens, segments)[0][0, :6], model(TOKENS, SEGMENTS)[0][0, :6])


def test_it_looks_both_ways():
    model = a_model()
    first, last = TOKENS.clone(), TOKENS.clone()
    first[1, 0], last[1, -1] = 3, 3
    before = model(TOKENS, SEGMENTS)[0][1]
    assert not torch.allclose(model(first, SEGMENTS)[0][1, -1], before[-1])
    assert not torch.allclose(model(last, SEGMENTS)[0][1, 0], before[0])


def test_embedding():
    model = a_model(dropout=0.5).train()
    model.encoder.layers[0].eval()
    found = embed(model, TOKENS, SEGMENTS)
    assert not found.requires_grad
    assert model.training
    assert not model.encoder.layers[0].training
    x = model.eval().encode(TOKENS, SEGMENTS)
    torch.testing.assert_close(found, torch.stack([x[0, :6].mean(0), x[1].mean(0)]).detach())


def test_first_values():
    model = Bert(1000, 32, 2, 64, 2, 100, rng=torch.Generator().manual_seed(0))
    again = Bert(1000, 32, 2, 64, 2, 100, rng=torch.Generator().manual_seed(0))
    for (name, value), other in zip(model.named_parameters(), again.parameters(), strict=True):
        assert torch.equal(value, other)
        if value.dim() == 1:
            assert value.unique().tolist() == [1.0 if "norm" in name and name.endswith("weight") else 0.0]
        else:
            assert float(value.detach().std()) == pytest.approx(0.02, rel=0.5 if value.numel() < 100 else 0.1)
    blocks = model.encoder.layers
    assert not torch.equal(blocks[0].linear1.weight, blocks[1].linear1.weight)


@pytest.mark.parametrize(
    ("place", "value", "name"),
    [(0, 0, "words"), (1, 0, "size"), (2, 3, "heads"), (3, 0, "d_ff"), (4, 0, "blocks"), (5, 0, "longest")],
)
def test_wrong_sizes(place, value, name):
    sizes = [WORDS, SIZE, 2, 12, 1, 12]
    sizes[place] = value
    with pytest.raises(ValueError, match=f"^{name} must"):
        Bert(*sizes)
    with pytest.raises(ValueError, match=r"^dropout must"):
        Bert(WORDS, SIZE, 2, 12, 1, 12, dropout=1.0)


@pytest.mark.parametrize(
    ("tokens", "segments", "name"),
    [
        (TOKENS[0], SEGMENTS[0], "tokens"),
        (TOKENS.double(), SEGMENTS, "tokens"),
        (TOKENS + 1, SEGMENTS, "tokens"),
        (TOKENS.repeat(1, 2), SEGMENTS.repeat(1, 2), "tokens"),
        (torch.zeros_like(TOKENS), SEGMENTS, "tokens"),
        (TOKENS, SEGMENTS + 1, "segments"),
        (TOKENS, SEGMENTS[:, :7], "segments"),
    ],
)
def test_wrong_rows(tokens, segments, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        a_model()(tokens, segments)
    if name == "tokens" and not tokens.any():
        with pytest.raises(ValueError, match=r"^tokens must"):
            embed(a_model(), tokens, segments)
