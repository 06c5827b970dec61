"""Where a request ends, however it is cut into pieces."""

from __future__ import annotations

import random

import pytest

from web.arriving import HEAD_BYTES, Arriving

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\ncontent-length : 11\r\n\r\n0\r\n\r\n0\r\n\r\n0"
CHUNKED = (
    b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n5;a=b\r\n0\r\n\r\n\r\n1\r\nx\r\n0\r\nX: y\r\n\r\n"
)


@pytest.mark.parametrize("request_bytes", [GET, POST, CHUNKED], ids=["a head", "a length", "chunks"])
def test_a_request_ends_where_it_ends_and_the_next_one_begins_there(request_bytes):
    rng = random.Random(1)
    for _ in range(200):
        arriving, left = Arriving(1000), request_bytes + GET
        while not arriving.done:
            cut = rng.randint(1, 9)
            piece, left = left[:cut], left[cut:]
            left = arriving.feed(piece) + left
        assert left == GET
        arriving.content.seek(0)
        assert arriving.content.read() == request_bytes


@pytest.mark.parametrize("request_bytes", [GET, POST, CHUNKED])
def test_without_its_last_byte_it_is_not_there(request_bytes):
    arriving = Arriving(1000)
    assert arriving.feed(request_bytes[:-1]) == b""
    assert not arriving.done


@pytest.mark.parametrize(
    "hopeless",
    [
        b"POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + b"400\r\n" + b"x" * 1001,
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + b"0" * 20_000,
        b"x" * (HEAD_BYTES + 1),
    ],
    ids=["a long body", "many chunks", "no chunk", "a negative chunk", "an endless line", "an endless head"],
)
def test_what_will_be_refused_is_not_waited_for(hopeless):
    arriving = Arriving(1000)
    arriving.feed(hopeless)
    assert arriving.done


def test_who_expects_to_be_told_to_go_on_is_seen():
    arriving = Arriving(1000)
    arriving.feed(b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")
    assert arriving.expects
    assert not arriving.done
