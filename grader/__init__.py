"""A grader for courses on machine learning.

The packages below stand on each other in one direction: ``cli`` on ``store`` and ``harness``, those on
``testing``, that on ``core``. This module stays empty of imports, because the sandbox images hold only
``grader.harness.wire`` and ``grader.harness.agent`` and import it from there.
"""

__version__ = "0.1.0"
