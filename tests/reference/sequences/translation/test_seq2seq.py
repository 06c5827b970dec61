"""The encoder-decoder against torch's packed sequences and GRU, by hand, and by what must change nothing."""

import pytest
import torch

from reference.sequences.translation.seq2seq import Seq2Seq
from tests.reference.sequences.weights import double

TOKENS = torch.tensor([[1, 2, 3, 4], [5, 1, 0, 0], [2, 0, 0, 0]])
LENGTHS = torch.tensor([4, 2, 1])


def a_model():
    return double(Seq2Seq(6, 3, 4), seed=1)


def test_encode_is_that_of_packed_sequences():
    model = a_model()
    packed = torch.nn.utils.rnn.pack_padded_sequence(model.embedding(TOKENS), LENGTHS, batch_first=True)
    torch.testing.assert_close(model.encode(TOKENS, LENGTHS), model.encoder(packed)[1][0])


def test_forward_is_a_gru_over_the_shifted_words():
    model = a_model()
    targets = torch.tensor([[3, 1], [2, 2], [5, 0]])
    fed = model.embedding(torch.tensor([[4, 3], [4, 2], [4, 5]]))
    layer = torch.nn.GRU(3, 4, batch_first=True).double()
    layer.load_state_dict({f"{name}_l0": value for name, value in model.decoder.state_dict().items()})
    states, _ = layer(fed, model.encode(TOKENS, LENGTHS)[None])
    expected = torch.log_softmax(model.head(states), dim=2)
    torch.testing.assert_close(model(TOKENS, LENGTHS, targets, 4), expected)


def test_padding_changes_nothing():
    model = a_model()
    padded = torch.cat([torch.where(torch.arange(4) < LENGTHS[:, None], TOKENS, 5), torch.full((3, 5), 2)], dim=1)
    torch.testing.assert_close(model.encode(padded, LENGTHS), model.encode(TOKENS, LENGTHS))


def test_the_future_changes_nothing():
    model = a_model()
    targets = torch.tensor([[1, 2, 3]])
    one, other = (model(TOKENS[:1], LENGTHS[:1], words, 0) for words in (targets, torch.tensor([[1, 4, 5]])))
    assert torch.equal(one[:, :2], other[:, :2])
    assert not torch.equal(one[:, 2], other[:, 2])


def test_greedy_takes_the_best_word_of_teacher_forcing():
    model = a_model()
    for end in range(6):
        said = model.greedy(TOKENS, LENGTHS, 3, end, 7)
        assert said == [model.greedy(TOKENS[i : i + 1], LENGTHS[i : i + 1], 3, end, 7)[0] for i in range(3)]
        for row, words in enumerate(said):
            targets = torch.tensor([[*words, end]])
            best = model(TOKENS[row : row + 1], LENGTHS[row : row + 1], targets, 3).argmax(dim=2)[0].tolist()
            assert best[: len(words)] == words
            assert len(words) == 7 or best[len(words)] == end


def test_greedy_by_hand():
    """With zero weights the state is 0 and each word has the probability that the bias of the head gives."""
    model = Seq2Seq(3, 2, 2)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
        model.head.bias.copy_(torch.tensor([0.0, 2.0, 2.0]))
    assert model.greedy(TOKENS[2:, :1], LENGTHS[2:], 0, 2, 3) == [[1, 1, 1]]
    assert model.greedy(TOKENS[2:, :1], LENGTHS[2:], 0, 1, 3) == [[]]


def test_all_first_values_come_from_the_generator():
    one, same, other = (Seq2Seq(20, 6, 16, rng=torch.Generator().manual_seed(seed)).state_dict() for seed in (1, 1, 2))
    for name, value in one.items():
        assert torch.equal(value, same[name])
        assert not torch.equal(value, other[name])
        assert 0.2 < value.abs().max() <= 0.25


@pytest.mark.parametrize(
    ("tokens", "lengths", "name"),
    [
        (TOKENS[0], LENGTHS, "tokens"),
        (TOKENS.double(), LENGTHS, "tokens"),
        (TOKENS + 2, LENGTHS, "tokens"),
        (TOKENS - 1, LENGTHS, "tokens"),
        (TOKENS, LENGTHS[:2], "lengths"),
        (TOKENS, LENGTHS - 1, "lengths"),
        (TOKENS, LENGTHS + 1, "lengths"),
    ],
)
def test_words_and_lengths_are_checked(tokens, lengths, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        a_model().encode(tokens, lengths)


def test_other_arguments_are_checked():
    model = a_model()
    for place, name in enumerate(("words", "size", "hidden")):
        with pytest.raises(ValueError, match=f"^{name} must"):
            Seq2Seq(*(0 if place == other else 2 for other in range(3)))
    for begin, end, limit, name in ((6, 0, 1, "begin"), (0, -1, 1, "end"), (0, 0, 0, "limit")):
        with pytest.raises(ValueError, match=f"^{name} must"):
            model.greedy(TOKENS, LENGTHS, begin, end, limit)
    with pytest.raises(ValueError, match=r"^targets must"):
        model(TOKENS, LENGTHS, TOKENS[:2], 0)
    with pytest.raises(ValueError, match=r"^token must"):
        model.step(torch.tensor([1, 2]), torch.zeros(3, 4).double())
    with pytest.raises(ValueError, match=r"^state must"):
        model.step(torch.tensor([1, 2, 3]), torch.zeros(3, 5).double())
