"""Connects to what a host runs: Redis, PostgreSQL, the web server, the engine, the cloud's metadata, the gateway."""

import socket

from honest import *
from tools import Escaped

for host in ("127.0.0.1", "172.17.0.1", "169.254.169.254", "10.0.2.2", "redis", "postgres", "host.docker.internal"):
    for port in (80, 2375, 5432, 6379, 8000):
        try:
            socket.create_connection((host, port), timeout=0.3)
        except OSError:
            continue
        raise Escaped(f"{host}:{port}")
