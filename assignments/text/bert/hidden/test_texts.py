"""The hidden suite of embed, with a model whose vectors are known."""

import torch

from grader.testing import assert_close, assert_equal, hint, points, title
from grader.testing.inputs import randn

from .shared import rows


class Notes:
    """What the model was given and how it stood, for each call of encode."""

    def __init__(self):
        self.calls = []

    def __call__(self, *call):
        self.calls.append(call)


def a_case(torch_rng, lengths, size=4, longest=None):
    """Tokens, segments, vectors (large at padding), and the means without padding."""
    tokens, segments = rows(torch_rng, lengths, longest=longest)
    vectors = randn(torch_rng, *tokens.shape, size)
    vectors[tokens == 0] = 1e3
    return (
        tokens,
        segments,
        vectors,
        torch.stack([row[:n].mean(dim=0) for row, n in zip(vectors, lengths, strict=True)]),
    )


@title(en="embed: the mean over tokens", ru="embed: среднее по токенам")
@hint(
    en="The mean of the vectors of all tokens but padding: neither the sum counts padding nor the number.",
    ru="Среднее векторов всех токенов, кроме дополнения: дополнения нет ни в сумме, ни в количестве.",
)
def test_embed(submission, probe, torch_rng):
    for lengths, longest in (((5, 5), None), ((5, 2, 1), None), ((3, 1), 40)):
        tokens, segments, vectors, expected = a_case(torch_rng, lengths, longest=longest)
        model = probe.scripted(vectors, Notes(), False)
        found = submission.embed(model, tokens, segments)
        assert_close(found, expected, rtol=1e-9, atol=1e-10, what="vectors of texts")


@points("1/2")
@title(en="embed: what encode is given", ru="embed: что получает encode")
@hint(
    en="The tokens and the segments as they came, without gradients.",
    ru="Токены и номера предложений, какими они пришли; без градиентов.",
)
def test_embed_gives(submission, probe, torch_rng):
    tokens, segments, vectors, _ = a_case(torch_rng, (4, 6))
    notes = Notes()
    submission.embed(probe.scripted(vectors, notes, False), tokens, segments)
    assert notes.calls, "encode was not called"
    for *given, _, _, recorded in notes.calls:
        assert_equal(given, [tokens, segments], what="what encode was given")
        assert recorded is False, "gradients are recorded"


@points("1/2")
@title(en="embed: evaluation mode", ru="embed: режим eval")
@hint(
    en="model.eval() first: in training mode dropout gives another vector each time.",
    ru="Сначала model.eval(): в режиме обучения дропаут каждый раз даёт другой вектор.",
)
def test_embed_mode(submission, probe, torch_rng):
    tokens, segments, vectors, expected = a_case(torch_rng, (6, 3))
    for training in (True, False):
        model = probe.scripted(vectors, Notes(), training)
        for _ in range(2):
            assert_close(submission.embed(model, tokens, segments), expected, rtol=1e-9, atol=1e-10, what="vectors")


@points("1/2")
@title(en="embed: the modes as they were", ru="embed: режимы остаются какими были")
@hint(
    en="Each module is afterwards in the mode in which it was, also a part with a mode of its own.",
    ru="После вызова каждый модуль в том режиме, в котором был, в том числе часть со своим режимом.",
)
def test_embed_restores(submission, probe, torch_rng):
    tokens, segments, vectors, _ = a_case(torch_rng, (4, 2))
    for training, frozen in ((True, False), (False, False), (True, True)):
        model = probe.scripted(vectors, Notes(), training, frozen)
        before = probe.modes(model)
        submission.embed(model, tokens, segments)
        assert_equal(probe.modes(model), before, what="modes after embed")
