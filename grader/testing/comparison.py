"""Strict comparison: type, then shape, then kind of number, then finiteness, then values.

The usual comparisons believe too much: an empty array is close to anything, a scalar to a whole vector,
NaN slips through ``if error > tolerance``, and ``zip`` stops at the shorter list. These do not. They work on
plain data only; an object of the student's own type is never plain data.
"""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import numpy as np

from grader.core.text import clean
from grader.testing.remote import RemoteObject
from grader.testing.words import said

_KINDS = {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex", "U": "text", "S": "bytes"}
_SCALARS = (bool, int, float, complex, str, bytes, type(None))


def assert_close(actual: Any, expected: Any, *, rtol: float = 1e-7, atol: float = 0.0, what: str = "result") -> None:
    """Numbers as near to ``expected`` as ``atol + rtol * |expected|``; everything else as in `assert_equal`.

    Works on scalars, arrays, tensors, sparse matrices, and on lists, tuples and dicts of them. Whole numbers may be
    ints where floats are expected: a statement that names no dtype asks for numbers. One that does has
    ``assert_array(…, kind="float")`` beside it. Non-finite values must stand in the same places with the same sign; NaN
    is allowed only where NaN is expected.
    """
    _compare(actual, expected, what, rtol, atol)


def assert_equal(actual: Any, expected: Any, *, what: str = "result") -> None:
    """Exactly ``expected``: the same type of container, shape, kind of number, and every value."""
    _compare(actual, expected, what, None, 0.0)


def assert_array(
    actual: Any, *, shape: tuple[int | None, ...] | None = None, kind: str = "real", what: str = "result"
) -> Any:
    """``actual`` itself, once it is known to be an array or tensor of this shape and kind, and finite.

    ``None`` in ``shape`` stands for any length; ``kind`` is float, int, bool, complex, text or real (float or
    int). After this it is safe to compute with.
    """
    if not isinstance(actual, np.ndarray) and not _is_tensor(actual):
        _fail(what, _an_array(), _describe(actual))
    values = _numpy(actual)
    found = _KINDS.get(values.dtype.kind, str(values.dtype))
    if found != kind and not (kind == "real" and found in ("float", "int")):
        _fail(
            what,
            said(f"an array of {kind} numbers", f"массив чисел вида {kind}"),
            said(f"one of {found} ({values.dtype})", f"массив вида {found} ({values.dtype})"),
        )
    if shape is not None and not _fits(values.shape, shape):
        _fail(what, _of_shape(_shape(shape)), _of_shape(values.shape))
    if found in ("float", "complex") and not np.isfinite(values).all():
        _fail(
            what,
            said("finite numbers", "конечные числа"),
            said("NaN or infinity among them", "среди них есть NaN или бесконечность"),
        )
    return actual


def assert_same_partition(actual: Any, expected: Any, *, what: str = "labels") -> None:
    """The same grouping, whatever the groups are called: a vector of int labels of the same length."""
    wanted = np.asarray(expected)
    labels = np.asarray(assert_array(actual, shape=wanted.shape, kind="int", what=what))
    pairs = {(int(a), int(b)) for a, b in zip(labels, wanted, strict=True)}
    if not len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs}):
        _fail(
            what,
            said("the same groups", "те же группы"),
            said("objects grouped differently", "объекты сгруппированы иначе"),
        )


def _compare(actual: Any, expected: Any, what: str, rtol: float | None, atol: float) -> None:
    if isinstance(actual, RemoteObject):
        _fail(what, _describe(expected), _describe(actual))
    if isinstance(expected, range):
        expected = list(expected)
    if isinstance(expected, dict):
        _compare_dicts(actual, expected, what, rtol, atol)
    elif isinstance(expected, list | tuple):
        _compare_sequences(actual, expected, what, rtol, atol)
    elif _is_sparse(expected):
        _compare_sparse(actual, expected, what, rtol, atol)
    elif _is_array(expected):
        _compare_arrays(actual, expected, what, rtol, atol)
    elif isinstance(expected, int | float | complex | np.number | np.bool_):
        _compare_numbers(actual, expected, what, rtol, atol)
    elif type(actual) not in (type(expected), _plain_kind(expected)) or actual != expected:
        _fail(what, _describe(expected), _describe(actual))


