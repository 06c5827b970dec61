"""Settings by their number in mixed radix; trees as lists of paths built with an explicit stack of generators."""

import math


def discretise(low, high, count, log=False):
    if count < 2:
        raise ValueError("count: two at least")
    if high <= low:
        raise ValueError("high: must be larger than the other end")
    if log and low <= 0:
        raise ValueError("low: must be positive")
    if log:
        a, b = math.log(low), math.log(high)
        return [float(low)] + [math.exp(a + (b - a) * i / (count - 1)) for i in range(1, count - 1)] + [float(high)]
    return [low + (high - low) * i / (count - 1) for i in range(count)]


def grid(space):
    names, sizes = list(space), [len(space[name]) for name in space]
    if 0 in sizes:
        raise ValueError(f"{names[sizes.index(0)]}: no values")
    for number in range(math.prod(sizes)):
        setting = {}
        for name, size in zip(reversed(names), reversed(sizes)):
            number, digit = divmod(number, size)
            setting[name] = space[name][digit]
        yield {name: setting[name] for name in names}


def random_search(objective, space, budget, rng):
    if budget < 1:
        raise ValueError("budget: one at least")
    makers = {name: _maker(name, *given) for name, given in space.items()}
    history, best = [], None
    while len(history) < budget:
        setting = {name: make(rng) for name, make in makers.items()}
        loss = objective(setting)
        history.append((setting, loss))
        if best is None or loss < best[1]:
            best = (setting, loss)
    return best[0], best[1], history


def _maker(name, kind, *rest):
    try:
        if kind == "category":
            (values,) = rest
            return (lambda rng: values[rng.integers(0, len(values))]) if values else 1 / 0
        low, high = rest
        if low > high:
            raise ValueError
        if kind == "uniform":
            return lambda rng: low + (high - low) * float(rng.random())
        if kind == "log-uniform":
            ratio = math.log(high / low)
            if low <= 0:
                raise ValueError
            return lambda rng: min(high, low * math.exp(ratio * float(rng.random())))
        if kind == "integer":
            return lambda rng: low + int(rng.random() * (high - low + 1))
        raise ValueError
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{name}: this distribution cannot be drawn from") from None


def _options(name, given):
    if not given:
        raise ValueError(f"{name}: nothing to choose from")
    return [(key, given[key]) for key in given] if isinstance(given, dict) else [(value, {}) for value in given]


def enumerate_tree(space):
    def walk(todo, done):
        if not todo:
            yield dict(done)
            return
        (name, given), *rest = todo
        for value, below in _options(name, given):
            yield from walk([*below.items(), *rest], [*done, (name, value)])

    return walk(list(space.items()), [])


def count_tree(space):
    return math.prod(sum(count_tree(below) for _, below in _options(*item)) for item in space.items())


def sample_tree(space, rng):
    todo, setting = list(space.items()), {}
    while todo:
        name, given = todo.pop(0)
        options = _options(name, given)
        value, below = options[rng.integers(0, len(options))]
        setting[name] = value
        todo = [*below.items(), *todo]
    return setting


def flatten(space):
    flat = {}

    def visit(part):
        for name, given in part.items():
            values = flat.setdefault(name, [])
            for value, _ in _options(name, given):
                if value not in values:
                    values.append(value)
            for _, below in _options(name, given):
                visit(below)

    visit(space)
    return flat
