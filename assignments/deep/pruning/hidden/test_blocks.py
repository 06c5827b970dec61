"""The hidden suite of residual stacks and pruned blocks."""

import torch

from grader.testing import assert_equal, hint, points, set_state, state, title
from grader.testing.inputs import randn
from grader.testing.twins import Twins, assert_same_gradients
from reference.deep.pruning.blocks import block_sizes, prune_blocks

from .shared import DOUBLE, NOISY, PICTURES, SMOOTH, same, same_state, scaled, stacks


@points("1/2")
@title(en="The stack", ru="Стопка блоков")
@hint(
    en="Each block gets the state and its output is added to that same state: x + block(x).",
    ru="Блок получает состояние, и его выход прибавляется к этому же состоянию: x + block(x).",
)
def test_stack(submission, probe, torch_rng):
    for count in (3, 1):
        stack, expected = stacks(submission.ResidualStack, probe, torch_rng, count=count)
        x = randn(torch_rng, 5, 3)
        same(stack(x), expected(x), "the state after the last block")


@points("1/2")
@title(en="The names of the stack's parameters", ru="Имена параметров стопки")
@hint(
    en="A plain list hides its modules from torch; nn.ModuleList in the attribute blocks does not.",
    ru="Обычный список прячет свои модули от torch; nn.ModuleList в атрибуте blocks — нет.",
)
def test_stack_names(submission, probe, torch_rng):
    stack, expected = stacks(submission.ResidualStack, probe, torch_rng, NOISY, 3)
    assert_equal(sorted(state(stack)), sorted(expected.state_dict()), what="names of parameters and buffers")


@points("1/2")
@title(en="Gradients of the stack", ru="Градиенты стопки")
@hint(
    en="Gradients go through the blocks and along the way around them; detach and no_grad cut both.",
    ru="Градиенты идут и через блоки, и по обходному пути; detach и no_grad обрывают и то и другое.",
)
def test_stack_gradients(submission, probe, torch_rng):
    stack, expected = stacks(submission.ResidualStack, probe, torch_rng, count=3)
    pair = Twins(stack, expected, {name: name for name, _ in expected.named_parameters()})
    assert_same_gradients(pair, randn(torch_rng, 5, 3), torch_rng=torch_rng)


def changed(stack):
    """Gives every parameter of the stack another value."""
    set_state(stack, {name: value + 1 for name, value in state(stack).items()})


@title(en="The sizes of the blocks", ru="Размеры блоков")
@hint(
    en="The norm of what the block adds, block(x), for each object; then the mean. The next block gets x + block(x).",
    ru="Для каждого объекта — норма того, что прибавляет блок: block(x); затем среднее. Следующему — x + block(x).",
)
def test_sizes(submission, probe, torch_rng):
    for count, n in ((4, 7), (2, 3)):
        stack, expected = stacks(probe.Stack, probe, torch_rng, count=count)
        X = randn(torch_rng, n, 3)
        same(submission.block_sizes(stack, X), block_sizes(expected, X), "sizes")


@points("1/2")
@title(en="Sizes of blocks over pictures; one object", ru="Размеры блоков над изображениями; один объект")
@hint(
    en="The norm of an object is over all its axes together, and there may be one object only.",
    ru="Норма объекта берётся по всем его осям вместе, и объект может быть всего один.",
)
def test_sizes_of_pictures(submission, probe, torch_rng):
    stack, expected = stacks(probe.Stack, probe, torch_rng, PICTURES, 3)
    for n in (4, 1):
        X = randn(torch_rng, n, 2, 5, 4)
        same(submission.block_sizes(stack, X), block_sizes(expected, X), "sizes")


@points("1/2")
@title(en="Sizes are measured in evaluation mode", ru="Размеры измеряются в режиме предсказания")
@hint(
    en="Dropout must be off, and batch normalisation must use its running statistics and leave them as they are.",
    ru="Дропаут выключен, а пакетная нормализация берёт накопленные статистики и не меняет их.",
)
def test_sizes_in_evaluation_mode(submission, probe, torch_rng):
    stack, expected = stacks(probe.Stack, probe, torch_rng, NOISY, 3)
    X = randn(torch_rng, 6, 3)
    same(submission.block_sizes(stack, X), block_sizes(expected, X), "sizes")
    same_state(stack, expected, "parameters and buffers after the call", exactly=True)


@points("1/2")
@title(en="The modes come back", ru="Режимы возвращаются")
@hint(
    en="Each module has a mode of its own: note them all and set each as it was. train() sets them all alike.",
    ru="У каждого модуля свой режим: запомните все и верните каждый. train() ставит всем один и тот же.",
)
def test_modes_come_back(submission, probe, torch_rng):
    stack, _ = stacks(probe.Stack, probe, torch_rng, NOISY, 3)
    X = randn(torch_rng, 4, 3)
    stack.train(True)
    stack.blocks[1].train(False)
    stack.blocks[0][2].train(False)
    before = probe.modes(stack)
    submission.block_sizes(stack, X)
    assert_equal(probe.modes(stack), before, what="training modes after the call")
    stack.train(False)
    before = probe.modes(stack)
    submission.block_sizes(stack, X)
    assert_equal(probe.modes(stack), before, what="training modes after the call")


