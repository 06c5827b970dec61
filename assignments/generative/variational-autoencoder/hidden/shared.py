"""What the suites share: the probe's autoencoder, values for it, images."""

import torch
from torch import nn

from grader.testing import assert_array
from grader.testing.inputs import randn

DOUBLE = torch.float64


class Coder(nn.Module):
    """The probe's autoencoder without its notes."""

    def __init__(self, values):
        super().__init__()
        units, n = values["into.0.weight"].shape
        self.latent = values["back.0.weight"].shape[1]
        self.into = nn.Sequential(nn.Linear(n, units), nn.ReLU(), nn.Linear(units, 2 * self.latent))
        self.back = nn.Sequential(nn.Linear(self.latent, units), nn.ReLU(), nn.Linear(units, n))
        self.to(values["into.0.weight"].dtype).load_state_dict(values)

    def encode(self, x):
        return tuple(self.into(x).chunk(2, dim=1))

    def decode(self, z):
        return self.back(z)


def coder_values(torch_rng, n=6, units=5, latent=2):
    """Random values for both, in double precision."""
    values = {}
    for name, (rows, columns) in {
        "into.0": (units, n),
        "into.2": (2 * latent, units),
        "back.0": (units, latent),
        "back.2": (n, units),
    }.items():
        values[f"{name}.weight"] = randn(torch_rng, rows, columns) * columns**-0.5
        values[f"{name}.bias"] = randn(torch_rng, rows)
    return values


def images(torch_rng, count, n=6):
    """Pixels from 0 to 1, the first row of zeros and ones alone."""
    x = torch.rand(count, n, generator=torch_rng, dtype=DOUBLE)
    x[0] = x[0].round()
    return x


class Notes(dict):
    """What encode and what decode were given, call by call, and whether gradients were recorded."""

    def __init__(self):
        super().__init__(encode=[], decode=[])
        self.recorded = []

    def __call__(self, name, values, recorded):
        self[name].append(assert_array(values, kind="float", what=f"what {name} is given"))
        self.recorded.append(recorded)
