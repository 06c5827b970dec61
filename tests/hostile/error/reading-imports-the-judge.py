"""Imports the parts of the grader that know suites."""

from honest import *


def nearest(X, centres):
    from grader.harness import judge

    return judge
