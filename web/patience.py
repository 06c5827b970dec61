"""A worker of gunicorn whose threads never wait for the other side to send: they get requests that have come in whole.

gunicorn's threads read without any time limit, so as many connections as there are threads, each sending a byte now
and then, would stop the whole site. Here the loop that accepts connections also takes in what they send, of all of
them at once, and gives a request to a thread when its last byte is there. Who takes too long is closed; where there
are as many connections as may be, the oldest unfinished one is, of those who have the most.
"""

from __future__ import annotations

import errno
import os
import resource
import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import IO, Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from grader.harness.bounds import DEFAULT, MIB
from web.arriving import Arriving
from web.auth.pauses import network

READ_SECONDS = float(os.environ.get("GRADER_WEB_PATIENCE", "30"))  # for all of a request, head and body
SEND_SECONDS = 60.0  # for each piece of an answer
REQUEST_BYTES = DEFAULT.upload_bytes + MIB  # a body beyond is refused by its beginning
LINGER_SECONDS, LINGER_BYTES = 2.0, 8 * MIB  # in which the other side can read why it was refused
FILES = 8192  # that the worker may have open: connections, and requests that are long
_PIECE = 64 * 1024


class TooSlow(ConnectionResetError):
    """To gunicorn as if the other side had gone, to Flask a request that broke off."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "the other side is too slow")


class Impatient:
    """A connection's socket, as a thread has it: it reads the request that is there, and writes with time limits."""

    def __init__(self, inner: socket.socket) -> None:
        self.inner = inner
        self.beyond = b""  # what has come of the next request
        self._request: IO[bytes] | None = None

    def give(self, request: IO[bytes]) -> None:
        """What is to be read from now on."""
        self.forget()
        request.seek(0)
        self._request = request

    def forget(self) -> None:
        if self._request is not None:
            self._request.close()
            self._request = None

    def recv(self, size: int, *flags: int) -> bytes:
        """The next bytes of the request. Raises TooSlow beyond its end: nobody waits for what has not come."""
        piece = self._request.read(size) if self._request is not None else b""
        if not piece:
            raise TooSlow
        return piece

    def sendall(self, content: bytes) -> None:
        self._in_time(lambda: self.inner.sendall(content))

    def sendfile(self, *args: Any, **kwargs: Any) -> Any:
        return self._in_time(lambda: self.inner.sendfile(*args, **kwargs))

    def _in_time(self, act: Callable[[], Any]) -> Any:
        self.inner.settimeout(SEND_SECONDS)
        try:
            return act()
        except TimeoutError:
            raise TooSlow from None
        finally:
            if self.inner.fileno() >= 0:
                self.inner.settimeout(None)

    def close(self) -> None:
        self.forget()
        self.inner.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


class Connection(TConn):  # type: ignore[misc]
    """A connection whose end the loop sees to: gunicorn would wait in the loop for the other side."""

    def __init__(self, worker: ImpatientWorker, client: socket.socket, address: Any, server: Any) -> None:
        super().__init__(worker.cfg, Impatient(client), address, server)
        self.data_ready = True
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
        self.lingering: dict[Connection, tuple[float, int]] = {}  # until when, and how many bytes more
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
        try:
            conn.sock.beyond = request.feed(piece)
        except OSError:  # no room on the disk for a long one
            self.drop(conn)
            return
        if request.done:
            self.poller.unregister(conn.sock)
            del self.arriving[conn]
            conn.sock.give(request.content)
            self.enqueue_req(conn)
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
        conn.sock.forget()
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
            request.content.close()
        self.lingering.pop(conn, None)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()

    def make_room(self) -> bool:
        """Close one connection that no thread has; whether there was one."""
        if self.lingering:
            self.drop(next(iter(self.lingering)))
        elif self.arriving:
            held = Counter(conn.whose for conn in self.arriving)
            (most, _), *_ = held.most_common(1)
            self.drop(next(conn for conn in self.arriving if conn.whose == most))
        elif self.keepalived_conns:
            self.drop(self.keepalived_conns.popleft())
        else:
            return False
        return True

    def murder_pending(self) -> None:
        """Close who takes too long; gunicorn asks for that about once a second."""
        super().murder_pending()
        now = time.monotonic()
        late = [conn for conn, request in self.arriving.items() if now > request.begun + READ_SECONDS]
        late += [conn for conn, (until, _) in self.lingering.items() if now > until]
        for conn in late:
            self.drop(conn)
