"""The public tests: small cases with their answers written out."""

import torch

from grader.testing import assert_close, assert_equal, assert_refused, set_state, state, title

DOUBLE = torch.float64


@title(en="Saliency: the example of the statement", ru="Полезность весов: пример из условия")
def test_saliency(submission):
    a, H = torch.tensor([1.0, 3.0], dtype=DOUBLE), torch.tensor([[2.0, 1.0], [1.0, 2.0]], dtype=DOUBLE)
    assert_close(submission.saliency(a, H), torch.tensor([1.5, 13.5], dtype=DOUBLE))
    assert_close(submission.saliency(-a), torch.tensor([1.0, 3.0], dtype=DOUBLE), what="saliency without H")


@title(en="Pruned weights: the example of the statement", ru="Прореживание весов: пример из условия")
def test_prune(submission):
    found = submission.prune(torch.tensor([5.0, -6.0, 7.0]), torch.tensor([2.0, 1.0, 1.0]), 1)
    assert_equal(found, (torch.tensor([5.0, 0.0, 7.0]), torch.tensor([True, False, True])), what="(weights, kept)")


def three_blocks(made, probe):
    """The blocks of the statement: they multiply by 1, 0 and -0.5."""
    stack = made([probe.nn.Linear(2, 2, bias=False).double() for _ in range(3)])
    identity = torch.eye(2, dtype=DOUBLE)
    set_state(stack, {f"blocks.{i}.weight": factor * identity for i, factor in enumerate((1.0, 0.0, -0.5))})
    return stack, torch.tensor([[3.0, 4.0], [0.0, 0.0]], dtype=DOUBLE)


@title(en="A residual stack", ru="Стопка остаточных блоков")
def test_stack(submission, probe):
    stack, X = three_blocks(submission.ResidualStack, probe)
    assert_close(stack(X + 1), X + 1, what="2 * 1 * 0.5 times the input")


@title(en="Sizes of blocks: the example of the statement", ru="Размеры блоков: пример из условия")
def test_sizes(submission, probe):
    stack, X = three_blocks(probe.Stack, probe)
    assert_close(submission.block_sizes(stack, X), torch.tensor([2.5, 0.0, 2.5], dtype=DOUBLE))


@title(en="Pruned blocks: the example of the statement", ru="Прореживание блоков: пример из условия")
def test_prune_blocks(submission, probe):
    stack, X = three_blocks(probe.Stack, probe)
    pruned = submission.prune_blocks(stack, X, 1)
    assert_close(state(pruned), {"blocks.0.weight": -0.5 * torch.eye(2, dtype=DOUBLE)}, what="the pruned stack")
    assert_equal(len(state(stack)), 3, what="number of blocks of the stack given")


@title(en="Frozen and unfrozen", ru="Заморозка и разморозка")
def test_freeze(submission, probe):
    network = probe.named({"conv1": probe.nn.Linear(3, 2), "conv10": probe.nn.Linear(2, 1)})
    assert_equal(submission.freeze(network, "conv1"), 8, what="numbers in conv1")
    expected = {"conv1.weight": False, "conv1.bias": False, "conv10.weight": True, "conv10.bias": True}
    assert_equal(probe.wants(network), expected, what="requires_grad")
    assert_equal(submission.unfreeze(network, "conv1.bias"), 2, what="numbers in conv1.bias")
    assert_equal(probe.wants(network), {**expected, "conv1.bias": True}, what="requires_grad")


@title(en="Transfer: two steps of the head", ru="Перенос: два шага головы")
def test_transfer(submission, probe):
    base, head = probe.nn.Linear(1, 1).double(), probe.nn.Linear(1, 2).double()
    one, zeros = torch.ones(1, 1, dtype=DOUBLE), torch.zeros(2, 1, dtype=DOUBLE)
    set_state(base, {"weight": one, "bias": 0 * one[0]})
    set_state(head, {"weight": zeros, "bias": zeros[:, 0]})
    losses = submission.transfer(base, head, one, torch.tensor([0]), head_steps=2, all_steps=0, rate=1.0)
    # log 2; then the outputs are 1 and -1, and the loss is log(1 + e^-2)
    assert_close(losses, torch.tensor([0.693147, 0.126928], dtype=DOUBLE), atol=1e-6, what="losses")
    assert_close(state(base), {"weight": one, "bias": 0 * one[0]}, what="the base")


@title(en="A slip of the pen is refused", ru="Опечатка отвергается")
def test_bad_prefix(submission, probe):
    assert_refused("prefix", submission.freeze, probe.named({"conv10": probe.nn.Linear(2, 1)}), "conv1")
