"""A module that is called as a library of the environment, so that it might be imported in its place."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", zipped({"numpy.py": b"raise RuntimeError(__name__)", "solution.py": HONEST})
