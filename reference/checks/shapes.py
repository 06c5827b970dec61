"""Shapes that arrays and tensors must have: lengths along the axes, None for any length of at least 1."""

from __future__ import annotations

Lengths = tuple[int, ...]
Wanted = tuple[int | None, ...]


def fits(lengths: Lengths, wanted: Wanted, *, empty: bool = False) -> bool:
    """Whether a shape is the wanted one. With ``empty``, None stands for a length of 0 as well.

    >>> fits((5, 2), (None, 2)), fits((5,), (None, 2)), fits((0, 2), (None, 2))
    (True, False, False)
    """
    return len(lengths) == len(wanted) and all(
        length == own or (own is None and (length > 0 or empty)) for length, own in zip(lengths, wanted, strict=True)
    )


def as_text(wanted: Wanted) -> str:
    """The wanted shape for people.

    >>> as_text((None, 2))
    '(any, 2)'
    """
    lengths = ["any" if own is None else str(own) for own in wanted]
    return f"({', '.join(lengths)}{',' if len(lengths) == 1 else ''})"
