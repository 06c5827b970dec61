"""What students would begin with."""


def double(x):
    raise NotImplementedError
