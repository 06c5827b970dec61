"""The hidden suite of sets of data in parts."""

import torch

from grader.testing import assert_array, assert_count, assert_equal, hint, points, take, title

from .shared import a_disk, a_generator, check_long_order, own_draws, reads, seed_of

SIZES = (3, 1, 4, 2)
EPOCHS = 400
MANY = 24_000


@title(en="Parts: length and objects", ru="Parts: длина и объекты")
@hint(
    en="Index i lies in the part where the sizes before it sum up to at most i. An object is a pair of tensors, a row "
    "of X and an entry of y.",
    ru="Индекс i лежит в той части, перед которой сумма размеров не больше i. Объект — пара тензоров: строка X и "
    "элемент y.",
)
def test_parts_objects(submission, torch_rng):
    for sizes, shape in ((SIZES, (2, 3)), ((5,), (4,)), ((1, 1, 1), ())):
        X, y, read = a_disk(torch_rng, sizes, shape)
        parts = submission.Parts(read, list(sizes))
        assert_equal(len(parts), sum(sizes), what="length")
        for index in (*range(len(y)), *torch.randperm(len(y), generator=torch_rng).tolist()):
            assert_equal(parts[index], (X[index], y[index]), what=f"object {index}")


@title(en="Parts: what is read, and when", ru="Parts: что и когда читается")
@hint(
    en="Nothing is read before an object is asked for. While the objects are of one part it is read once; who goes "
    "back to a part that was let go reads it again.",
    ru="Пока объект не запрошен, ничего не читается. Пока объекты из одной части, она читается один раз; при "
    "возвращении к отпущенной части её читают снова.",
)
def test_parts_reads(submission, torch_rng):
    _, _, read = a_disk(torch_rng, SIZES)
    parts = submission.Parts(read, list(SIZES))
    len(parts)
    assert_equal(reads(read), [], what="parts read before an object was asked for")
    for index in (0, 2, 1, 0, 3, 9, 8, 4, 7, 5, 0, 1):
        _ = parts[index]
    assert_equal(
        reads(read), [0, 1, 3, 2, 0], what="parts read for objects 0 2 1 0, 3, 9 8, 4 7 5, 0 1 of sizes 3 1 4 2"
    )


@points("1/2")
@title(en="Parts: negative indices", ru="Parts: отрицательные индексы")
@hint(
    en="-1 is the last object and -len the first, as in a list.",
    ru="-1 — последний объект, -len — первый, как у списка.",
)
def test_parts_negative(submission, torch_rng):
    X, y, read = a_disk(torch_rng, SIZES)
    parts = submission.Parts(read, list(SIZES))
    for index in (-1, -2, -3, -7, -8, -10):
        assert_equal(parts[index], (X[index], y[index]), what=f"object {index}")


@points("1/2")
@title(en="Parts: beyond the last object", ru="Parts: за последним объектом")
@hint(
    en="Beyond the objects there is IndexError, and that is how a for loop over the set ends.",
    ru="За пределами набора — IndexError; по нему и завершается цикл for по набору.",
)
def test_parts_beyond(submission, torch_rng):
    _, _, read = a_disk(torch_rng, SIZES)
    parts = submission.Parts(read, list(SIZES))
    for index in (10, 11, 1000, -11, -1000):
        try:
            _ = parts[index]
        except IndexError:
            continue
        raise AssertionError(f"index {index} of 10 objects gave no IndexError")
    assert_equal(len(take(parts, 25)), 10, what="objects that a for loop goes through")


@points("1/2")
@title(en="Parts: through a DataLoader", ru="Parts: через DataLoader")
@hint(
    en="A DataLoader asks for objects one by one and stacks them: shapes and types must be alike.",
    ru="DataLoader запрашивает объекты по одному и складывает их: формы и типы должны совпадать.",
)
def test_parts_loaded(submission, probe, torch_rng):
    X, y, read = a_disk(torch_rng, SIZES)
    found = probe.loaded(submission.Parts(read, list(SIZES)), 4)
    assert_equal(found, list(zip(X.split(4), y.split(4), strict=True)), what="batches of 4")


