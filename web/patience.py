"""A worker of gunicorn whose threads wait for nobody: neither for a request to come, nor for an answer to be taken.

gunicorn's threads read and write without any time limit, so as many connections as there are threads, each sending or
taking a byte now and then, would stop the whole site. Here the loop that accepts connections also takes in what they
send, of all of them at once, and gives a request to a thread when its last byte is there; what of an answer is not
taken at once, the loop sends when the thread is done. Who takes too long is closed; where there are as many
connections as may be, the oldest unfinished one is, of those who have the most.
"""

from __future__ import annotations

import errno
import os
import resource
import selectors
import socket
import time
from collections import Counter
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from grader.harness.bounds import DEFAULT, MIB
from web.arriving import Arriving
from web.auth.pauses import network
from web.impatient import Impatient

READ_SECONDS = float(os.environ.get("GRADER_WEB_PATIENCE", "30"))  # for all of a request, head and body
SEND_SECONDS = 60.0  # in which an answer must have been taken, once it is there
BEHIND = 100  # answers that were not taken yet: they may lie on the disk
HELD_BYTES = 1024 * MIB  # of all requests together; where that is reached, who is sending the longest is closed
REQUEST_BYTES = DEFAULT.notebook_bytes + MIB  # a body beyond is refused by its beginning
LINGER_SECONDS, LINGER_BYTES = 2.0, 8 * MIB  # in which the other side can read why it was refused
FILES = 8192  # that the worker may have open: connections, and requests that are long
_PIECE = 64 * 1024


class Connection(TConn):  # type: ignore[misc]
    """A connection whose end the loop sees to: gunicorn would wait in the loop for the other side."""

    def __init__(self, worker: ImpatientWorker, client: socket.socket, address: Any, server: Any) -> None:
        super().__init__(worker.cfg, Impatient(client), address, server)
        self.data_ready = True
        self.size = 0  # of the request that a thread has
        self._worker = worker

    @property
    def whose(self) -> str:
        return network(str(self.client[0])) if isinstance(self.client, tuple) and self.client else ""

    def close(self, graceful: bool = False) -> None:
        if graceful:
            self._worker.linger(self)
        else:
            super().close()


class ImpatientWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threaded worker, with a loop that takes requests in."""

    def init_process(self) -> None:
        self.arriving: dict[Connection, Arriving] = {}
        self.sending: dict[Connection, tuple[float, Any]] = {}  # until when, and what gunicorn's thread came to
        self.lingering: dict[Connection, tuple[float, int]] = {}  # until when, and how many bytes more
        self.held = 0  # bytes of requests that have come, or are coming
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(ValueError, OSError):
            resource.setrlimit(
                resource.RLIMIT_NOFILE, (FILES if most == resource.RLIM_INFINITY else min(FILES, most), most)
            )
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self.make_room()
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        self.expect(Connection(self, client, address, listener.getsockname()))
        while self.nr_conns >= self.worker_connections and self.make_room():
            pass

    def expect(self, conn: Connection) -> None:
        """Take in what this connection sends next."""
        conn.sock.setblocking(False)
        self.arriving[conn] = Arriving(REQUEST_BYTES)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_piece, conn))

    def on_piece(self, conn: Connection, _socket: Any) -> None:
        if conn not in self.arriving:  # it was closed to make room, after it had become readable
            return
        try:
            piece = conn.sock.inner.recv(_PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if piece:
            self.take(conn, piece)
        else:
            self.drop(conn)

    def take(self, conn: Connection, piece: bytes) -> None:
        """A piece of a request has come; a thread gets the request when that was the last."""
        request = self.arriving[conn]
        before = request.size
        try:
            conn.sock.beyond = request.feed(piece)
        except OSError:  # no room on the disk for a long one
            self.drop(conn)
            return
        self.held += request.size - before
        if request.done:
            self.poller.unregister(conn.sock)
            del self.arriving[conn]
            conn.sock.give(request.content)
            conn.size = request.size
            self.enqueue_req(conn)
        elif self.held > HELD_BYTES:
            self.drop(max(self.arriving, key=lambda one: self.arriving[one].size))
        elif request.expects:
            request.expects = False
            with suppress(OSError):
                conn.sock.inner.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_client_socket_readable(self, conn: Connection, client: Any) -> None:
        """The next request on a connection that was kept."""
        if conn not in self.keepalived_conns:
            return
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.expect(conn)
        if conn.sock.beyond:
            self.take(conn, conn.sock.beyond)
        else:
            self.on_piece(conn, client)

    def finish_request(self, conn: Connection, future: Any) -> None:
        """A thread is done; the rest of its answer is sent before anything else comes of the connection."""
        conn.sock.forget()
        self.held, conn.size = self.held - conn.size, 0
        if conn.sock.fileno() < 0:  # the thread has closed it
            super().finish_request(conn, future)
            return
        self.sending[conn] = time.monotonic() + SEND_SECONDS, future
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self.on_writable, conn))
        self.on_writable(conn, None)
        if len(self.sending) > BEHIND:
            self.drop_one(list(self.sending))

    def on_writable(self, conn: Connection, _socket: Any) -> None:
        if conn not in self.sending:
            return
        try:
            if not conn.sock.flush():
                return
        except OSError:
            self.drop(conn)
            return
        self.poller.unregister(conn.sock)
        _, future = self.sending.pop(conn)
        super().finish_request(conn, future)
        if conn.sock.beyond and self.keepalived_conns and self.keepalived_conns[-1] is conn:
            self.on_client_socket_readable(conn, conn.sock)

    def linger(self, conn: Connection) -> None:
        """Say that no more will come, and read on for a moment: closed at once, the answer might never be read."""
        try:
            conn.sock.inner.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_rest, conn))
        except (OSError, ValueError):
            conn.close()
            return
        self.nr_conns += 1
        self.lingering[conn] = time.monotonic() + LINGER_SECONDS, LINGER_BYTES

    def on_rest(self, conn: Connection, _socket: Any) -> None:
        if conn not in self.lingering:
            return
        until, left = self.lingering[conn]
        try:
            count = len(conn.sock.inner.recv(_PIECE))
        except BlockingIOError:
            return
        except OSError:
            count = 0
        self.lingering[conn] = until, left - count
        if count == 0 or count > left:
            self.drop(conn)

    def drop(self, conn: Connection) -> None:
        """Close a connection that no thread has."""
        request = self.arriving.pop(conn, None)
        if request is not None:
            self.held -= request.size
            request.content.close()
        self.sending.pop(conn, None)
        self.lingering.pop(conn, None)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()

    def make_room(self) -> bool:
        """Close one connection that no thread has; whether there was one."""
        unfinished = [*self.arriving, *self.sending]
        if self.lingering:
            self.drop(next(iter(self.lingering)))
        elif unfinished:
            self.drop_one(unfinished)
        elif self.keepalived_conns:
            self.drop(self.keepalived_conns.popleft())
        else:
            return False
        return True

    def drop_one(self, among: list[Connection]) -> None:
        """Close the oldest connection of the address that has the most of them."""
        ((most, _),) = Counter(conn.whose for conn in among).most_common(1)
        self.drop(next(conn for conn in among if conn.whose == most))

    def murder_pending(self) -> None:
        """Close who takes too long; gunicorn asks for that about once a second."""
        super().murder_pending()
        now = time.monotonic()
        late = [conn for conn, request in self.arriving.items() if now > request.begun + READ_SECONDS]
        for waiting in (self.sending, self.lingering):
            late += [conn for conn, (until, _) in waiting.items() if now > until]
        for conn in late:
            self.drop(conn)
