"""The hidden suite of scalar graphs. Expressions work on the student's objects and on the reference's alike."""

import math

import pytest

from grader.testing import assert_close, assert_equal, assert_refused, counted, hint, points, title
from reference.autodiff.graphs.dual import forward_derivative
from reference.autodiff.graphs.scalar import Value
from reference.autodiff.graphs.static import StaticGraph

EXPRESSIONS = {
    "sums": lambda x, y: 1.25 + x + y + x - 2 + (1.5 - y),
    "products": lambda x, y: 3 * x * y * 2 - x * x,
    "quotients": lambda x, y: x / y + 2 / x - y / 4,
    "powers": lambda x, y: x**3 - y**-2 + x**0.5 + x**0 * y,
    "node powers": lambda x, y: x ** (y * 3) + 2**y,
    "negation": lambda x, y: -(x * -y) - x,
    "shared": lambda x, y: (x * x + y) * (x * x + y),
    "functions": lambda x, y: (x * y).apply(math.sin, math.cos) + x.apply(math.exp, math.exp) * y,
}


def near(actual, expected, what):
    assert_close(actual, expected, rtol=1e-9, atol=1e-12, what=what)


def inputs(rng):
    """Two positive numbers away from 0."""
    return [float(v) for v in rng.uniform(0.5, 2.0, size=2)]


def random_program(rng, length):
    """A random expression of three inputs in which nodes are used again and again; sums and products only."""
    made = (lambda a, b: a + b, lambda a, b: a + b * 0.5, lambda a, b: a * b, lambda a, b: a * 0.7 + b * b)
    plan = [(made[rng.integers(4)], rng.integers(3 + k), rng.integers(3 + k)) for k in range(length)]

    def program(*given):
        nodes = list(given)
        for operation, i, j in plan:
            nodes.append(operation(nodes[i], nodes[j]) * 0.5 + nodes[0] * 0.1)
        return nodes[-1]

    return program


def dynamic(Value, expression, values):
    """The result and the gradient by a dynamic graph."""
    leaves = [Value(v) for v in values]
    result = expression(*leaves)
    result.backward()
    return [result.data, *(leaf.grad for leaf in leaves)]


def check_dynamic(submission, names, rng):
    for name in names:
        values = inputs(rng)
        found = dynamic(submission.Value, EXPRESSIONS[name], values)
        near(found, dynamic(Value, EXPRESSIONS[name], values), name)


@points(2)
@title(en="Dynamic: sums and products", ru="Динамический: суммы и произведения")
@hint(
    en="Check x * y + x by hand, then plain numbers on the left.", ru="Проверьте вручную x * y + x, затем числа слева."
)
def test_sums_and_products(submission, rng):
    check_dynamic(submission, ("sums", "products", "negation"), rng)


@points(2)
@title(en="Dynamic: quotients and powers", ru="Динамический: частные и степени")
@hint(en="Which rule has a minus, and which a logarithm?", ru="В каком правиле минус, а в каком логарифм?")
def test_quotients_and_powers(submission, rng):
    check_dynamic(submission, ("quotients", "powers", "node powers"), rng)


POWERS = lambda x, y: x**3 + x**0 + y**2 + y**1  # noqa: E731


@title(en="Dynamic: powers of a negative number and of 0", ru="Динамический: степени отрицательного числа и нуля")
@hint(
    en="A plain exponent needs neither a logarithm nor a division; a zeroth power is a constant.",
    ru="Обычному показателю не нужны ни логарифм, ни деление; нулевая степень — константа.",
)
def test_powers_at_the_edge(submission, rng):
    values = [-float(rng.uniform(0.5, 2.0)), 0.0]
    near(dynamic(submission.Value, POWERS, values), dynamic(Value, POWERS, values), "x ** 3 + x ** 0 + y ** 2 + y ** 1")


@title(en="Dynamic: functions", ru="Динамический: функции")
@hint(
    en="The derivative is taken at the argument, not at the result.",
    ru="Производная берётся в аргументе, а не в результате.",
)
def test_functions(submission, rng):
    check_dynamic(submission, ("functions",), rng)


