"""The public tests of the transformer: small cases with their answers written out."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, assert_refused, parameters, set_parameters, title

X = torch.tensor([[[1.0, 5.0], [3.0, -3.0]]], dtype=torch.float64)
NORMAL = torch.tensor([[[-1.0, 1.0], [1.0, -1.0]]], dtype=torch.float64)


def silent(module, **values):
    """All parameters 0 but the scales of the normalisations, and those given."""
    made = {name: torch.zeros(value.shape, dtype=torch.float64) for name, value in parameters(module).items()}
    for name in made:
        if "norm" in name and name.endswith("weight"):
            made[name] += 1.0
    set_parameters(
        module, {**made, **{name.replace("__", "."): torch.tensor(v).double() for name, v in values.items()}}
    )
    return module


@title(en="The example of the statement", ru="Пример из условия")
def test_example(submission):
    block = silent(submission.EncoderBlock(2, 1, 3).double())
    assert_close(block(X), NORMAL, atol=1e-4, what="without attention and inner layer")
    ones = {"linear1__bias": [1.0, -1.0, 1.0], "linear2__weight": [[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]}
    block = silent(submission.EncoderBlock(2, 1, 3).double(), **ones)
    expected = torch.tensor([[[0.0, 0.0], [1.0, -1.0]]], dtype=torch.float64)
    assert_close(block(X), expected, atol=2e-2, what="the inner layer adds (2, 0)")


@title(en="A silent decoder", ru="Декодировщик, который молчит")
def test_decoder(submission):
    block = silent(submission.DecoderBlock(2, 1, 3).double())
    assert_close(block(X, X), NORMAL, atol=1e-4, what="what comes out")


@title(en="Names of parameters", ru="Имена параметров")
def test_parameters(submission):
    found = parameters(submission.DecoderBlock(4, 2, 3))
    attentions = [f"{part}.{kind}_{of}" for part in ("attention", "cross") for kind in "wb" for of in "qkvo"]
    others = [
        f"{part}.{kind}" for part in ("linear1", "linear2", "norm1", "norm2", "norm3") for kind in ("weight", "bias")
    ]
    assert_equal(sorted(found), sorted(attentions + others), what="names of the parameters")
    assert_array(found["linear1.weight"], shape=(3, 4), kind="float", what="linear1.weight")


@title(en="Shape of the scores", ru="Форма оценок")
def test_scores(submission):
    model = submission.Transformer(5, 7, 4, 2, 8, 1)
    scores = model(torch.tensor([[1, 2, 3], [4, 3, 0]]), torch.tensor([[1, 6], [1, 5]]))
    assert_array(scores, shape=(2, 2, 7), kind="float", what="scores")


@title(en="A model that counts", ru="Модель, которая считает")
def test_translate(submission):
    """The next token is one more than the last; counting begins at 1 and ends at 5."""

    def model(source, target):
        return torch.nn.functional.one_hot(target + 1, 9).double()

    source = torch.ones(2, 3, dtype=torch.int64)
    assert_equal(submission.translate(model, source, 1, 5, 10), [[2, 3, 4]] * 2, what="translations")
    assert_equal(submission.translate(model, source, 1, 5, 2), [[2, 3]] * 2, what="translations of two tokens at most")


@title(en="Heads that do not divide d are refused", ru="Число голов, не делящее d, отвергается")
def test_bad_heads(submission):
    assert_refused("heads", submission.EncoderBlock, 4, 3, 8)
