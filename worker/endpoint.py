"""``/healthz`` and ``/metrics`` of a process that is no web server, on an address for machines alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import REGISTRY, CollectorRegistry, make_wsgi_app

from grader.core.errors import BadInput

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Health = Callable[[], tuple[bool, dict[str, Any]]]  # whether all is well, and what is told


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    timeout = 10  # seconds for a request to be sent

    def log_message(self, format: str, *args: Any) -> None:
        """Whoever scrapes does so every few seconds."""


def serve(bind: str, health: Health, registry: CollectorRegistry = REGISTRY) -> WSGIServer:
    """Answer on ``host:port`` in a thread, until this process ends. Raises BadInput when nobody can listen there."""
    host, _colon, port = bind.rpartition(":")
    if not host or not port.isdigit():
        raise BadInput(f"GRADER_METRICS_BIND must be host:port, not {bind!r}.")
    try:
        server = make_server(host.strip("[]"), int(port), application(health, registry), _Server, _Quiet)
    except OSError as error:
        raise BadInput(f"GRADER_METRICS_BIND: {bind} cannot be listened on ({error.strerror}).") from error
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server


def application(health: Health, registry: CollectorRegistry) -> WSGIApplication:
    """The two pages."""
    metrics = make_wsgi_app(registry)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/metrics":
            pages: Iterable[bytes] = metrics(environ, start_response)
            return pages
        if environ["PATH_INFO"] != "/healthz":
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"There are /healthz and /metrics.\n"]
        well, told = health()
        start_response("200 OK" if well else "503 Service Unavailable", [("Content-Type", "application/json")])
        return [json.dumps(told).encode() + b"\n"]

    return answer
