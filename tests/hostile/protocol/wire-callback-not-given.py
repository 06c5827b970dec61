"""Returns a function of the suite that it was never given."""

from honest import *
from tools import number, own, send, wait

Callback = own("Callback")


def nearest(X, centres):
    send(("result", number(), Callback(1)))
    wait()