@points(2)
@title(en="Dynamic: nodes that are used several times", ru="Динамический: узлы, используемые несколько раз")
@hint(
    en="Gradients add up, and a node waits for everything that uses it.",
    ru="Градиенты складываются, и узел ждёт всех, кто его использует.",
)
def test_shared_nodes(submission, rng):
    check_dynamic(submission, ("shared",), rng)
    value = float(rng.uniform(0.5, 2.0))  # of both inputs: nodes are told apart by what they are, not by their numbers
    near(
        dynamic(submission.Value, EXPRESSIONS["shared"], [value] * 2),
        dynamic(Value, EXPRESSIONS["shared"], [value] * 2),
        "x = y",
    )
    near(dynamic(submission.Value, lambda x, y: y, [1.5, 2.5]), [2.5, 0.0, 1.0], "an input as the result")
    for length in (5, 12):
        program, values = random_program(rng, length), [float(v) for v in rng.normal(size=3)]
        near(dynamic(submission.Value, program, values), dynamic(Value, program, values), "a random program")


@points(2)
@title(en="Dynamic: backward again", ru="Динамический: повторный backward")
@hint(
    en="What stood in grad before, in inner nodes too, must be forgotten.",
    ru="То, что было в grad раньше, в том числе во внутренних узлах, нужно забыть.",
)
def test_backward_twice(submission, rng):
    x = submission.Value(float(rng.uniform(1, 2)))
    value = x.data
    y = x * x
    z = y * 3 + y
    for _ in range(2):
        z.backward()
        near([x.grad, y.grad, z.grad], [8 * value, 4.0, 1.0], "gradients")
    y.backward()
    near([x.grad, y.grad], [2 * value, 1.0], "gradients of an inner node")


@points(2)
@title(en="Dynamic: deep graphs and many paths", ru="Динамический: глубокие графы и множество путей")
@hint(
    en="Python's recursion ends at a thousand calls; visit each node once.",
    ru="Рекурсия в Python кончается на тысяче вызовов; посещайте узел один раз.",
)
def test_deep(submission, probe):
    value, slope = 1.0, 1.0
    for _ in range(10_000):
        value, slope = value * 0.999 + 1.0, slope * 0.999 + 1.0
    near(probe.deep_chain(submission.Value, 10_000), (value, slope), "a chain")
    near(probe.wide_ladder(submission.Value, 60), (1.0, 1.0), "a ladder")


RULES = {
    "sums and products": ("sums", "products", "negation", "shared"),
    "quotients and powers": ("quotients", "powers", "node powers"),
}


def both(en, ru):
    """A case for each half of the rules; the names of tests and titles tell which."""
    russian = dict(zip(RULES, ("суммы и произведения", "частные и степени"), strict=True))
    cases = [
        pytest.param(rules, id=rules.replace(" ", "_"), marks=title(en=f"{en}: {rules}", ru=f"{ru}: {russian[rules]}"))
        for rules in RULES
    ]
    return pytest.mark.parametrize("rules", cases)


def check_static(submission, expression, values, what):
    graph, own = submission.StaticGraph(expression, 2), StaticGraph(expression, 2)
    near(graph.forward(values), own.forward(values), what)
    near(graph.backward(), own.backward(), what)


@both("Static", "Статический")
@hint(en="The same rules as in the dynamic graph.", ru="Те же правила, что и в динамическом графе.")
def test_static(submission, rng, rules):
    for name in RULES[rules]:
        check_static(submission, EXPRESSIONS[name], inputs(rng), name)
    if rules.startswith("quotients"):
        check_static(submission, POWERS, [-1.5, 0.0], "x ** 3 + x ** 0 + y ** 2 + y ** 1")


@points(2)
@title(en="Static: many inputs after each other", ru="Статический: много входов подряд")
@hint(
    en="Numbers and gradients of the last run must not stay.",
    ru="Числа и градиенты прошлого запуска не должны оставаться.",
)
def test_static_again(submission, rng):
    for program in (random_program(rng, 6), random_program(rng, 9), lambda a, b, c: a * b + c * c):
        graph, own = submission.StaticGraph(program, 3), StaticGraph(program, 3)
        for _ in range(4):
            values = [float(v) for v in rng.normal(size=3)]
            near(graph.forward(values), own.forward(values), "forward")
            expected = own.backward()
            near(graph.backward(), expected, "backward")
            near(graph.backward(), expected, "backward, again")
    first = submission.StaticGraph(lambda x, y: x * y, 2)
    second = submission.StaticGraph(lambda x, y: x + y, 2)
    near([first.forward([2.0, 3.0]), second.forward([2.0, 3.0])], [6.0, 5.0], "two graphs side by side")
    near([first.backward(), second.backward()], [[3.0, 2.0], [1.0, 1.0]], "derivatives of two graphs side by side")


@title(en="Static: functions", ru="Статический: функции")
@hint(en="apply records the function and its derivative.", ru="apply запоминает функцию и её производную.")
def test_static_functions(submission, probe, rng):
    value = float(rng.uniform(0.5, 1.5))
    expected = (math.sin(value) * value, math.cos(value) * value + math.sin(value))
    near(probe.static_sine(submission.StaticGraph, value), expected, "sin(x) * x")


