"""Sends back a state of torch's random generator, which may only go the other way."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["t", ["G", bytes(5056)], 1])
