"""The hidden suite of scaled attention and of self-attention with one head."""

import torch

from grader.testing import assert_close, hint, points, title, vjp
from grader.testing.inputs import randn
from grader.testing.twins import (
    assert_first_values,
    assert_parameters,
    assert_same_gradients,
    assert_same_output,
    twins,
)
from reference.sequences.attention.masks import causal_mask
from reference.sequences.attention.scaled import SelfAttention, scaled

from .shared import random_mask

WHAT = "(result, weights)"


def triple(torch_rng, n, m, d_k, d_v, *axes, size=1.0):
    """Queries, keys and values."""
    return (
        size * randn(torch_rng, *axes, n, d_k),
        size * randn(torch_rng, *axes, m, d_k),
        randn(torch_rng, *axes, m, d_v),
    )


@title(en="scaled: all keys may be looked at", ru="scaled: видны все ключи")
@hint(
    en="The scores are divided by the root of d_k, the length of a query. The softmax goes over the keys, so each row "
    "of the weights sums up to 1.",
    ru="Оценки делятся на корень из d_k — длины запроса. Softmax берётся по ключам: сумма каждой строки весов равна 1.",
)
def test_scaled(submission, torch_rng):
    for sizes in ((4, 6, 5, 3), (5, 3, 2, 7), (3, 3, 9, 3)):
        arguments = triple(torch_rng, *sizes, 2)
        assert_close(submission.scaled(*arguments), scaled(*arguments), rtol=1e-8, atol=1e-9, what=WHAT)


@points("1/2")
@title(en="scaled: none, two or three axes in front", ru="scaled: без осей впереди, с двумя и с тремя")
@hint(
    en="Only the last two axes count; transpose(-2, -1) leaves the others alone, .T does not.",
    ru="Важны только две последние оси; transpose(-2, -1) не трогает остальные, в отличие от .T.",
)
def test_scaled_axes(submission, torch_rng):
    for axes in ((), (2, 3), (2, 1, 3)):
        arguments = triple(torch_rng, 4, 5, 3, 2, *axes)
        assert_close(submission.scaled(*arguments), scaled(*arguments), rtol=1e-8, atol=1e-9, what=WHAT)


@title(en="scaled: a mask", ru="scaled: маска")
@hint(
    en="True means: may be looked at. Hidden keys drop out before the softmax, so what remains sums up to 1 again.",
    ru="True означает «можно смотреть». Скрытые ключи исключаются до softmax, и веса остальных снова дают в сумме 1.",
)
def test_scaled_mask(submission, torch_rng):
    for shape in ((4, 6), (3, 4, 6), (3, 1, 6), (6,)):
        arguments = *triple(torch_rng, 4, 6, 5, 2, 3), random_mask(torch_rng, *shape)
        assert_close(submission.scaled(*arguments), scaled(*arguments), rtol=1e-8, atol=1e-9, what=WHAT)


@title(en="scaled: a query with no key to look at", ru="scaled: запрос, которому не видно ни одного ключа")
@hint(
    en="The softmax of a row without keys gives NaN, or equal weights where a large negative number stands for a "
    "hidden key. The statement asks for weights of 0.",
    ru="Softmax строки без ключей даёт NaN, а если скрытый ключ заменён большим отрицательным числом, то равные веса. "
    "По условию веса равны 0.",
)
def test_scaled_nothing_to_see(submission, torch_rng):
    mask = random_mask(torch_rng, 2, 4, 5)
    mask[0, 1], mask[1, 3] = False, False
    for seen in (mask, torch.zeros(4, 5, dtype=torch.bool)):
        arguments = *triple(torch_rng, 4, 5, 3, 2, 2), seen
        assert_close(submission.scaled(*arguments), scaled(*arguments), rtol=1e-8, atol=1e-9, what=WHAT)


@points("1/2")
@title(en="scaled: scores of ten thousand", ru="scaled: оценки порядка десяти тысяч")
@hint(
    en="exp of such a number is infinite. torch.softmax is safe: it subtracts the largest score of the row, of those "
    "that may be looked at.",
    ru="exp такого числа — бесконечность. torch.softmax безопасен: он вычитает наибольшую оценку строки среди тех "
    "ключей, на которые можно смотреть.",
)
def test_scaled_large(submission, torch_rng):
    Q, K, V = triple(torch_rng, 5, 6, 4, 3, 2, size=100.0)
    scores = Q @ K.mT
    for mask in (None, random_mask(torch_rng, 5, 6), scores == scores.amin(-1, keepdim=True)):
        found = submission.scaled(Q, K, V, mask)
        assert_close(found, scaled(Q, K, V, mask), rtol=1e-7, atol=1e-7, what=WHAT)


