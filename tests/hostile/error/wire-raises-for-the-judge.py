"""Says that it raised an exception that the trusted side would take for its own."""

from honest import *
from tools import instead, number, own

RemoteException = own("RemoteException")


def nearest(X, centres):
    instead(("raised", number(), RemoteException("SystemExit", "AssignmentFault", "the suite is broken", ()), ""))
