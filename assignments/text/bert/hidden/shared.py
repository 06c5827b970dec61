"""What several files of the suite of BERT share: rows of tokens, a language that can be learned, twins."""

import numpy as np
import torch

from grader.testing import assert_array
from grader.testing.inputs import fresh
from grader.testing.twins import twins
from reference.text.bert.masking import mask
from reference.text.bert.model import Bert

PADDING, CLS, SEP, MASK = range(4)
SPECIAL = [PADDING, CLS, SEP]
TOPICS, COUPLES = 3, 3
WORDS = 4 + 2 * TOPICS * COUPLES


def rows(torch_rng, lengths, words=WORDS, longest=None):
    """Tokens and segments (n, t): rows of these lengths without special tokens, padding behind them."""
    longest = longest or max(lengths)
    tokens = torch.randint(4, words, (len(lengths), longest), generator=torch_rng)
    segments = torch.randint(2, tokens.shape, generator=torch_rng)
    padding = torch.arange(longest) >= torch.tensor(lengths)[:, None]
    return tokens.masked_fill(padding, PADDING), segments.masked_fill(padding, 0)


def a_pair(submission, torch_rng, sizes, *, training=False, **named):
    """The student's model and the reference's with the same random parameters."""
    return twins(submission.Bert(*sizes, **named), Bert(*sizes, **named), torch_rng, training=training)


def pair_of(answer, what):
    """A tuple or list of two tensors as a tuple."""
    assert isinstance(answer, tuple | list), f"{what} must be a pair"
    assert len(answer) == 2, f"{what} must be a pair"
    return tuple(answer)


def masked(submission, tokens, special, mask_id, words, rng, *share):
    """What mask gives as two arrays of numpy, once their types and shapes are known."""
    answer = pair_of(submission.mask(tokens, special, mask_id, words, fresh(rng), *share), "what mask returns")
    for value, name in zip(answer, ("inputs", "labels"), strict=True):
        assert isinstance(value, torch.Tensor), f"{name} must be a tensor"
        assert_array(value, shape=tuple(tokens.shape), what=name)
    return tuple(value.long().numpy() for value in answer)


def of_language(rng, count):
    """Rows ``(tokens, segments, follows)`` of a small language.

    Words go in couples: the first of a couple is always followed by the second. A sentence has one to three couples of
    one topic. The second sentence of a row follows the first if it is of the same topic.
    """
    tokens, segments = np.zeros((2, count, 15), dtype=np.int64)
    follows = rng.integers(2, size=count)
    for row in range(count):
        topic = rng.integers(TOPICS)
        others = [topic, (topic + rng.integers(1, TOPICS)) % TOPICS]
        first, second = _sentence(rng, topic), _sentence(rng, others[1 - follows[row]])
        text = [CLS, *first, SEP, *second, SEP]
        tokens[row, : len(text)] = text
        segments[row, len(first) + 2 : len(text)] = 1
    return torch.from_numpy(tokens), torch.from_numpy(segments), torch.from_numpy(follows)


def _sentence(rng, topic):
    first = 4 + 2 * (COUPLES * topic + rng.integers(COUPLES, size=rng.integers(1, 4)))
    return np.stack([first, first + 1], axis=1).ravel().tolist()


def training_rows(rng, steps, batch, count=1500):
    """Rows for so many steps ``(inputs, segments, labels, follows)``, masked anew each time."""
    tokens, segments, follows = of_language(rng, count)
    result = []
    for _ in range(steps):
        chosen = torch.from_numpy(rng.integers(count, size=batch))
        inputs, labels = mask(tokens[chosen], SPECIAL, MASK, WORDS, rng)
        result.append((inputs, segments[chosen], labels, follows[chosen]))
    return result


def what_was_learned(model, rng, count=500):
    """Shares of hidden words and of pairs that a model of the reference tells rightly in new rows."""
    tokens, segments, follows = of_language(rng, count)
    inputs, _ = mask(tokens, SPECIAL, MASK, WORDS, rng)
    with torch.no_grad():
        words, _ = model(inputs, segments)
        _, pairs = model(tokens, segments)
    right = (words.argmax(dim=-1) == tokens)[inputs == MASK]
    return float(right.double().mean()), float((pairs.argmax(dim=-1) == follows).double().mean())
