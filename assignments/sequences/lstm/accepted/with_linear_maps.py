"""LSTM by linear maps over the transposed state, with one function for both layers and recursion over lists."""

import torch
from torch import nn


def start(hidden, rng, shape):
    return nn.Parameter(torch.rand(shape, generator=rng).mul(2).sub(1).div(hidden**0.5))


def sizes_of(**sizes):
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(name + " must be positive")


def shaped(name, value, shape):
    if list(value.shape) != list(shape) or value.numel() == 0:
        raise ValueError(f"{name}: expected {list(shape)}, got {list(value.shape)}")


class LSTMCell(nn.Module):
    def __init__(self, input_size, hidden_size, *, rng=None):
        super().__init__()
        sizes_of(input_size=input_size, hidden_size=hidden_size)
        self.sizes = input_size, hidden_size
        self.bias = start(hidden_size, rng, (4 * hidden_size,))
        self.weight = start(hidden_size, rng, (4 * hidden_size, hidden_size + input_size))

    def forward(self, x, h, c):
        inputs, hidden = self.sizes
        shaped("x", x, (x.shape[0], inputs))
        shaped("h", h, (x.shape[0], hidden))
        shaped("c", c, (x.shape[0], hidden))
        z = (self.weight @ torch.vstack((h.T, x.T)) + self.bias[:, None]).view(4, hidden, -1)
        f, i, o = torch.sigmoid(z[[0, 1, 3]])
        memory = f * c.T + i * torch.tanh(z[2])
        return (o * torch.tanh(memory)).T, memory.T


class PeepholeLSTMCell(nn.Module):
    def __init__(self, input_size, hidden_size, *, rng=None):
        super().__init__()
        sizes_of(input_size=input_size, hidden_size=hidden_size)
        self.sizes = input_size, hidden_size
        narrow = hidden_size + input_size
        wide = narrow + hidden_size
        for name, columns in {"f": wide, "i": wide, "o": wide, "c": narrow}.items():
            self.register_parameter("weight_" + name, start(hidden_size, rng, (hidden_size, columns)))
            self.register_parameter("bias_" + name, start(hidden_size, rng, (hidden_size,)))

    def forward(self, x, h, c):
        inputs, hidden = self.sizes
        shaped("x", x, (x.shape[0], inputs))
        shaped("h", h, (x.shape[0], hidden))
        shaped("c", c, (x.shape[0], hidden))
        seen = torch.hstack((h, x))
        apply = nn.functional.linear
        peep_f, peep_i = self.weight_f[:, :hidden], self.weight_i[:, :hidden]
        f = torch.sigmoid(apply(c, peep_f) + apply(seen, self.weight_f[:, hidden:], self.bias_f))
        i = torch.sigmoid(apply(c, peep_i) + apply(seen, self.weight_i[:, hidden:], self.bias_i))
        memory = torch.lerp(torch.zeros_like(c), c, f) + i * torch.tanh(apply(seen, self.weight_c, self.bias_c))
        look = apply(memory, self.weight_o[:, :hidden])
        o = torch.sigmoid(look + apply(seen, self.weight_o[:, hidden:], self.bias_o))
        return o * torch.tanh(memory), memory


def run(cell, x, state):
    inputs, hidden = cell.sizes
    if x.dim() != 3:
        raise ValueError("x needs three axes")
    shaped("x", x, (*x.shape[:2], inputs))
    h, c = state or (x.new_zeros(x.shape[1], hidden),) * 2
    shaped("state (h)", h, (x.shape[1], hidden))
    shaped("state (c)", c, (x.shape[1], hidden))
    outputs = x.new_empty(0, x.shape[1], hidden)
    for one in x.unbind(0):
        h, c = cell(one, h, c)
        outputs = torch.cat((outputs, h[None]))
    return outputs, (h, c)


class LSTM(nn.Module):
    def __init__(self, input_size, hidden_size, *, rng=None):
        super().__init__()
        self.cell = LSTMCell(input_size, hidden_size, rng=rng)

    def forward(self, x, state=None):
        return run(self.cell, x, state)


class PeepholeLSTM(nn.Module):
    def __init__(self, input_size, hidden_size, *, rng=None):
        super().__init__()
        self.cell = PeepholeLSTMCell(input_size, hidden_size, rng=rng)

    def forward(self, x, state=None):
        return run(self.cell, x, state)
