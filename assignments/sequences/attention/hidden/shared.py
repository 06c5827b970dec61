"""What the suites of both modules share."""

import torch

from grader.testing import assert_array, parameters


def check_independent(module):
    """No parameter begins with the values of another one."""
    found = parameters(module).items()
    values = torch.cat([assert_array(value, kind="float", what=name).flatten() for name, value in found])
    assert len(values.unique()) > 0.99 * len(values), "parameters begin with the same values"
