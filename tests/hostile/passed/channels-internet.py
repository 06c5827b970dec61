"""Connects to the Internet by TCP, UDP and name."""

import socket
import urllib.request

from honest import *
from tools import Escaped

for attempt in (
    lambda: socket.create_connection(("1.1.1.1", 443), timeout=1),
    lambda: socket.create_connection(("2606:4700:4700::1111", 443), timeout=1),
    lambda: socket.getaddrinfo("secret.attacker.example", 80),
    lambda: urllib.request.urlopen("http://example.com", timeout=1),
):
    try:
        attempt()
    except OSError:
        continue
    raise Escaped("the Internet")
