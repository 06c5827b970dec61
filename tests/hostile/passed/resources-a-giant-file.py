"""Makes one file larger than a file may be, with nothing in it."""

from honest import *
from tools import Escaped

try:
    with open("/tmp/giant", "wb") as file:
        file.seek(10 << 30)
        file.write(b"x")
    raise Escaped("a file of 10 GiB")
except OSError:
    pass
