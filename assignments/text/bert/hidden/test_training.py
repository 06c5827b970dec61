"""The hidden suite of training: the model is trained inside, and what it has learned is measured here."""

import torch

from grader.testing import assert_array, depends, hint, limit, state, title
from grader.testing.inputs import fresh
from grader.testing.twins import twins
from reference.text.bert.model import Bert

from .shared import WORDS, training_rows, what_was_learned

STEPS, BATCH, RATE = 240, 32, 0.005
LEAST_WORDS, LEAST_PAIRS = 0.5, 0.8
SIZES = (WORDS, 32, 4, 64, 1, 15)


def trainable(torch_rng):
    """A model of the reference to begin with: matrices with the deviation 0.1."""
    model = Bert(*SIZES, dropout=0.0, rng=torch_rng).double()
    with torch.no_grad():
        for value in model.parameters():
            value.mul_(5.0 if value.dim() > 1 else 1.0)
    return model


@limit(seconds=20)
@depends("test_words", "test_pairs", "test_padding", "test_gradients")
@title(en="Bert learns a small language", ru="Bert учит небольшой язык")
@hint(
    en="Hidden words must be told from their neighbours on both sides, and pairs by the first vector. Look for what "
    "test by test is right and yet keeps gradients from a part: parameters outside of the module, detach, no_grad.",
    ru="Скрытые слова узнаются по соседям с обеих сторон, пары — по первому вектору. Ищите, что не пускает градиенты к "
    "части сети: параметры вне модуля, detach, no_grad.",
)
def test_learns(submission, probe, rng, torch_rng):
    expected = trainable(torch_rng)
    values = {name: value.clone() for name, value in expected.state_dict().items()}
    pair = twins(submission.Bert(*SIZES, dropout=0.0), expected, torch_rng, values=values, training=True)
    probe.train(pair.made.float(), training_rows(fresh(rng), STEPS, BATCH), RATE)
    learned = state(pair.made)
    for name, own in pair.names.items():
        assert own in learned, f"{own} is no parameter of the module"
        assert_array(learned[own], shape=tuple(values[name].shape), what=own)
    expected.load_state_dict({name: learned[own] for name, own in pair.names.items()})
    words, pairs = what_was_learned(expected.eval(), fresh(rng))
    assert words > LEAST_WORDS, f"{words:.0%} of hidden words are told, more than {LEAST_WORDS:.0%} expected"
    assert pairs > LEAST_PAIRS, f"{pairs:.0%} of pairs are told, more than {LEAST_PAIRS:.0%} expected"
