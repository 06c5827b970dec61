"""What the suites share: objects and kernels with planted eigenvalues, and what must be equal."""

import numpy as np

from grader.testing import assert_array, assert_close
from grader.testing.inputs import orthogonal


def planted(rng, l, eigenvalues, *, centred=True):  # noqa: E741 (the lecture's name)
    """Objects (l, n) in random directions: F^T F has these n eigenvalues, once F is centred or as it is.

    Zeros at the end make F wide, or of a lower rank. Centred objects are moved to a random mean afterwards.
    """
    scales = np.sqrt([value for value in eigenvalues if value > 0])
    noise = rng.normal(size=(l, len(scales))) + (not centred)
    codes = np.linalg.qr(noise - noise.mean(axis=0) * centred)[0]
    objects = (codes * scales) @ orthogonal(rng, len(eigenvalues))[:, : len(scales)].T
    return objects + 3 * rng.normal(size=len(eigenvalues)) * centred


def planted_kernel(rng, l, eigenvalues):  # noqa: E741 (as above)
    """A matrix (l, l), exactly symmetric, far from centred; its centred form has these eigenvalues, and zeros."""
    noise = rng.normal(size=(l, len(eigenvalues)))
    vectors = np.linalg.qr(noise - noise.mean(axis=0))[0]
    shifts = 2 * rng.normal(size=l)
    half = (vectors * eigenvalues) @ vectors.T / 2 + shifts
    return half + half.T


def near(found, expected, what, rtol=1e-7):
    """Nearly equal, measured by the largest number that is expected."""
    scale = float(np.abs(expected).max())
    assert_close(found, expected, rtol=rtol, atol=rtol * max(scale, 1e-9), what=what)


def same_columns(found, expected, what, rtol=1e-7):
    """Columns like the reference's, each up to its sign."""
    columns = assert_array(found, shape=expected.shape, what=what)
    near(columns * np.where((columns * expected).sum(axis=0) < 0, -1.0, 1.0), expected, what, rtol)


def same_subspace(columns, basis, what):
    """Orthonormal columns that span what the columns of ``basis`` do: their projector is the same."""
    assert_array(columns, shape=basis.shape, what=what)
    near(columns @ columns.T, basis @ basis.T, f"{what} {what}^T")


def unpack(result, names, what):
    """The parts of a tuple by their names."""
    assert isinstance(result, tuple | list), (
        f"{what} must return a tuple ({', '.join(names)}), not {type(result).__name__}"
    )
    assert len(result) == len(names), f"{what} must return {len(names)} arrays, not {len(result)}"
    return dict(zip(names, result, strict=True))
