"""Every bound on what a sandbox may send, and on what may be uploaded, in one place. The trusted side checks them
before it allocates.

The agent imports this module too, so that an honest solution gets an understandable error inside instead
of a broken wire; a hostile one is bound only by the checks outside.
"""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True)
class Bounds:
    """Sizes in bytes, counts of things, seconds."""

    control_bytes: int = 1 * MIB  # the structure of one frame
    buffer_bytes: int = 256 * MIB  # the arrays beside it, all together
    nodes: int = 10_000  # values in one frame, containers and their items alike
    depth: int = 8  # containers within containers, in one argument or result
    envelope: int = 3  # what a message puts around its values
    text_bytes: int = 64 * KIB  # one str or bytes
    integer_bytes: int = 1 * KIB  # one int beyond 64 bits
    dimensions: int = 32
    text_item_bytes: int = 1 * KIB  # one item of an array of fixed-width text
    frames_per_call: int = 200_000  # callbacks and their answers within one call
    total_bytes: int = 2048 * MIB  # everything one sandbox sends
    output_bytes: int = 1 * MIB  # everything one sandbox prints
    nesting: int = 16  # a callback that calls back that calls back ...
    handles: int = 100_000  # objects kept alive inside for the suite
    iterations: int = 100_000  # items pulled from one remote iterator
    length: int = 10_000_000  # what a remote object may say of its own length
    upload_bytes: int = 5 * MIB  # one uploaded file
    members: int = 100  # files in an archive
    cells: int = 2000  # of a notebook
    source_bytes: int = 1 * MIB  # all files of a submission, inflated
    zip_window_bytes: int = 32 * MIB  # what a member may ask the unpacker to keep in memory
    parse_seconds: float = 10.0  # of a processor, for all that is read of one upload
    parse_patience: float = 6.0  # how much longer that may take by the clock
    parse_bytes: int = 1024 * MIB  # the address space of a program that reads an upload
    parse_output_bytes: int = 64 * MIB  # what it may tell
    place_seconds: float = 10.0  # how long an upload waits for a place among those that are read
    hello_seconds: float = 60.0
    call_seconds: float = 600.0  # one call, and
    total_seconds: float = 3600.0  # all of a submission, whatever an assignment grants
    judge_bytes: int = 8192 * MIB  # the judge's own address space


DEFAULT = Bounds()
