"""Sparse arrays and matrices of scipy's, as the plain parts that they are made of.

Compiled code trusts the indices in them, so all of them are checked before an object is made. Formats that hold a
Python object for each row or entry (lil, dok) cross as their entries, whose number is bounded.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.harness.wire.values import Unencodable, WireError

FORMATS = ("coo", "csr", "csc", "bsr", "dia", "lil", "dok")
_FLAVOURS = ("array", "matrix")


def is_sparse(kind: type) -> bool:
    """Whether it is one of scipy's own classes, exactly."""
    sparse = sys.modules.get("scipy.sparse")
    if sparse is None or not kind.__module__.startswith("scipy.sparse"):
        return False
    form, _, flavour = kind.__name__.partition("_")
    return form in FORMATS and flavour in _FLAVOURS and getattr(sparse, kind.__name__, None) is kind


def objects(form: str, rows: int, entries: int) -> int:
    """How many Python objects this format holds."""
    return {"lil": rows + entries, "dok": entries}.get(form, 0)


def parts(value: Any) -> tuple[str, str, list[int], list[np.ndarray]]:
    """Format, array or matrix, shape, and the arrays that it is made of."""
    form, _, flavour = type(value).__name__.partition("_")
    if len(value.shape) != 2:
        raise Unencodable(f"a sparse array of {len(value.shape)} dimensions (only two can cross)")
    shape = [int(n) for n in value.shape]
    if max(shape) >= 2**31:
        raise Unencodable(f"a sparse {flavour} of shape {tuple(shape)} (at most 2^31 - 1 each)")
    if form in ("csr", "csc", "bsr"):
        count = int(value.indptr[-1])
        arrays = [value.data[:count], value.indices[:count], value.indptr]
    elif form == "dia":
        arrays = [value.data, value.offsets]
        if not _are_diagonals(value.offsets, *shape):
            raise Unencodable(f"a sparse {flavour} with diagonals that lie outside of it")
    else:
        entries = value.tocoo()
        arrays = [entries.data, entries.row, entries.col]
    return form, flavour, shape, arrays


def made(form: Any, flavour: Any, rows: Any, columns: Any, arrays: list[Any], allow: Callable[[int], None]) -> Any:
    """The array or matrix of these parts; ``allow`` is asked before Python objects are made."""
    sparse = sys.modules.get("scipy.sparse")
    if sparse is None:
        raise WireError("a sparse matrix, where scipy is not loaded")
    if form not in FORMATS or flavour not in _FLAVOURS:
        raise WireError("a sparse matrix of an unknown format")
    if any(type(size) is not int or not 0 <= size < 2**31 for size in (rows, columns)):
        raise WireError("a sparse matrix whose shape is not one")
    if not arrays or any(type(array) is not np.ndarray for array in arrays) or arrays[0].dtype.kind not in "biufc":
        raise WireError("a sparse matrix whose parts are not arrays of numbers")
    data, *index = arrays
    if any(array.ndim != 1 or array.dtype not in (np.int32, np.int64) for array in index):
        raise WireError("a sparse matrix whose indices are none")
    kind = getattr(sparse, f"{form}_{flavour}")
    if form == "dia":
        return _of_diagonals(kind, data, *index, rows=rows, columns=columns)
    if form in ("csr", "csc", "bsr"):
        return _compressed(kind, form, data, *index, rows=rows, columns=columns)
    return _of_entries(sparse, form, flavour, data, *index, rows=rows, columns=columns, allow=allow)


def _of_entries(
    sparse: Any,
    form: str,
    flavour: str,
    data: Any,
    row: Any,
    column: Any,
    *,
    rows: int,
    columns: int,
    allow: Callable[[int], None],
) -> Any:
    if data.ndim != 1 or not len(data) == len(row) == len(column):
        raise WireError("a sparse matrix whose indices are none")
    _must_lie_within(row, rows)
    _must_lie_within(column, columns)
    allow(objects(form, rows, len(data)))
    return getattr(sparse, f"coo_{flavour}")((data, (row, column)), shape=(rows, columns)).asformat(form)


def _compressed(kind: Any, form: str, data: Any, index: Any, pointer: Any, *, rows: int, columns: int) -> Any:
    high, wide = _block(data) if form == "bsr" else (1, 1)
    if rows % high or columns % wide or data.ndim != (3 if form == "bsr" else 1):
        raise WireError("a sparse matrix whose blocks do not fit its shape")
    major, minor = (columns, rows) if form == "csc" else (rows // high, columns // wide)
    count = len(data)
    if len(index) != count or len(pointer) != major + 1 or pointer[0] != 0 or pointer[-1] != count:
        raise WireError("a sparse matrix whose indices are none")
    if (pointer[1:] < pointer[:-1]).any():
        raise WireError("a sparse matrix whose rows end before they begin")
    _must_lie_within(index, minor)
    return kind((data, index, pointer), shape=(rows, columns))


def _block(data: Any) -> tuple[int, int]:
    if data.ndim != 3 or 0 in data.shape[1:]:
        raise WireError("a sparse matrix whose blocks are none")
    return data.shape[1], data.shape[2]


def _of_diagonals(kind: Any, data: Any, offsets: Any, *, rows: int, columns: int) -> Any:
    if data.ndim != 2 or len(data) != len(offsets) or not _are_diagonals(offsets, rows, columns):
        raise WireError("a sparse matrix whose diagonals are none")
    return kind((data, offsets), shape=(rows, columns))


def _are_diagonals(offsets: Any, rows: int, columns: int) -> bool:
    return not len(offsets) or bool(-rows < offsets.min() and offsets.max() < columns)


def _must_lie_within(index: Any, bound: int) -> None:
    if len(index) and not (index.min() >= 0 and index.max() < bound):
        raise WireError("a sparse matrix whose indices are out of range")