def _plain_kind(expected: Any) -> type:
    """What an answer is when it has crossed: a named tuple is a tuple then, and numpy's text is a str."""
    return next((kind for kind in (tuple, list, str, bytes) if isinstance(expected, kind)), type(expected))


def _compare_dicts(actual: Any, expected: dict[Any, Any], what: str, rtol: float | None, atol: float) -> None:
    if type(actual) is not dict:
        _fail(what, said("a dict", "словарь (dict)"), _describe(actual))
    if set(actual) != set(expected):
        keys = _short(sorted(map(repr, expected)))
        _fail(what, said(f"the keys {keys}", f"ключи {keys}"), _short(sorted(map(repr, actual))))
    for key, value in expected.items():
        _compare(actual[key], value, f"{what}[{key!r}]", rtol, atol)


def _compare_sequences(actual: Any, expected: Any, what: str, rtol: float | None, atol: float) -> None:
    kind = _plain_kind(expected)
    if type(actual) not in (type(expected), kind):
        _fail(what, _of_type(kind.__name__), _describe(actual))
    if len(actual) != len(expected):
        _fail(what, said(f"{len(expected)} items", f"элементов: {len(expected)}"), f"{len(actual)}")
    for number, (one, other) in enumerate(zip(actual, expected, strict=True)):
        _compare(one, other, f"{what}[{number}]", rtol, atol)


def _compare_sparse(actual: Any, expected: Any, what: str, rtol: float | None, atol: float) -> None:
    if not _is_sparse(actual):
        _fail(what, said("a sparse matrix", "разреженная матрица"), _describe(actual))
    if actual.shape != expected.shape:
        _fail(what, _of_shape(expected.shape), _of_shape(actual.shape))
    _compare_arrays(actual.toarray(), expected.toarray(), what, rtol, atol)


def _compare_numbers(actual: Any, expected: Any, what: str, rtol: float | None, atol: float) -> None:
    """A plain number, a numpy scalar or an array without dimensions; a bool is not a number here."""
    scalar = isinstance(actual, int | float | complex | np.number | np.bool_)
    if not scalar and not (_is_array(actual) and _numpy(actual).shape == ()):
        number = said("a number", "число")
        _fail(what, f"{number} ({_short(expected)})" if rtol is None else number, _describe(actual))
    _compare_values(np.asarray(_numpy(actual)), np.asarray(expected), what, rtol, atol)


def _compare_arrays(actual: Any, expected: Any, what: str, rtol: float | None, atol: float) -> None:
    if _is_tensor(expected) != _is_tensor(actual) or not _is_array(actual):
        _fail(what, _an_array(tensor=_is_tensor(expected)), _describe(actual))
    one, other = _numpy(actual), _numpy(expected)
    if one.shape != other.shape:
        _fail(what, _of_shape(other.shape), _of_shape(one.shape))
    _compare_values(one, other, what, rtol, atol)


def _compare_values(one: Any, other: Any, what: str, rtol: float | None, atol: float) -> None:
    """Arrays of one shape: kind of number, finiteness, values."""
    kind, wanted = (_KINDS.get(a.dtype.kind, str(a.dtype)) for a in (one, other))
    if kind != wanted and not (rtol is not None and (kind, wanted) == ("int", "float")):
        _fail(
            what,
            said(f"{wanted} values", f"значения вида {wanted}"),
            said(f"{kind} values ({one.dtype})", f"значения вида {kind} ({one.dtype})"),
        )
    numeric = kind in ("int", "float", "complex")
    if rtol is None or not numeric:
        same = (one == other) | (_nan(one) & _nan(other))
        if not np.all(same):
            _fail(what, said("equal values", "равные значения"), _difference(one, other, ~np.asarray(same)))
        return
    finite = np.isfinite(other)
    if not np.array_equal(np.isfinite(one), finite):
        expected = (
            said("finite numbers", "конечные числа")
            if finite.all()
            else said("NaN and infinity where expected", "NaN и бесконечность там, где они ожидались")
        )
        _fail(what, expected, said("other ones", "другие"))
    same_nonfinite = (one == other) | (_nan(one) & _nan(other)) | finite
    near = np.abs(np.where(finite, one, 0) - np.where(finite, other, 0)) <= atol + rtol * np.abs(
        np.where(finite, other, 0)
    )
    if not (np.all(near) and np.all(same_nonfinite)):
        _fail(
            what,
            said(f"values within rtol={rtol:g}, atol={atol:g}", f"значения с точностью rtol={rtol:g}, atol={atol:g}"),
            _difference(one, other, ~(near & same_nonfinite)),
        )


