"""Asks the interpreter to end while it is imported."""

from honest import *

raise SystemExit(0)
