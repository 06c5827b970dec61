"""Sends a sparse matrix of 2^31 rows whose indices lie outside."""

from honest import *
from tools import reply


def nearest(X, centres):
    array = ["a", "<i8", 1]
    reply(["S", "csr", "array", 2**31 - 1, 2**31 - 1, ["a", "<f8", 1], array, array], b"A" * 24)
