"""The public tests of scalar graphs: small cases with their answers written out."""

from grader.testing import assert_close, title


def expression(x, y):
    return x * y + x


@title(en="The example of the statement, dynamic", ru="Пример из условия, динамический граф")
def test_dynamic(submission):
    x, y = submission.Value(3.0), submission.Value(4.0)
    z = expression(x, y)
    z.backward()
    assert_close([z.data, x.grad, y.grad], [15.0, 5.0, 3.0])


@title(en="Plain numbers on either side", ru="Обычные числа с любой стороны")
def test_numbers(submission):
    x = submission.Value(2.0)
    z = 1 - 8 / x + x**3 * 2
    z.backward()
    assert_close([z.data, x.grad], [13.0, 26.0])


@title(en="The same, static", ru="То же, статический граф")
def test_static(submission):
    graph = submission.StaticGraph(expression, 2)
    assert_close(graph.forward([3.0, 4.0]), 15.0)
    assert_close(graph.backward(), [5.0, 3.0])


@title(en="The same, forward mode", ru="То же, прямой проход")
def test_forward_mode(submission):
    assert_close(submission.forward_derivative(expression, [3.0, 4.0], 0), (15.0, 5.0))
    assert_close(submission.forward_derivative(expression, [3.0, 4.0], 1), (15.0, 3.0))
