"""Runs inside: hands out torch's modules, of which the suites build networks there.

It holds no secret, and what it returns is checked outside.
"""

from torch import nn

__all__ = ["nn"]
