"""The reference of the suite that faults are tried on."""


def double(x: int) -> int:
    return 2 * x
