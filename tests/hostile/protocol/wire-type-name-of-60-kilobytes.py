"""Says that an object's type has a name of 60 kB."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["h", b"t" * 16, "V" * 60_000, True])
