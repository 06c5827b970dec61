"""gunicorn's settings: one process, many threads, since each open event stream holds one."""

import os

bind = os.environ.get("GRADER_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("GRADER_WEB_WORKERS", "1"))
worker_class = "gthread"
threads = int(os.environ.get("GRADER_WEB_THREADS", "64"))
graceful_timeout = 5
timeout = 60
limit_request_field_size = 8190
accesslog = None
control_socket_disable = True  # it would lie in the home folder, and two installations would share it