def _nan(values: Any) -> Any:
    return np.isnan(values) if values.dtype.kind in "fc" else np.zeros(values.shape, dtype=bool)


def _difference(one: Any, other: Any, wrong: Any) -> str:
    """How many values differ, where the first one stands, and by how much the worst one is off."""
    wrong = np.asarray(wrong)
    count, size = int(wrong.sum()), wrong.size
    where = tuple(int(i) for i in np.argwhere(wrong)[0])
    found, wanted = _short(one[where].item()), _short(other[where].item())
    values = said(f"{found} instead of {wanted}", f"{found} вместо {wanted}")
    if not where:
        return values
    text = said(
        f"{count} of {size} differ; first at {where}: {values}",
        f"различаются {count} из {size}; первое — на месте {where}: {values}",
    )
    if one.dtype.kind in "iufc" and other.dtype.kind in "iufc":
        with np.errstate(all="ignore"):
            worst = np.nanmax(np.abs(one.astype(complex) - other.astype(complex)))
        text += said(f"; largest difference {worst:.3g}", f"; наибольшая разность {worst:.3g}")
    return text


def _is_tensor(value: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and type(value) in (torch.Tensor, torch.nn.Parameter)


def _is_sparse(value: Any) -> bool:
    sparse = sys.modules.get("scipy.sparse")
    return sparse is not None and bool(sparse.issparse(value))


def _is_array(value: Any) -> bool:
    return type(value) is np.ndarray or _is_tensor(value)


def _numpy(value: Any) -> Any:
    if _is_tensor(value):
        plain = value.detach().resolve_conj().resolve_neg()
        return (plain.float() if str(plain.dtype) == "torch.bfloat16" else plain).numpy()
    return np.asarray(value)


def _fits(actual: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(actual) == len(wanted) and all(w in (None, a) for a, w in zip(actual, wanted, strict=True))


def _shape(wanted: tuple[int | None, ...]) -> str:
    return "(" + ", ".join(said("any", "любое") if n is None else str(n) for n in wanted) + ")"


def _describe(value: Any) -> str:
    if isinstance(value, RemoteObject):
        return said(f"an object of type {value._type_name!r}", f"объект типа {value._type_name!r}")
    if isinstance(value, _SCALARS):
        return f"{type(value).__name__} {_short(value)}"
    if _is_array(value):
        kind, shape = _an_array(tensor=_is_tensor(value)), tuple(value.shape)
        return said(f"{kind} of shape {shape}, {value.dtype}", f"{kind} формы {shape}, {value.dtype}")
    return _of_type(type(value).__name__)


def _an_array(*, tensor: bool = False) -> str:
    return said("a tensor", "тензор") if tensor else said("an array", "массив")


def _of_type(name: str) -> str:
    return said(f"a {name}", f"объект типа {name}")


def _of_shape(shape: object) -> str:
    return said(f"shape {shape}", f"форма {shape}")


def _short(value: Any) -> str:
    return clean(repr(value), limit=120)


def _fail(what: str, expected: str, got: str) -> NoReturn:
    text = said(f"expected {expected}, got {got}", f"ожидалось: {expected}; получено: {got}")
    raise AssertionError(f"{what}: {text}")
