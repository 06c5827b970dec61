"""Messages with sockets beside them: each socket belongs to its own message, however the bytes arrive."""

from __future__ import annotations

import socket
import threading

import pytest

from grader.harness.links import Link


@pytest.mark.parametrize("size", [10, 300_000])
def test_every_message_keeps_its_own_sockets(size):
    left, right = socket.socketpair()
    sender, receiver = Link(left), Link(right)
    ends = [socket.socketpair() for _ in range(30)]

    def send() -> None:
        for number, (_, theirs) in enumerate(ends):
            sender.send({"number": number, "text": "x" * size}, [theirs] if number % 3 else [])

    thread = threading.Thread(target=send)
    thread.start()
    for number, (ours, _) in enumerate(ends):
        message, sockets = receiver.receive()
        assert message["number"] == number
        assert len(sockets) == (1 if number % 3 else 0)
        for connection in sockets:
            connection.sendall(str(number).encode())
            assert ours.recv(10) == str(number).encode()
    thread.join()
