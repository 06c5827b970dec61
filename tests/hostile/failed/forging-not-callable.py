"""Defines the name, but as something that cannot be called."""

from honest import *

nearest = None
