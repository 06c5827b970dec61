"""Every bound on what a sandbox may send, and on what may be uploaded, in one place. The trusted side checks them
before it allocates.

The agent imports this module too, so that an honest solution gets an understandable error inside instead
of a broken wire; a hostile one is bound only by the checks outside.

Both directions count the same things in the same way. A request may have a little more of each than an answer,
so that whatever a sandbox has sent can be sent back to it among the arguments of a call.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True)
class Bounds:
    """Sizes in bytes, counts of things, seconds."""

    control_bytes: int = 4 * MIB  # the structure of one frame, with its texts
    buffer_bytes: int = 256 * MIB  # the arrays beside it, all together
    nodes: int = 128 * KIB  # values of msgpack in one frame: scalars, containers, their tags
    depth: int = 8  # containers within containers, in one argument or result
    envelope: int = 3  # containers that a message puts around its values
    text_bytes: int = 256 * KIB  # one str or bytes
    request_control_bytes: int = 256 * KIB  # what a request may have over an answer, of each of these
    request_buffer_bytes: int = 64 * MIB
    request_nodes: int = 8 * KIB
    request_depth: int = 3
    token_bytes: int = 16  # of a handle, exactly
    type_name: int = 64  # characters of the name of an object's type
    forgotten: int = 1000  # handles that a request gives back
    same_hash: int = 64  # keys of one dict, or members of one set, that share a hash
    sparse_objects: int = 1024 * KIB  # rows and entries of sparse matrices that hold each as an object (lil, dok)
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
    upload_bytes: int = 5 * MIB  # one uploaded file, but
    notebook_bytes: int = 20 * MIB  # a notebook: its outputs are dropped, and only its code counts to the source
    members: int = 100  # modules in an archive
    entries: int = 2000  # of its directory, with what is left out
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
    judge_bytes: int = 1024 * MIB  # what a judge may take beyond its parent's, and
    judge_reserve_bytes: int = 256 * MIB  # more, to tell that it was too much
    judge_slack_seconds: float = 5.0  # of a processor, for reading what comes while a call is outstanding

    def of_requests(self) -> Bounds:
        """The bounds of what is sent into a sandbox."""
        return replace(
            self,
            control_bytes=self.control_bytes + self.request_control_bytes,
            buffer_bytes=self.buffer_bytes + self.request_buffer_bytes,
            nodes=self.nodes + self.request_nodes,
            envelope=self.envelope + self.request_depth,
        )


DEFAULT = Bounds()
