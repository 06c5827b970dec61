"""The public tests: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, title


@title(en="The column of the statement", ru="Столбец из условия")
def test_subwords(submission):
    found = submission.subwords(np.array([[1.0], [2.0], [3.0]]))
    assert_close(found, np.array([[-1.224745], [0.0], [1.224745]]), atol=1e-6)