@title(en="The blocks that add least go", ru="Удаляются блоки, которые прибавляют меньше всего")
@hint(
    en="All blocks are measured once, in the whole stack; those that stay keep their order.",
    ru="Все блоки измеряются один раз, в целой стопке; оставшиеся сохраняют порядок.",
)
def test_prune_blocks(submission, probe, torch_rng):
    for factors, keep in (((1.0, 1e-3, 2.0, 1e-4, 0.5), 3), ((0.01, 3.0, 0.02, 1.0, 0.5), 2)):
        stack, expected = stacks(probe.Stack, probe, torch_rng, count=5)
        scaled(stack, expected, factors)
        X = randn(torch_rng, 8, 3)
        pruned = submission.prune_blocks(stack, X, keep)
        same_state(pruned, prune_blocks(expected, X, keep), "parameters of the pruned stack")


@points("1/2")
@title(en="Blocks of equal sizes", ru="Блоки одинакового размера")
@hint(
    en="Of equal sizes the block of the lower index goes first.",
    ru="При равных размерах раньше удаляется блок с меньшим номером.",
)
def test_prune_equal_blocks(submission, probe, torch_rng):
    stack, expected = stacks(probe.Stack, probe, torch_rng, (("Linear", 2, 2),), 4)
    values = dict(expected.state_dict())
    for number, bias in enumerate(([2.0, 0.0], [0.0, 2.0], [-2.0, 0.0], [0.0, -2.0])):  # all of the norm 2
        values[f"blocks.{number}.0.weight"] = torch.zeros(2, 2, dtype=DOUBLE)
        values[f"blocks.{number}.0.bias"] = torch.tensor(bias, dtype=DOUBLE)
    expected.load_state_dict(values)
    set_state(stack, values)
    X = randn(torch_rng, 4, 2)
    for keep in (1, 2, 3):
        pruned = submission.prune_blocks(stack, X, keep)
        same_state(pruned, prune_blocks(expected, X, keep), f"parameters of {keep} blocks that are left")


@title(en="The pruned stack is a copy", ru="Прореженная стопка — копия")
@hint(
    en="The stack given keeps all its blocks, and training the copy must not change it: copy.deepcopy.",
    ru="Исходная стопка сохраняет все блоки, и обучение копии не должно её менять: copy.deepcopy.",
)
def test_pruned_copy(submission, probe, torch_rng):
    stack, expected = stacks(probe.Stack, probe, torch_rng, count=4)
    pruned = submission.prune_blocks(stack, randn(torch_rng, 6, 3), 2)
    changed(pruned)
    same_state(stack, expected, "parameters of the stack given, after the copy was changed", exactly=True)


@points("1/2")
@title(en="Sizes are measured once", ru="Размеры измеряются один раз")
@hint(
    en="When a block has gone the others meet another state, but it is the sizes in the whole stack that count.",
    ru="Когда блок удалён, остальные получают другое состояние, но важны размеры, измеренные в целой стопке.",
)
def test_measured_once(submission, probe, torch_rng):
    stack, expected = stacks(probe.Stack, probe, torch_rng, (("Linear", 2, 2),), 3)
    values = {name: torch.zeros_like(value) for name, value in expected.state_dict().items()}
    for number, factor in enumerate((0.6, -0.3, 0.5)):  # without the second block the third would be the largest
        values[f"blocks.{number}.0.weight"] += factor * torch.eye(2, dtype=DOUBLE)
    expected.load_state_dict(values)
    set_state(stack, values)
    X = randn(torch_rng, 5, 2)
    same_state(
        submission.prune_blocks(stack, X, 1), prune_blocks(expected, X, 1), "parameters of the block that is left"
    )


@points("1/4")
@title(en="One block is left, or all are", ru="Остаётся один блок или все")
@hint(
    en="keep goes from 1 to k; where all blocks stay the result is a copy too.",
    ru="keep — от 1 до k; если остаются все блоки, результат — тоже копия.",
)
def test_keep_one_and_all(submission, probe, torch_rng):
    stack, expected = stacks(probe.Stack, probe, torch_rng, SMOOTH, 3)
    scaled(stack, expected, (1e-2, 2.0, 1e-3))
    X = randn(torch_rng, 6, 3)
    for keep in (1, 3):
        pruned = submission.prune_blocks(stack, X, keep)
        same_state(pruned, prune_blocks(expected, X, keep), "parameters")
        changed(pruned)
        same_state(stack, expected, "parameters of the stack given, after the copy was changed", exactly=True)


@points("1/4")
@title(en="Pruning a stack in training", ru="Прореживание стопки в режиме обучения")
@hint(
    en="Sizes are those of evaluation mode here too, and each module of the copy has the mode of the one given.",
    ru="Размеры и здесь — из режима предсказания, а у каждого модуля копии режим исходного.",
)
def test_prune_in_training(submission, probe, torch_rng):
    stack, expected = stacks(probe.Stack, probe, torch_rng, NOISY, 4)
    for number in range(4):
        stack.blocks[number][2].train(False)
    X = randn(torch_rng, 6, 3)
    pruned = submission.prune_blocks(stack, X, 2)
    same_state(pruned, prune_blocks(expected, X, 2), "parameters and buffers of the pruned stack")
    modes = probe.modes(pruned)
    assert_equal(modes, {name: not name.endswith(".2") for name in modes}, what="training modes of the pruned stack")
