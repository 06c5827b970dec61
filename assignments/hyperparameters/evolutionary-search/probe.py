"""Runs beside the submission: many calls of one operator, so that its distribution can be seen in one answer."""

import copy


def repeat(operator, number, rng, *arguments, **named):
    """What so many calls return, one after another, with the same generator; each has arguments of its own."""
    answers = []
    for _ in range(number):
        own, own_named = copy.deepcopy((arguments, named))
        answers.append(operator(*own, rng=rng, **own_named))
    return answers
