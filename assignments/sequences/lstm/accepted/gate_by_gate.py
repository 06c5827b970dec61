"""LSTM gate by gate: the matrices are cut into blocks for h and x, and every block is multiplied by itself."""

import math

import torch
from torch.nn import Module, Parameter
from torch.nn.functional import linear


def drawn(hidden, rng, *shape):
    value = torch.empty(*shape)
    bound = 1 / math.sqrt(hidden)
    return Parameter(value.uniform_(-bound, bound, generator=rng))


def need(condition, name):
    if not condition:
        raise ValueError(f"{name} is wrong")


class Cell(Module):
    def __init__(self, input_size, hidden_size, rng):
        need(isinstance(input_size, int) and input_size >= 1, "input_size")
        need(isinstance(hidden_size, int) and hidden_size >= 1, "hidden_size")
        super().__init__()
        self.inputs, self.units = input_size, hidden_size

    def forward(self, x, h, c):
        need(x.ndim == 2 and len(x) > 0 and x.size(1) == self.inputs, "x")
        need(tuple(h.shape) == (len(x), self.units), "h")
        need(tuple(c.shape) == (len(x), self.units), "c")
        return self.step(x, h, c)


class LSTMCell(Cell):
    def __init__(self, input_size, hidden_size, *, rng=None):
        super().__init__(input_size, hidden_size, rng)
        self.weight = drawn(hidden_size, rng, 4 * hidden_size, hidden_size + input_size)
        self.bias = drawn(hidden_size, rng, 4 * hidden_size)

    def step(self, x, h, c):
        def part(number):
            rows = slice(number * self.units, (number + 1) * self.units)
            from_h, from_x = self.weight[rows, : self.units], self.weight[rows, self.units :]
            return linear(h, from_h) + linear(x, from_x, self.bias[rows])

        keep, add = (1 + torch.tanh(part(0) / 2)) / 2, (1 + torch.tanh(part(1) / 2)) / 2
        c = torch.addcmul(keep * c, add, part(2).tanh())
        return c.tanh() * part(3).sigmoid(), c


class PeepholeLSTMCell(Cell):
    def __init__(self, input_size, hidden_size, *, rng=None):
        super().__init__(input_size, hidden_size, rng)
        for letter in "fico":
            columns = input_size + hidden_size * (1 if letter == "c" else 2)
            setattr(self, "weight_" + letter, drawn(hidden_size, rng, hidden_size, columns))
            setattr(self, "bias_" + letter, drawn(hidden_size, rng, hidden_size))

    def step(self, x, h, c):
        def seen(letter, *parts):
            weight, total, begin = getattr(self, "weight_" + letter), getattr(self, "bias_" + letter), 0
            for part in parts:
                end = begin + part.size(1)
                total = total + torch.einsum("bs,us->bu", part, weight[:, begin:end])
                begin = end
            return total

        f, i = seen("f", c, h, x).sigmoid(), seen("i", c, h, x).sigmoid()
        c = f * c + i * seen("c", h, x).tanh()
        return seen("o", c, h, x).sigmoid() * c.tanh(), c


class Layer(Module):
    cell_type = None

    def __init__(self, input_size, hidden_size, *, rng=None):
        super().__init__()
        self.cell = self.cell_type(input_size, hidden_size, rng=rng)

    def forward(self, x, state=None):
        need(x.ndim == 3 and x.numel() > 0 and x.size(2) == self.cell.inputs, "x")
        shape = (x.size(1), self.cell.units)
        if state is None:
            state = (torch.zeros(shape, dtype=x.dtype), torch.zeros(shape, dtype=x.dtype))
        need(all(tuple(part.shape) == shape for part in state), "state")
        states = [state]
        for index in range(x.size(0)):
            states.append(self.cell(x[index], *states[-1]))
        return torch.cat([h.unsqueeze(0) for h, _ in states[1:]]), states[-1]


class LSTM(Layer):
    cell_type = LSTMCell


class PeepholeLSTM(Layer):
    cell_type = PeepholeLSTMCell
