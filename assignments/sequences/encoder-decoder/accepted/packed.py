"""Packed sequences, batched matrix products, topk over tensors of scores."""

import torch
from torch import nn


def refuse(wrong, text):
    if wrong:
        raise ValueError(text)


def look(e, states, mask):
    if mask is None:
        a = e.softmax(-1)
    else:
        refuse(mask.shape != e.shape, "mask: one bool for each position")
        top = torch.where(mask, e, torch.full_like(e, -torch.inf)).amax(-1, keepdim=True)
        top = torch.where(top.isfinite(), top, torch.zeros_like(top))
        up = torch.where(mask, (torch.where(mask, e, top) - top).exp(), torch.zeros_like(e))
        whole = up.sum(-1, keepdim=True)
        a = up / torch.where(whole > 0, whole, torch.ones_like(whole))
    return torch.einsum("bt,btk->bk", a, states), a


def attend(state, states, mask=None):
    refuse(states.dim() != 3, "states needs three axes")
    refuse(tuple(state.shape) != (states.shape[0], states.shape[2]), "state and states differ")
    return look(torch.bmm(states, state.unsqueeze(2)).squeeze(2), states, mask)


class Additive(nn.Module):
    def __init__(self, k, m, size, *, rng=None):
        super().__init__()
        for name, value in {"k": k, "m": m, "size": size}.items():
            refuse(value < 1, f"{name} is below 1")
        for name, shape in {"v": (size,), "U": (size, m), "W": (size, k)}.items():
            start = torch.empty(shape).uniform_(-(size**-0.5), size**-0.5, generator=rng)
            self.register_parameter(name, nn.Parameter(start))

    def forward(self, state, states, mask=None):
        wanted = (states.shape[0], self.W.shape[1])
        refuse(tuple(state.shape) != wanted, "state has another shape")
        refuse(states.dim() != 3 or states.shape[2] != self.U.shape[1], "states has another shape")
        near = nn.functional.linear(states, self.U) + nn.functional.linear(state, self.W).unsqueeze(1)
        return look(torch.tanh(near).mul(self.v).sum(-1), states, mask)


class Seq2Seq(nn.Module):
    def __init__(self, words, size, hidden, *, rng=None):
        super().__init__()
        for name, value in {"words": words, "size": size, "hidden": hidden}.items():
            refuse(value < 1, f"{name} is below 1")
        self.head = nn.Linear(hidden, words)
        self.decoder = nn.GRUCell(size, hidden)
        self.encoder = nn.GRU(size, hidden)
        self.embedding = nn.Embedding(words, size)
        for value in self.parameters():
            nn.init.uniform_(value, -(hidden**-0.5), hidden**-0.5, generator=rng)

    def encode(self, tokens, lengths):
        refuse(tokens.dim() != 2, "tokens needs two axes")
        refuse(lengths.shape != tokens.shape[:1], "lengths: one for each sequence")
        refuse(int(lengths.min()) < 1 or int(lengths.max()) > tokens.shape[1], "lengths leave the sequences")
        x = self.embedding(tokens)
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        return self.encoder(packed)[1][0]

    def step(self, token, state):
        state = self.decoder(self.embedding(token), state)
        scores = self.head(state)
        return scores - scores.logsumexp(1, keepdim=True), state

    def forward(self, tokens, lengths, targets, begin):
        state, token = self.encode(tokens, lengths), targets.new_full((len(targets),), begin)
        out = []
        for after in targets.unbind(1):
            log_p, state = self.step(token, state)
            out.append(log_p)
            token = after
        return torch.stack(out, 1)

    @torch.no_grad()
    def greedy(self, tokens, lengths, begin, end, limit):
        refuse(limit < 1, "limit is below 1")
        said = []
        for row, length in zip(tokens, lengths, strict=True):  # one sequence after another
            state, token, own = self.encode(row[None], length[None]), begin, []
            while len(own) < limit:
                log_p, state = self.step(torch.tensor([token]), state)
                token = int(log_p.argmax())
                if token == end:
                    break
                own.append(token)
            said.append(own)
        return said


def beam(step, state, begin, end, width, limit):
    refuse(width < 1, "width is below 1")
    refuse(limit < 1, "limit is below 1")
    words, states, lasts, scores = [[]], [state], [begin], torch.zeros(1, dtype=torch.float64)
    for _ in range(limit):
        if states[0] is None:  # finished: nothing can overtake the first any more
            break
        rows, after = [], []
        for score, last, own in zip(scores, lasts, states, strict=True):
            if own is None:
                rows.append(score[None])
                after.append(None)
            else:
                log_p, following = step(last, own)
                rows.append(score + log_p)
                after.append(following)
        owners = [(place, word) for place, row in enumerate(rows) for word in range(len(row))]
        every = torch.cat(rows)
        best = torch.sort(every, descending=True, stable=True).indices[:width].tolist()
        scores, chosen = every[best], [owners[place] for place in best]
        ended = [after[place] is None or word == end for place, word in chosen]
        words = [
            words[place] if stop else [*words[place], word]
            for (place, word), stop in zip(chosen, ended, strict=True)
        ]
        lasts = [end if stop else word for (_, word), stop in zip(chosen, ended, strict=True)]
        states = [None if stop else after[place] for (place, _), stop in zip(chosen, ended, strict=True)]
    return words[0], scores[0].item()
