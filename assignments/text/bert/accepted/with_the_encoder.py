"""PyTorch's encoder with its fast path, one array of draws for each decision, texts by a product of matrices."""

import torch
from torch.nn import Dropout, Embedding, LayerNorm, Linear, Module, TransformerEncoder, TransformerEncoderLayer


def mask(tokens, special, mask_id, words, rng, share=0.15):
    if tokens.ndim != 2 or not tokens.numel() or int(tokens.min()) < 0 or int(tokens.max()) > words - 1:
        raise ValueError("tokens: (n, t), from 0 to words - 1")
    if not set(special) <= set(range(words)):
        raise ValueError("special: from 0 to words - 1")
    if mask_id not in range(words):
        raise ValueError("mask_id: from 0 to words - 1")
    if share < 0 or share > 1:
        raise ValueError("share: from 0 to 1")
    allowed = torch.ones(words, dtype=torch.bool)
    allowed[[*special, mask_id]] = False
    if int(allowed.sum()) < 2:
        raise ValueError("words: too few")
    chosen = allowed[tokens] & torch.from_numpy(rng.random(tuple(tokens.shape)) < share)
    labels = torch.full_like(tokens, -100)
    labels[chosen] = tokens[chosen]
    inputs = tokens.clone()
    kinds = torch.from_numpy(rng.choice(3, p=[0.8, 0.1, 0.1], size=tuple(tokens.shape)))
    inputs[chosen & (kinds == 0)] = mask_id
    for row, place in torch.nonzero(chosen & (kinds == 1)).tolist():
        others = allowed.clone()
        others[tokens[row, place]] = False
        inputs[row, place] = int(rng.choice(torch.nonzero(others)[:, 0].numpy()))
    return inputs, labels


def sentence_pairs(documents, count, rng):
    if len(documents) < 2 or not all(documents) or all(len(document) < 2 for document in documents):
        raise ValueError("documents: two at least, with sentences")
    if count < 0:
        raise ValueError("count: from 0")
    places = [(d, s) for d in range(len(documents)) for s in range(len(documents[d]))]
    with_next = [(d, s) for d, s in places if s + 1 < len(documents[d])]
    pairs = []
    while len(pairs) < count:
        d, s = rng.choice(with_next).tolist()
        follows = bool(rng.integers(0, 2))
        others = [(e, r) for e, r in places if e != d and documents[e][r] != documents[d][s + 1]]
        e, r = (d, s + 1) if follows else rng.choice(others).tolist()
        pairs.append((documents[d][s], documents[e][r], 1 if follows else 0))
    return pairs


class Bert(Module):
    def __init__(self, words, size, heads, d_ff, blocks, longest, *, dropout=0.1, rng=None):
        super().__init__()
        given = {"words": words, "size": size, "heads": heads, "d_ff": d_ff, "blocks": blocks, "longest": longest}
        for name in given:
            if given[name] < 1:
                raise ValueError(f"{name} must be at least 1")
        if size % heads != 0:
            raise ValueError("heads must divide size")
        self.tokens = Embedding(words, size, padding_idx=0)
        self.positions = Embedding(longest, size)
        self.segments = Embedding(2, size)
        self.norm = LayerNorm(size)
        self.drop = Dropout(dropout)
        layer = TransformerEncoderLayer(
            d_model=size, nhead=heads, dim_feedforward=d_ff, dropout=dropout, activation="gelu", batch_first=True
        )
        self.encoder = TransformerEncoder(layer, num_layers=blocks)
        self.word_head = Linear(size, words)
        self.pair_head = Linear(size, 2)
        self.register_buffer("places", torch.arange(longest)[None])
        for name, value in self.named_parameters():
            if value.ndim == 2:
                value.data = torch.randn(value.shape, generator=rng) * 0.02
            elif name.endswith("bias"):
                value.data = torch.zeros(value.shape)

    def encode(self, tokens, segments):
        if tokens.ndim != 2 or int(tokens.min()) < 0 or int(tokens.max()) >= self.tokens.num_embeddings:
            raise ValueError("tokens must be (n, t), from 0 to words - 1")
        if tokens.shape[1] > self.positions.num_embeddings or not bool(tokens.any(dim=1).all()):
            raise ValueError("tokens must fit into longest and hold more than padding")
        if segments.shape != tokens.shape or int(segments.min()) < 0 or int(segments.max()) > 1:
            raise ValueError("segments must be 0 or 1, as many as tokens")
        where = self.positions(self.places[:, : tokens.shape[1]])
        x = self.drop(self.norm(where + self.segments(segments) + self.tokens(tokens)))
        return self.encoder(x, src_key_padding_mask=tokens.eq(0))

    def forward(self, tokens, segments):
        x = self.encode(tokens, segments)
        return self.word_head(x), self.pair_head(x.select(1, 0))


@torch.no_grad()
def embed(model, tokens, segments):
    weights = (tokens != 0).double()
    if not bool(weights.any(dim=1).all()):
        raise ValueError("tokens: a row without tokens")
    modes = [part.training for part in model.modules()]
    try:
        x = model.eval().encode(tokens, segments)
    finally:
        for part, mode in zip(model.modules(), modes, strict=True):
            part.training = mode
    weights = (weights / weights.sum(dim=1, keepdim=True)).to(x.dtype)
    return torch.einsum("nt,ntd->nd", weights, x)
