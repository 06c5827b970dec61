"""Says that it raised an exception that the trusted side would take for its own."""

from grader.harness.wire import RemoteException
from honest import *
from tools import instead, number


def nearest(X, centres):
    instead(("raised", number(), RemoteException("SystemExit", "AssignmentFault", "the suite is broken", ()), ""))
