"""A request as it comes in, piece by piece: where it ends is told here, and nothing else is looked at.

The web server parses it again when it is whole, and has the last word on what it says: where the two differ, it finds
too little, and refuses.
"""

from __future__ import annotations

import re
import tempfile
import time

HEAD_BYTES = 64 * 1024
IN_MEMORY_BYTES = 256 * 1024  # of a request; what is longer lies in a file that has no name
_LINE_BYTES = 16 * 1024  # of what stands between the chunks of a body

_LENGTH = re.compile(rb"(?im)^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$")
_CHUNKED = re.compile(rb"(?im)^transfer-encoding[ \t]*:[^\n]*chunked")
_EXPECTS = re.compile(rb"(?im)^expect[ \t]*:[ \t]*100-continue")


class Arriving:
    """One request. It is ``done`` when its last byte is there, or when no more of it is wanted.

    No more is wanted of a body of more than ``most`` bytes, and of what is not HTTP.
    """

    def __init__(self, most: int) -> None:
        self.begun = time.monotonic()
        self.done = False
        self.expects = False  # the other side waits to be told to go on
        self.content = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115
        self._most = most
        self.size = 0
        self._head: bytearray | None = bytearray()
        self._body: _Length | _Chunks = _Length(0)

    @property
    def is_empty(self) -> bool:
        return not self.size and not self._head

    def feed(self, piece: bytes) -> bytes:
        """Take what belongs to this request; what comes after it is given back."""
        at = 0
        if self._head is not None:
            at = self._take_head(self._head, piece)
        if self._head is None and not self.done:
            end = self._body.end(piece, at)
            self._keep(piece[at:end])
            at = end
            self.done = self._body.done or self.size > self._most
        return piece[at:]

    def _take_head(self, head: bytearray, piece: bytes) -> int:
        """How many bytes of the piece are the head's."""
        before = len(head)
        head += piece
        end = head.find(b"\r\n\r\n", max(0, before - 3))
        if end < 0:
            if len(head) > HEAD_BYTES:
                self._keep(bytes(head))
                self.done = True
            return len(piece)
        del head[end + 4 :]
        self._keep(bytes(head))
        self._head = None
        self.expects = _EXPECTS.search(head) is not None
        length = _LENGTH.search(head)
        if _CHUNKED.search(head):
            self._body = _Chunks()
        elif length is not None:
            self._body = _Length(int(length[1]))
        self.done = self._body.done or self._body.told > self._most
        return end + 4 - before

    def _keep(self, piece: bytes) -> None:
        self.content.write(piece)
        self.size += len(piece)


class _Length:
    """A body whose length was told."""

    def __init__(self, length: int) -> None:
        self.told = length
        self._left = length

    @property
    def done(self) -> bool:
        return self._left == 0

    def end(self, piece: bytes, at: int) -> int:
        """Where, of the piece from ``at`` on, the body ends."""
        taken = min(self._left, len(piece) - at)
        self._left -= taken
        return at + taken


class _Chunks:
    """A body in chunks: each has its size before it, the last is empty, and lines may follow that."""

    told = 0

    def __init__(self) -> None:
        self.done = False
        self._line = bytearray()
        self._left = 0  # of a chunk, with the line's end after it
        self._is_over = False  # the last chunk was there

    def end(self, piece: bytes, at: int) -> int:
        while at < len(piece) and not self.done:
            if self._left:
                taken = min(self._left, len(piece) - at)
                self._left -= taken
                at += taken
                continue
            stop = piece.find(b"\n", at) + 1
            self._line += piece[at : stop or None]
            at = stop or len(piece)
            if stop:
                self._read_line()
            elif len(self._line) > _LINE_BYTES:
                self.done = True
        return at

    def _read_line(self) -> None:
        line = bytes(self._line).strip()
        self._line.clear()
        if self._is_over:
            self.done = not line
            return
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            size = -1
        if size > 0:
            self._left = size + 2
        self._is_over = size == 0
        self.done = size < 0
