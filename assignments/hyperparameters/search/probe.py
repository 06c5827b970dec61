"""Runs beside the submission: lists what an iterator gives, and repeats a draw."""

from itertools import islice


def listed(settings, count):
    """At most ``count`` settings, all of them held at once."""
    return list(islice(settings, count))


def samples(draw, space, rng, count):
    """So many draws from one generator, one after another."""
    return [draw(space, rng) for _ in range(count)]
