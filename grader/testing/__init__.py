"""What suites import: fixtures come from the plugin, everything else from here.

Public and hidden suites use the same names. Nothing here knows how the student's code is run; it sees a
`Connection` and the objects behind it.
"""

from grader.testing.callbacks import Counted, counted
from grader.testing.calls import assert_refused, call_unchanged, take
from grader.testing.chance import assert_count, assert_law
from grader.testing.comparison import assert_array, assert_close, assert_equal, assert_same_partition
from grader.testing.derivatives import Vjp, vjp
from grader.testing.marks import deferred, depends, each, hint, limit, points, title, together, visibility
from grader.testing.modules import gradients, parameters, set_parameters, set_state, state
from grader.testing.remote import RemoteObject
from grader.testing.scaling import assert_scaling

__all__ = [
    "Counted",
    "RemoteObject",
    "Vjp",
    "assert_array",
    "assert_close",
    "assert_count",
    "assert_equal",
    "assert_law",
    "assert_refused",
    "assert_same_partition",
    "assert_scaling",
    "call_unchanged",
    "counted",
    "deferred",
    "depends",
    "each",
    "gradients",
    "hint",
    "limit",
    "parameters",
    "points",
    "set_parameters",
    "set_state",
    "state",
    "take",
    "title",
    "together",
    "visibility",
    "vjp",
]