def same_gradients_of_scaled(submission, torch_rng, mask):
    leaves = [value.requires_grad_() for value in triple(torch_rng, 4, 5, 3, 2, 2)]
    outputs = scaled(*leaves, mask)
    weights = tuple(randn(torch_rng, *value.shape) for value in outputs)
    wanted = torch.autograd.grad(sum((out * v).sum() for out, v in zip(outputs, weights, strict=True)), leaves)
    found = vjp(submission.scaled, [*(value.detach() for value in leaves), mask], weights)
    for name, gradient, expected in zip("QKV", found.gradients[:3], wanted, strict=True):
        assert_close(gradient, expected, rtol=1e-6, atol=1e-8, what=f"the gradient by {name}")


@points("1/4")
@title(en="scaled: gradients", ru="scaled: градиенты")
@hint(
    en="Gradients reach Q, K and V, through the result and through the weights.",
    ru="Градиенты доходят до Q, K и V — и через результат, и через веса.",
)
def test_scaled_gradients(submission, torch_rng):
    same_gradients_of_scaled(submission, torch_rng, random_mask(torch_rng, 4, 5))


@points("1/4")
@title(en="scaled: gradients where there is nothing to look at", ru="scaled: градиенты, когда смотреть не на что")
@hint(
    en="A row without keys must not make them NaN: fill hidden places in, do not multiply NaN by 0.",
    ru="Строка без ключей не должна превращать их в NaN: скрытые места заполняйте, а не умножайте NaN на 0.",
)
def test_scaled_gradients_of_nothing(submission, torch_rng):
    mask = random_mask(torch_rng, 4, 5)
    mask[2] = False
    same_gradients_of_scaled(submission, torch_rng, mask)


@points("1/4")
@title(en="SelfAttention: parameters", ru="SelfAttention: параметры")
@hint(
    en="Names and shapes are in the statement; only an nn.Parameter set on the module is registered.",
    ru="Имена и формы даны в условии; регистрируются только nn.Parameter, записанные в сам модуль.",
)
def test_self_attention_parameters(submission):
    assert_parameters(submission.SelfAttention(5, 3), dict.fromkeys(("query", "key", "value"), (3, 5)))


@points("1/4")
@title(en="SelfAttention: first values", ru="SelfAttention: начальные значения")
@hint(
    en="Uniform within 1/sqrt(d), each matrix by a draw of its own from the generator given.",
    ru="Равномерные в пределах 1/sqrt(d); каждая матрица — новые случайные числа из данного генератора.",
)
def test_self_attention_first_values(submission, torch_rng):
    assert_first_values(lambda rng: submission.SelfAttention(30, 16, rng=rng), torch_rng, 30**-0.5)


@title(en="SelfAttention: what comes out", ru="SelfAttention: результат")
@hint(
    en="The vectors are rows of x, so the queries of all of them are x @ query.T. Which of the three matrices gives "
    "what is compared, and which what is summed up?",
    ru="Векторы — строки x, поэтому запросы сразу для всех: x @ query.T. Какая из трёх матриц даёт то, что "
    "сравнивается, а какая — то, что суммируется?",
)
def test_self_attention(submission, torch_rng):
    for (d, d_k), (b, n) in (((5, 3), (2, 4)), ((2, 4), (4, 3)), ((3, 3), (2, 5)), ((1, 1), (1, 1))):
        pair = twins(submission.SelfAttention(d, d_k), SelfAttention(d, d_k), torch_rng)
        assert_same_output(pair, randn(torch_rng, b, n, d))


@points("1/2")
@title(en="SelfAttention: a mask, gradients", ru="SelfAttention: маска, градиенты")
@hint(
    en="The mask goes on to scaled. Gradients reach x and the three matrices, also under a mask.",
    ru="Маска передаётся в scaled. Градиенты доходят до x и до трёх матриц и при маске.",
)
def test_self_attention_gradients(submission, torch_rng):
    pair = twins(submission.SelfAttention(4, 3), SelfAttention(4, 3), torch_rng)
    x = randn(torch_rng, 2, 5, 4)
    assert_same_output(pair, x, causal_mask(5))
    assert_same_output(pair, x, random_mask(torch_rng, 2, 5, 5))
    assert_same_gradients(pair, x, causal_mask(5), torch_rng=torch_rng)
