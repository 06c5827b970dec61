"""Opens a socket of the kernel's crypto interface, through which page caches could be written."""

import socket

from honest import *
from tools import Escaped

for family, kinds in ((38, (5,)),):
    for kind in kinds:
        try:
            socket.socket(family, kind, 0).close()
        except OSError as error:
            if error.errno in (1, 13):
                continue
            raise Escaped(f"family {family}: {error}") from None
        raise Escaped(f"family {family}")
