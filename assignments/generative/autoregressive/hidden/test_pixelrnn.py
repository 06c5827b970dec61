"""The hidden suite of the row LSTM."""

from grader.testing import depends, hint, limit, points, title
from grader.testing.inputs import randn
from grader.testing.twins import assert_parameters, assert_same_gradients, assert_same_output, twins
from reference.generative.autoregressive.pixelrnn import RowLSTM

from .shared import after_steps, assert_order, assert_others, assert_sums_to_one, nats_of_new

ENOUGH = 12.0


def same_logits(submission, torch_rng, width, shape, **values):
    pair = twins(submission.RowLSTM(width), RowLSTM(width), torch_rng, values=values)
    assert_same_output(pair, randn(torch_rng, *shape))


@points("1/2")
@title(en="RowLSTM: parameters", ru="RowLSTM: параметры")
@hint(
    en="inputs with a bias, states without one, head; nothing else. Each network draws its own first values.",
    ru="inputs со сдвигом, states без сдвига, head; больше ничего. Начальные значения у каждой сети свои.",
)
def test_rowlstm_parameters(submission):
    for sizes in ((), (5,)):
        expected = {name: tuple(value.shape) for name, value in RowLSTM(*sizes).named_parameters()}
        one, other = submission.RowLSTM(*sizes), submission.RowLSTM(*sizes)
        assert_parameters(one, expected)
        assert_others(one, other)


@points("1/2")
@title(en="RowLSTM: the first row", ru="RowLSTM: первая строка")
@hint(
    en="h and c begin with zeros. Of the row a pixel sees the three to the left of it: kernel 3, the row moved by one.",
    ru="h и c начинаются с нулей. В своей строке пиксель видит три пикселя левее: ядро 3, строка сдвинута на один.",
)
def test_rowlstm_first_row(submission, torch_rng):
    for width, shape in ((4, (3, 1, 1, 6)), (1, (2, 1, 1, 2)), (3, (1, 1, 1, 1))):
        same_logits(submission, torch_rng, width, shape)


@title(en="RowLSTM: row after row", ru="RowLSTM: строка за строкой")
@hint(
    en="Gates in the order forget, input, candidate, output. h and c of the row above go into the next one; states "
    "sees h above the pixel and to both sides of that.",
    ru="Фильтры идут в порядке: забывание, вход, кандидат, выход. h и c верхней строки переходят в следующую; states "
    "видит h над пикселем и по обе стороны от него.",
)
def test_rowlstm(submission, torch_rng):
    for width, shape in ((4, (3, 1, 4, 5)), (2, (2, 1, 6, 3))):
        same_logits(submission, torch_rng, width, shape)


@points("1/2")
@title(en="RowLSTM: one call leaves nothing to the next", ru="RowLSTM: один вызов не влияет на следующий")
@hint(
    en="Each image begins with zeros for h and c: keep nothing but parameters in the module.",
    ru="Каждое изображение начинается с нулевых h и c: в модуле хранятся только параметры.",
)
def test_rowlstm_calls(submission, torch_rng):
    pair = twins(submission.RowLSTM(3), RowLSTM(3), torch_rng)
    for n in (2, 2, 3):
        assert_same_output(pair, randn(torch_rng, n, 1, 3, 4))


@points("1/2")
@title(en="RowLSTM: one column, one channel", ru="RowLSTM: один столбец, один канал")
@hint(
    en="Axes of length 1 stay; beyond the edges there are zeros.",
    ru="Оси длины 1 сохраняются; за краями — нули.",
)
def test_rowlstm_of_one(submission, torch_rng):
    for width, shape in ((3, (2, 1, 4, 1)), (1, (2, 1, 3, 2)), (1, (1, 1, 2, 1))):
        same_logits(submission, torch_rng, width, shape)


@title(en="RowLSTM: a law of images, after steps too", ru="RowLSTM: распределение, в том числе после шагов")
@hint(
    en="A logit may depend neither on its own pixel, nor on those to the right of it, nor on rows below.",
    ru="Логит не должен зависеть ни от своего пикселя, ни от пикселей правее, ни от строк ниже.",
)
def test_rowlstm_order(submission, probe, torch_rng):
    network = after_steps(submission.RowLSTM(), probe, torch_rng, 1, 4, 4)
    assert_order(network, randn(torch_rng, 1, 1, 4, 5))
    assert_sums_to_one(network, 3, 3)


@title(en="RowLSTM: gradients", ru="RowLSTM: градиенты")
@hint(
    en="The way back leads through h and c of all rows: no detach between them.",
    ru="Обратный путь идёт через h и c всех строк: между ними не должно быть detach.",
)
def test_rowlstm_gradients(submission, torch_rng):
    pair = twins(submission.RowLSTM(3), RowLSTM(3), torch_rng)
    assert_same_gradients(pair, randn(torch_rng, 2, 1, 4, 5), torch_rng=torch_rng)


@limit(seconds=30)
@depends("test_rowlstm_parameters", "test_rowlstm", "test_rowlstm_gradients")
@title(en="RowLSTM learns rectangles", ru="RowLSTM учит прямоугольники")
@hint(
    en="Do gradients reach all parameters, states and inputs alike?",
    ru="Доходят ли градиенты до всех параметров — и до states, и до inputs?",
)
def test_rowlstm_learns(submission, probe, torch_rng):
    reached = nats_of_new(submission.RowLSTM(), RowLSTM, probe, torch_rng, steps=60, rate=0.03)
    assert reached <= ENOUGH, f"minus the log-likelihood of a new image is {reached:.1f} nats, not at most {ENOUGH:g}"
