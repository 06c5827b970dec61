"""The hidden suite of both LSTMs: bad arguments, and arguments that stay as they were."""

from grader.testing import call_unchanged, each, hint

from .shared import randn, refuse_sequences, refuse_steps

CLASSES = ("LSTMCell", "LSTM", "PeepholeLSTMCell", "PeepholeLSTM")


@each(
    CLASSES,
    worth="1/2",
    en="Wrong sizes and shapes are refused: {name}",
    ru="Неверные размеры и формы отвергаются: {name}",
)
@hint(
    en="ValueError with the argument's name; shapes that would be broadcast silently count as wrong too.",
    ru="ValueError с именем аргумента; формы, которые молча растянулись бы (broadcasting), тоже неверны.",
)
def test_bad_arguments(submission, name):
    refuse = refuse_steps if name.endswith("Cell") else refuse_sequences
    refuse(getattr(submission, name))


@each(CLASSES, worth="1/8", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="Operations that end in an underscore, and +=, *= on tensors, write into the caller's state.",
    ru="Операции с подчёркиванием на конце, а также += и *= пишут прямо в состояние вызывающего.",
)
def test_unchanged(submission, torch_rng, name):
    module = getattr(submission, name)(2, 3).double()
    x, h, c = randn(torch_rng, 4, 5, 2), randn(torch_rng, 5, 3), randn(torch_rng, 5, 3)
    call_unchanged(module, *((x[0], h, c) if name.endswith("Cell") else (x, (h, c))))
