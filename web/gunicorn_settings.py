"""gunicorn's settings: one process, many threads, since each open event stream holds one.

Several processes share what they count through a folder; it is named here, before anything is counted.
"""

import os
import shutil
import tempfile
from typing import Any

bind = os.environ.get("GRADER_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("GRADER_WEB_WORKERS", "1"))
worker_class = "web.patience.ImpatientWorker"
threads = int(os.environ.get("GRADER_WEB_THREADS", "64"))
keepalive = 30  # closed sooner, a connection may end under a request that is just being sent
graceful_timeout = 5
timeout = 60
limit_request_field_size = 8190
accesslog = None  # `web.logs` tells of each request, by its route
control_socket_disable = True  # it would lie in the home folder, and two installations would share it
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"own": {"()": "grader.core.logs.JsonLines"}, "server": {"()": "grader.core.logs.Guarded"}},
    "handlers": {
        "own": {"class": "logging.StreamHandler", "formatter": "own", "stream": "ext://sys.stderr"},
        "server": {"class": "logging.StreamHandler", "formatter": "server", "stream": "ext://sys.stderr"},
    },
    "root": {"level": "WARNING", "handlers": ["own"]},
    "loggers": {
        "grader": {"level": "INFO"},
        "gunicorn.error": {"level": "INFO", "handlers": ["server"], "propagate": False},
    },
}

own_folder = ""
if workers > 1 and not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    own_folder = os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="grader-metrics-")


def child_exit(server: Any, worker: Any) -> None:
    """What a process that has ended counted stays counted."""
    if workers > 1:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    """The folder ends with the server."""
    if own_folder:
        shutil.rmtree(own_folder, ignore_errors=True)
