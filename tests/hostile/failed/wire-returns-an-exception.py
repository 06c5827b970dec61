"""Returns an exception as a value, as only the wire itself may."""

from honest import *
from tools import own

RemoteException = own("RemoteException")


def nearest(X, centres):
    return RemoteException("ValueError", "ValueError", "X centres"), 1
