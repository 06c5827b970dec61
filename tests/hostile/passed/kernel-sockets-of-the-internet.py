"""Opens sockets of the Internet: TCP, UDP, raw, over version 4 and 6."""

import socket

from honest import *
from tools import Escaped

for family, kinds in ((socket.AF_INET, (1, 2, 3)), (socket.AF_INET6, (1, 2, 3))):
    for kind in kinds:
        try:
            socket.socket(family, kind, 0).close()
        except OSError as error:
            if error.errno in (1, 13):
                continue
            raise Escaped(f"family {family}: {error}") from None
        raise Escaped(f"family {family}")
