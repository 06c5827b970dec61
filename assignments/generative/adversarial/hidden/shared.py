"""What the suites of training share: networks inside and here, data, what watched networks have seen."""

import torch
from torch import nn

from grader.testing import assert_close, state
from grader.testing.inputs import randn
from grader.testing.twins import seed_of, sequence_twins

DOUBLE = torch.float64
LATENT, CLASSES = 3, 4


class Behind(nn.Module):
    """The probe's network that is given what stands behind the first columns."""

    def __init__(self, first, inside):
        super().__init__()
        self.first, self.inside = first, inside

    def forward(self, x):
        return self.inside(x[:, self.first :])


def a_generator(torch_rng):
    """A generator to hand over, another one each time."""
    return torch.Generator().manual_seed(seed_of(torch_rng))


def a_network(probe, torch_rng, inputs, outputs, hidden=5, scale=1.0):
    """A smooth network with one hidden layer: twins, inside and here."""
    layers = (("Linear", inputs, hidden), ("Tanh",), ("Linear", hidden, outputs))
    return sequence_twins(probe.nn, layers, torch_rng, scale=scale)


def a_constant(probe, torch_rng, outputs):
    """A generator whose objects are all the same, whatever the noise is: twins."""
    layers = (("Threshold", 1e9, 1.0), ("Linear", LATENT, outputs))
    return sequence_twins(probe.nn, layers, torch_rng)


def same_state(pair, what):
    """The network inside has the parameters of the one here."""
    assert_close(state(pair.made), dict(pair.expected.state_dict()), rtol=1e-5, atol=1e-7, what=what)


class Notes:
    """What watched networks tell: the inputs of each, in order."""

    def __init__(self):
        self.seen = {"G": [], "D": []}

    def __call__(self, name, x):
        assert isinstance(x, torch.Tensor), f"{name} was not given a tensor"
        assert x.dim() == 2, f"{name} was not given a matrix"
        self.seen[name].append(x)

    def rows(self, name, steps, a_step, width):
        """All rows that a network has seen (steps, a_step, width)."""
        rows = self.all_rows(name, width)
        assert len(rows) == steps * a_step, f"{name} was given {len(rows)} rows in {steps} steps, not {steps * a_step}"
        return rows.reshape(steps, a_step, width)

    def all_rows(self, name, width):
        seen = self.seen[name]
        assert seen, f"{name} was never called"
        widths = {x.shape[1] for x in seen}
        assert widths == {width}, f"{name} was given matrices with {sorted(widths)} columns, not {width}"
        return torch.cat(seen)


class Watched:
    """A run whose networks are watched: what they have seen, step by step.

    The rate is so small that both stay as they are.
    """

    steps, batch, m = 4, 300, 2

    def __init__(self, train, probe, torch_rng, classes=0, n=5):
        self.classes, self.n, self.notes = classes, n, Notes()
        self.X, self.y = randn(torch_rng, self.n, self.m), torch.arange(self.n) % max(classes, 1)
        self.G = a_network(probe, torch_rng, LATENT + classes, self.m)
        D = a_network(probe, torch_rng, self.m + classes, 1)
        networks = (probe.Watched(name, pair.made, self.notes) for name, pair in (("G", self.G), ("D", D)))
        data, named = ((self.X, self.y), {"classes": classes}) if classes else ((self.X,), {})
        given = {"batch": self.batch, "rate": 1e-13, "latent": LATENT, "rng": a_generator(torch_rng), **named}
        train(*networks, *data, self.steps, **given)

    def noise(self):
        """What the generator was given (steps, 2 batch, latent + classes)."""
        return self.notes.rows("G", self.steps, 2 * self.batch, LATENT + self.classes)

    def first_noise(self):
        """The noise with which each step began (steps, batch, latent), however often a step draws."""
        rows = self.notes.all_rows("G", LATENT + self.classes)
        a_step = len(rows) // self.steps
        assert a_step >= self.batch, f"G was given {len(rows)} rows in {self.steps} steps"
        return rows[: self.steps * a_step].reshape(self.steps, a_step, -1)[:, : self.batch, :LATENT]

    def judged(self):
        """The places in X of the real objects (steps, batch), as the discriminator was given them; its rows of them
        (steps, batch, m + classes), and of the fakes (steps, 2 batch, m + classes).
        """
        rows = self.notes.rows("D", self.steps, 3 * self.batch, self.m + self.classes)
        alike = (rows[:, :, None, : self.m] == self.X).all(dim=3)  # (steps, 3 batch, n)
        is_real = alike.any(dim=2)
        counts = is_real.sum(dim=1).tolist()
        assert counts == [self.batch] * self.steps, f"D was given {counts} rows of X in the steps, not {self.batch}"
        places = alike.long().argmax(dim=2)[is_real].reshape(self.steps, self.batch)
        return places, *(rows[kind].reshape(self.steps, -1, rows.shape[2]) for kind in (is_real, ~is_real))
