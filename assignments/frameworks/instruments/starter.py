"""Own functions, layer tables, logs: fill in what follows.

Check the file at home with `grader check frameworks/instruments solution.py`.
"""

import torch
from torch import Tensor, nn


class Bilinear(torch.autograd.Function):
    """y_i = scale * x_i^T W z_i for each row: x (n, m), W (m, k), z (n, k), a number scale -> y (n,)."""

    @staticmethod
    def forward(ctx, x, W, z, scale):
        raise NotImplementedError("ctx.save_for_backward(x, W, z), ctx.scale = scale, then the formula")

    @staticmethod
    def backward(ctx, grad):
        """grad (n,) -> the gradients by x, W, z (None for those that are not needed), and None for scale."""
        raise NotImplementedError("write the sum out by entries and differentiate it by each argument")


def bilinear(x: Tensor, W: Tensor, z: Tensor, scale: float = 1.0) -> Tensor:
    """Check the arguments, then Bilinear.apply."""
    raise NotImplementedError("check the shapes and that all numbers are finite, then Bilinear.apply")


def summary(model: nn.Module, example: Tensor) -> list[tuple[str, tuple[int, ...], int]]:
    """(name, output shape, parameters) for each run of a module without children, in the order of the runs."""
    raise NotImplementedError("put a forward hook on each module without children and run the model once")


def total(rows: list[tuple[str, tuple[int, ...], int]]) -> int:
    """The number of parameters in the whole table."""
    raise NotImplementedError("add up the third entries")


def crc32c(data: bytes) -> int:
    """The checksum CRC-32C."""
    raise NotImplementedError("first bit by bit, as the statement says; then with a table")


def record(data: bytes) -> bytes:
    """Length, its masked checksum, data, their masked checksum."""
    raise NotImplementedError("struct.pack('<Q', ...) makes the 8 bytes of a number")


def event(wall_time: float, step: int, tag: str, value: float) -> bytes:
    """A message Event with one scalar."""
    raise NotImplementedError("write a function that makes a varint first, then build the message from inside out")


def event_file(entries: list[tuple[float, int, str, float]]) -> bytes:
    """A whole file: the record with the version, then a record for each (wall_time, step, tag, value)."""
    raise NotImplementedError("join records: the version first")
