"""Torch's random generators: a suite's crosses into the sandbox by its state; one inside stays there."""

from __future__ import annotations

import sys
from typing import Any

from grader.harness.wire.values import TORCH_STATE_BYTES, TorchState, Unencodable


def torch_state(value: Any) -> TorchState | None:
    """The state of a `torch.Generator`; None for anything else."""
    torch = sys.modules.get("torch")
    if torch is None or type(value) is not torch.Generator:
        return None
    if value.device.type != "cpu":
        raise Unencodable(f"a torch.Generator on {value.device} (only one on the CPU crosses)")
    state = value.get_state().numpy().tobytes()
    if len(state) != TORCH_STATE_BYTES:
        raise Unencodable(f"a torch.Generator with a state of {len(state)} bytes (expected {TORCH_STATE_BYTES})")
    return TorchState(state)


def torch_generator(given: TorchState) -> Any:
    """A generator that goes on from this state."""
    import torch

    generator = torch.Generator()
    generator.set_state(torch.frombuffer(bytearray(given.state), dtype=torch.uint8))
    return generator
