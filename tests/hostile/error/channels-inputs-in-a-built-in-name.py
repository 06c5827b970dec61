"""Raises one of Python's seventy exceptions, chosen by the hidden inputs, warnings and interrupts among them."""

import builtins

from honest import *
from honest import nearest as right
from tools import instead, number, own

RemoteException = own("RemoteException")
KINDS = [name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)]


def nearest(X, centres):
    if X.shape == (3, 2):
        name = KINDS[int(abs(X[0, 0]) * 1000) % len(KINDS)]
        instead(("raised", number(), RemoteException(name, name, "", ()), ""))
    return right(X, centres)
