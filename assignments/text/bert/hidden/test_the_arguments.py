"""The hidden suite of bad arguments, and of arguments that stay as they were."""

import numpy as np
import torch

from grader.testing import assert_refused, call_unchanged, each, hint, points, title
from grader.testing.inputs import fresh

from .shared import rows

SIZES = {"words": 9, "size": 4, "heads": 2, "d_ff": 6, "blocks": 1, "longest": 5}
TOKENS, SEGMENTS = torch.tensor([[1, 5, 2, 0]]), torch.tensor([[0, 0, 1, 0]])
GIVEN = {"tokens": TOKENS, "special": [0, 1, 2], "mask_id": 3, "words": 9}
DOCUMENTS = [["a", "b"], ["c"]]


def refusals(name, submission, probe, rng):
    """Pairs of the name of a wrong argument and the call that gives it."""
    function = getattr(submission, name)
    match name:
        case "mask":
            wrong = [("tokens", TOKENS + 4), ("tokens", TOKENS - 1), ("tokens", TOKENS[0]), ("tokens", TOKENS[:0])]
            wrong += [("special", [0, 9]), ("mask_id", 9), ("mask_id", -1), ("share", 1.5), ("share", -0.1)]
            for argument, value in wrong:
                yield argument, lambda given={**GIVEN, argument: value}: function(**given, rng=fresh(rng))
            yield "words", lambda: function(torch.tensor([[4]]), [0, 1, 2], 3, 5, fresh(rng))
        case "sentence_pairs":
            for documents in ([], [["a", "b"]], [["a", "b"], []], [["a"], ["b"]]):
                yield "documents", lambda documents=documents: function(documents, 3, fresh(rng))
            yield "count", lambda: function(DOCUMENTS, -1, fresh(rng))
        case "Bert":
            for argument, value in (*((key, 0) for key in SIZES), ("heads", 3)):
                yield argument, lambda sizes={**SIZES, argument: value}: function(**sizes)
            model = function(**SIZES)
            for tokens in (TOKENS[0], TOKENS + 4, TOKENS - 1, TOKENS[:, [0, 1, 1, 1, 1, 1]], 0 * TOKENS):
                yield "tokens", lambda tokens=tokens: model(tokens, torch.zeros_like(tokens))
            for segments in (SEGMENTS[:, :3], 2 * SEGMENTS):
                yield "segments", lambda segments=segments: model(TOKENS, segments)
        case "embed":
            model = probe.scripted(torch.ones(2, 4, 3), lambda *call: None, False)
            yield "tokens", lambda: function(model, torch.tensor([[1, 5, 2, 0], [0, 0, 0, 0]]), SEGMENTS.repeat(2, 1))


@each(
    ("mask", "sentence_pairs", "Bert", "embed"),
    worth="1/2",
    en="Wrong arguments are refused: {name}",
    ru="Неверные аргументы отвергаются: {name}",
)
@hint(
    en="ValueError whose text has the argument's name. The list stands in the statement.",
    ru="ValueError, в тексте которого есть имя аргумента. Список — в условии.",
)
def test_errors(submission, probe, rng, name):
    for argument, call in refusals(name, submission, probe, rng):
        assert_refused(argument, call)


@points("1/2")
@title(en="The tokens stay as they were", ru="Токены не меняются")
@hint(
    en="tokens[chosen] = mask_id writes into what you were given: make a copy first.",
    ru="tokens[chosen] = mask_id пишет в то, что вам дали: сначала сделайте копию.",
)
def test_unchanged(submission, torch_rng):
    tokens, _ = rows(torch_rng, (6, 9), 20)
    call_unchanged(submission.mask, tokens, [0, 1, 2], 3, 20, np.random.default_rng(0), 1.0)
