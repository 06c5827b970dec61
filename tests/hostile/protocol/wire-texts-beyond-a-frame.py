"""Answers with texts that are each within their bound and together are not."""

from honest import *
from tools import reply


def nearest(X, centres):
    reply(["l", *["x" * 256 * 1024] * 16])