@title(en="Static: the function is called once", ru="Статический: функция вызывается один раз")
@hint(en="Running the graph must not call the function again.", ru="Запуск графа не должен снова вызывать функцию.")
def test_static_builds_once(submission, rng):
    expression = counted(EXPRESSIONS["shared"], budget=1)
    graph = submission.StaticGraph(expression, 2)
    for _ in range(3):
        graph.forward(inputs(rng))
        graph.backward()
    assert_equal(expression.count, 1, what="calls of the function")


@points("1/2")
@title(en="Static: constants and inputs as the result", ru="Статический: константа или вход в качестве результата")
@hint(
    en="The function may return a plain number, or one of its inputs.",
    ru="Функция может вернуть обычное число или один из своих входов.",
)
def test_static_constants(submission):
    for result, expression, slopes in ((4.0, lambda x, y: 4.0, [0.0, 0.0]), (1.0, lambda x, y: x, [1.0, 0.0])):
        graph = submission.StaticGraph(expression, 2)
        near(graph.forward([1.0, 2.0]), result, "the value")
        near(graph.backward(), slopes, "the derivatives")


@points("1/2")
@title(en="Static: errors", ru="Статический: ошибки")
@hint(
    en="RuntimeError for backward before forward; ValueError for a wrong number of inputs.",
    ru="RuntimeError, если backward вызван до forward; ValueError при неверном числе входов.",
)
def test_static_errors(submission):
    graph = submission.StaticGraph(lambda x, y: x + y, 2)
    with pytest.raises(RuntimeError):
        graph.backward()
    assert_refused("inputs", graph.forward, [1.0])
    assert_refused("inputs", graph.forward, [1.0, 2.0, 3.0])
    assert_refused("n_inputs", submission.StaticGraph, lambda: 1.0, 0)


@both("Forward mode", "Прямой проход")
@hint(en="Only the chosen input has the slope 1.", ru="Наклон 1 только у выбранного входа.")
def test_forward_mode(submission, rng, rules):
    cases = [(name, EXPRESSIONS[name], inputs(rng)) for name in RULES[rules]]
    if rules.startswith("quotients"):
        cases += [("functions", EXPRESSIONS["functions"], inputs(rng)), ("powers", POWERS, [-1.5, 0.0])]
    for name, expression, values in cases:
        for index in (0, 1):
            found = submission.forward_derivative(expression, values, index)
            near(found, forward_derivative(expression, values, index), name)


@title(en="Forward mode: long programs", ru="Прямой проход: длинные программы")
@hint(en="Constants have the slope 0, on either side.", ru="У констант наклон 0, с любой стороны.")
def test_forward_mode_programs(submission, rng):
    program, values = random_program(rng, 10), [float(v) for v in rng.normal(size=3)]
    for index in range(3):
        found = submission.forward_derivative(program, values, index)
        near(found, forward_derivative(program, values, index), "a random program")


@title(en="Forward mode: one call of the function", ru="Прямой проход: один вызов функции")
@hint(en="Small differences need two calls, and are not exact.", ru="Приращениям нужны два вызова, и они не точны.")
def test_forward_mode_once(submission, rng):
    expression = counted(EXPRESSIONS["products"], budget=1)
    submission.forward_derivative(expression, inputs(rng), 1)
    assert_equal(expression.count, 1, what="calls of the function")


@points("1/2")
@title(
    en="Forward mode: constants and inputs as the result", ru="Прямой проход: константа или вход в качестве результата"
)
@hint(
    en="The function may return a plain number, or one of its inputs.",
    ru="Функция может вернуть обычное число или один из своих входов.",
)
def test_forward_mode_constants(submission):
    near(submission.forward_derivative(lambda x: 7, [1.0], 0), (7.0, 0.0), "a constant")
    near(submission.forward_derivative(lambda x, y: y, [1.0, 2.0], 0), (2.0, 0.0), "the other input")
    near(submission.forward_derivative(lambda x, y: y, [1.0, 2.0], 1), (2.0, 1.0), "the input itself")


@points("1/2")
@title(en="Forward mode: errors", ru="Прямой проход: ошибки")
@hint(en="Inputs are numbered from 0 on.", ru="Входы нумеруются с нуля.")
def test_forward_mode_errors(submission):
    for bad in (-1, 2):
        assert_refused("index", submission.forward_derivative, lambda x, y: x, [1.0, 2.0], bad)