@points("1/2")
@title(en="Parts: objects are copies", ru="Parts: объекты — копии")
@hint(
    en="X[row] is a view of the part: who writes into it writes into the set. clone() makes a copy.",
    ru="X[row] — вид на часть: запись в него меняет и сам набор. Копию делает clone().",
)
def test_parts_copies(submission, probe, torch_rng):
    X, y, read = a_disk(torch_rng, SIZES)
    parts = submission.Parts(read, list(SIZES))
    for index in (1, 3, 6):
        assert_equal(probe.written_over(parts, index), (X[index], y[index]), what=f"object {index} once more")


@points("1/2")
@title(en="Parts: one part in memory", ru="Parts: в памяти одна часть")
@hint(
    en="Let go of the old part before you read the new one: in self.part = read(k) both are there while read works. A "
    "view of a row keeps its whole part.",
    ru="Отпустите старую часть до чтения новой: в self.part = read(k), пока работает read, в памяти обе. Вид на "
    "строку удерживает всю часть.",
)
def test_parts_memory(submission, probe):
    found = probe.kept_from_parts(submission.Parts, (4, 4, 4, 4))
    assert_equal(found, (16, [0, 0, 0, 0]), what="(objects, earlier parts in memory at each read)")


def an_epoch(submission, sizes, batch, torch_rng):
    """Batches of one epoch as pairs of tensors, and what was read."""
    X, y, read = a_disk(torch_rng, sizes)
    found = take(submission.part_batches(read, list(sizes), batch, a_generator(torch_rng)), sum(sizes) + 1)
    return X, y, found, read


