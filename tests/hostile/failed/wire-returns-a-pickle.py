"""Returns the bytes of a pickle that would run a command."""

from honest import *


def nearest(X, centres):
    return b"cposix\nsystem\n(S'touch /tmp/pickled'\ntR.", b"\x80\x04."
