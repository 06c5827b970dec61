"""Plain Python: lists of logarithms, one sum function, paths kept whole instead of pointers."""

import math

import numpy as np

NEVER = -math.inf


def _ln(p):
    return math.log(p) if p > 0 else NEVER


def _sum(logs):
    top = max(logs)
    return top if top == NEVER else top + math.log(sum(math.exp(value - top) for value in logs))


def _check(start, transition, emission):
    start, transition, emission = (np.asarray(table).tolist() for table in (start, transition, emission))
    k = len(start)

    def good(row, length):
        return len(row) == length and min(row) >= 0 and abs(sum(row) - 1) < 1e-6

    if not good(start, k):
        raise ValueError("start is no distribution")
    if len(transition) != k or not all(good(row, k) for row in transition):
        raise ValueError("transition has rows that are no distributions")
    if len(emission) != k or not all(good(row, len(emission[0])) for row in emission):
        raise ValueError("emission has rows that are no distributions")
    return start, transition, emission


def _read(start, transition, emission, seen):
    start, transition, emission = _check(start, transition, emission)
    seen = np.asarray(seen).tolist()
    if not seen or min(seen) < 0 or max(seen) >= len(emission[0]):
        raise ValueError("seen has values that no state can show")
    logs = [_ln(p) for p in start], [[_ln(p) for p in row] for row in transition], [[_ln(p) for p in row] for row in emission]
    return *logs, seen


def _ahead(first, moves, signs, seen):
    states = range(len(first))
    rows = [[first[i] + signs[i][seen[0]] for i in states]]
    for value in seen[1:]:
        before = rows[-1]
        rows.append([_sum([before[i] + moves[i][j] for i in states]) + signs[j][value] for j in states])
    return rows


def forward(start, transition, emission, seen):
    return np.array(_ahead(*_read(start, transition, emission, seen)))


def log_likelihood(start, transition, emission, seen):
    return _sum(_ahead(*_read(start, transition, emission, seen))[-1])


def viterbi(start, transition, emission, seen):
    first, moves, signs, seen = _read(start, transition, emission, seen)
    states = range(len(first))
    best = [(first[i] + signs[i][seen[0]], (i, None)) for i in states]
    for value in seen[1:]:
        following = []
        for j in states:
            origin = max(states, key=lambda i: best[i][0] + moves[i][j])
            score = best[origin][0] + moves[origin][j] + signs[j][value]
            following.append((score, (j, best[origin][1])))
        best = following
    score, chain = max(best, key=lambda pair: pair[0])
    if score == NEVER:
        raise ValueError("seen is impossible")
    path = []
    while chain is not None:
        path.append(chain[0])
        chain = chain[1]
    return np.array(path[::-1]), score


def posterior(start, transition, emission, seen):
    first, moves, signs, seen = _read(start, transition, emission, seen)
    states = range(len(first))
    ahead = _ahead(first, moves, signs, seen)
    total = _sum(ahead[-1])
    if total == NEVER:
        raise ValueError("seen is impossible")
    after, rows = [0.0 for _ in states], []
    for t in reversed(range(len(seen))):
        rows.append([math.exp(ahead[t][i] + after[i] - total) for i in states])
        after = [_sum([moves[i][j] + signs[j][seen[t]] + after[j] for j in states]) for i in states]
        # what is seen at t belongs to the step that leads to t
    return np.array(rows[::-1])


def _draw(weights, rng):
    point = rng.random() * sum(weights)
    for place, weight in enumerate(weights):
        if point < weight:
            return place
        point -= weight
    return max(place for place, weight in enumerate(weights) if weight > 0)


def sample(start, transition, emission, length, rng):
    start, transition, emission = _check(start, transition, emission)
    if length < 1:
        raise ValueError("length is below 1")
    states, seen, law = [], [], start
    for _ in range(length):
        states.append(_draw(law, rng))
        seen.append(_draw(emission[states[-1]], rng))
        law = transition[states[-1]]
    return np.array(states), np.array(seen)