@title(en="part_batches: each object once", ru="part_batches: каждый объект один раз")
@hint(
    en="A batch is a pair (X, y) of objects of one part, `batch` of them; the last of a part may be shorter. No "
    "object is left out, and X and y stay together.",
    ru="Пакет — пара (X, y) из `batch` объектов одной части; последний пакет части может быть короче. Ни один объект "
    "не теряется, X и y не расходятся.",
)
def test_batches_once(submission, torch_rng):
    for sizes, batch in (((6, 3, 4), 3), ((5, 5), 2), ((3, 1, 4), 10), ((4, 2), 1)):
        X, y, found, _ = an_epoch(submission, sizes, batch, torch_rng)
        part_of = torch.repeat_interleave(torch.arange(len(sizes)), torch.tensor(sizes))
        seen, lengths = [], {}
        for pair in found:
            assert type(pair) in (tuple, list), "a batch is a pair (X, y)"
            assert len(pair) == 2, "a batch is a pair (X, y)"
            ids = assert_array(pair[1], kind="int", what="y of a batch")
            assert ids.dim() == 1, "y of a batch is not a vector"
            assert set(ids.tolist()) <= set(range(len(y))), "y of a batch holds other classes"
            assert_equal(pair[0], X[ids], what="X of a batch, for the objects of its y")
            of = set(part_of[ids].tolist())
            assert len(of) == 1, f"a batch has objects of {len(of)} parts"
            lengths.setdefault(of.pop(), []).append(len(ids))
            seen += ids.tolist()
        assert_equal(sorted(seen), list(range(len(y))), what="objects of an epoch")
        for number, size in enumerate(sizes):
            wanted = [batch] * (size // batch) + [size % batch] * (size % batch > 0)
            assert_equal(lengths[number], wanted, what=f"lengths of the batches of a part with {size} objects")


@title(
    en="part_batches: a part is read when it is needed, once", ru="part_batches: часть читается, когда нужна, один раз"
)
@hint(
    en="Write a generator with yield: the next part is read when its first batch is asked for, not before.",
    ru="Пишите генератор с yield: следующая часть читается, когда запрошен её первый пакет, а не раньше.",
)
def test_batches_reads(submission, torch_rng):
    _, _, read = a_disk(torch_rng, (4, 4, 4))
    batches, counts = iter(submission.part_batches(read, [4, 4, 4], 2, a_generator(torch_rng))), [read.count]
    for _ in range(6):
        next(batches, None)
        counts.append(read.count)
    assert_equal(counts, [0, 1, 1, 2, 2, 3, 3], what="parts read before each of 6 batches and after the last")
    assert_equal(sorted(reads(read)), [0, 1, 2], what="parts read")


@title(en="part_batches: everything is shuffled", ru="part_batches: всё перемешано")
@hint(
    en="The order of the parts and the order within each part are random, and new in each epoch; torch.randperm makes "
    "all orders equally likely.",
    ru="Порядок частей и порядок внутри каждой части случайны и в каждой эпохе новые; у torch.randperm все порядки "
    "равновероятны.",
)
def test_batches_shuffled(submission, probe, torch_rng):
    rows, _ = probe.orders(submission.part_batches, (2, 2, 2), 2, seed_of(torch_rng), seed_of(torch_rng), EPOCHS)
    assert_array(rows, shape=(EPOCHS, 6), kind="int", what="order of objects in each epoch")
    assert_equal(rows.sort(dim=1).values, torch.arange(6).repeat(EPOCHS, 1), what="objects of each epoch")
    parts = rows[:, ::2] // 2
    for place in range(3):
        for number in range(3):
            hits = int((parts[:, place] == number).sum())
            assert_count(hits, EPOCHS, 1 / 3, f"epochs in which part {number} comes as number {place}")
    for place in range(3):
        hits = int((rows[:, 2 * place] < rows[:, 2 * place + 1]).sum())
        assert_count(hits, EPOCHS, 1 / 2, f"epochs in which part number {place} is in ascending order")
    alike = int((rows[1:] == rows[:-1]).all(dim=1).sum())
    assert_count(alike, EPOCHS - 1, 1 / 48, "epochs in the same order as the one before")
    rows, _ = probe.orders(submission.part_batches, (MANY,), MANY, seed_of(torch_rng), seed_of(torch_rng), 1)
    check_long_order(assert_array(rows, shape=(1, MANY), kind="int", what="order of objects")[0].tolist())


@points("1/2")
@title(en="part_batches: the generator", ru="part_batches: генератор случайных чисел")
@hint(
    en="All draws come from rng: torch.randperm(n, generator=rng). PyTorch's own generator stays as it was.",
    ru="Все случайные числа — из rng: torch.randperm(n, generator=rng). Собственный генератор PyTorch не трогают.",
)
def test_batches_generator(submission, probe, torch_rng):
    seed, own = seed_of(torch_rng), seed_of(torch_rng)

    def order(seed, own):
        rows, drawn = probe.orders(submission.part_batches, (15, 15, 15), 4, seed, own, 1)
        return assert_array(rows, shape=(1, 45), kind="int", what="order of objects"), drawn

    one, drawn = order(seed, own)
    assert_equal(drawn, own_draws(own), what="numbers of PyTorch's own generator afterwards")
    assert_equal(order(seed, own + 1)[0], one, what="order from the same generator again")
    assert not torch.equal(order(seed + 1, own)[0], one), "the order does not depend on the generator"


@points("1/2")
@title(en="part_batches: one part in memory", ru="part_batches: в памяти одна часть")
@hint(
    en="X, y = read(k) keeps the old part while the new one is read: del X, y before it. A slice of a shuffled part "
    "keeps all of it; rows by a tensor of numbers, X[rows], are a copy.",
    ru="X, y = read(k) удерживает старую часть, пока читается новая: сначала del X, y. Срез перемешанной части "
    "удерживает её всю; строки по тензору номеров, X[rows], — копия.",
)
def test_batches_memory(submission, probe, torch_rng):
    found = probe.kept_from_batches(submission.part_batches, (6, 6, 6, 6), 3, seed_of(torch_rng))
    what = "(objects, earlier parts in memory at each read, batches that hold more memory than they show)"
    assert_equal(found, (24, [0, 0, 0, 0], 0), what=what)
