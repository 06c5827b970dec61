"""Parts of a set: by hand, against torch's ConcatDataset and DataLoader, by counted reads and weak references."""

import gc
import weakref
from collections import Counter

import numpy as np
import pytest
import torch
from torch.utils.data import ConcatDataset, DataLoader, TensorDataset

from reference.frameworks.training.parts import Parts, part_batches

SIZES = [3, 1, 4]


@pytest.fixture(autouse=True)
def little_garbage():
    """A collection looks at what this test makes, not at all that other tests have left."""
    gc.freeze()
    yield
    gc.unfreeze()


class Disk:
    """Parts whose rows tell their number; how many of the earlier ones are alive is noted at each read."""

    def __init__(self, sizes):
        ends = np.cumsum(sizes)
        self.rows = [np.arange(end - size, end) for end, size in zip(ends, sizes, strict=True)]
        self.reads, self.alive, self.given = [], [], []

    def __call__(self, number):
        gc.collect()
        self.alive.append(sum(part() is not None for part in self.given))
        self.reads.append(number)
        X = np.repeat(self.rows[number][:, None], 2, axis=1).astype(float)
        self.given.append(weakref.ref(X))
        return torch.from_numpy(X), torch.tensor(-self.rows[number])


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_by_hand():
    disk = Disk(SIZES)
    parts = Parts(disk, SIZES)
    assert len(parts) == 8
    assert disk.reads == []
    assert [parts[i][0].tolist() for i in (0, 2, 3, 4, 7)] == [
        [0.0, 0.0],
        [2.0, 2.0],
        [3.0, 3.0],
        [4.0, 4.0],
        [7.0, 7.0],
    ]
    assert [parts[i][1].item() for i in (-1, -8)] == [-7, 0]
    assert disk.reads == [0, 1, 2, 0]
    for index in (8, -9):
        with pytest.raises(IndexError):
            parts[index]


def test_as_the_data_set_of_torch():
    disk = Disk(SIZES)
    theirs = ConcatDataset([TensorDataset(*disk(number)) for number in range(3)])
    parts = Parts(disk, SIZES)
    assert len(list(parts)) == len(theirs)
    for index in range(-8, 8):
        torch.testing.assert_close(parts[index], theirs[index])
    for ours, same in zip(DataLoader(parts, batch_size=3), DataLoader(theirs, batch_size=3), strict=True):
        torch.testing.assert_close(ours, same)


def test_one_part_is_in_memory_even_if_all_objects_are_kept():
    disk = Disk([4] * 6)
    kept = list(Parts(disk, [4] * 6))
    assert disk.reads == list(range(6))
    assert disk.alive == [0] * 6
    disk = Disk([4] * 6)
    kept += list(part_batches(disk, [4] * 6, 3, rng()))
    assert sorted(disk.reads) == list(range(6))
    assert disk.alive == [0] * 6
    assert all(x.untyped_storage().nbytes() == x.numel() * x.element_size() for x, _ in kept)


def test_objects_are_copies():
    parts = Parts(Disk(SIZES), SIZES)
    for values in parts[1]:
        values += 100
    assert parts[1][0].tolist() == [1.0, 1.0]
    assert parts[1][1].item() == -1


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_an_epoch_has_each_object_once_and_a_batch_one_part(batch):
    batches = list(part_batches(Disk(SIZES), SIZES, batch, rng(batch)))
    assert sorted(torch.cat([X[:, 0] for X, _ in batches]).tolist()) == list(range(8))
    part_of = np.repeat(range(3), SIZES)
    for X, y in batches:
        assert torch.equal(X[:, 1], -y.double())
        assert len({part_of[int(row)] for row in X[:, 0]}) == 1
    lengths = [len(y) for _, y in batches]
    assert Counter(lengths) == Counter(n for size in SIZES for n in np.diff([*range(0, size, batch), size]))


def test_a_part_is_read_when_its_first_batch_is_asked_for():
    disk = Disk([4, 4, 4])
    batches, reads = part_batches(disk, [4, 4, 4], 2, rng()), []
    assert disk.reads == []
    for _ in batches:
        reads.append(len(disk.reads))
    assert reads == [1, 1, 2, 2, 3, 3]


def test_orders_by_their_law():
    generator, count = rng(3), Counter()
    parts = [torch.tensor(rows) for rows in ([0, 1], [2], [3])]
    for _ in range(900):
        ids = torch.cat([y for _, y in part_batches(lambda k: (parts[k], parts[k]), [2, 1, 1], 1, generator)])
        count[tuple(ids.tolist())] += 1
    assert len(count) == 6 * 2
    expected, deviation = 900 / 12, (900 / 12) ** 0.5
    assert all(abs(found - expected) < 6 * deviation for found in count.values())


def test_equal_generators_give_equal_orders():
    def order(seed):
        return torch.cat([y for _, y in part_batches(Disk([9, 9]), [9, 9], 4, rng(seed))]).tolist()

    assert order(1) == order(1)
    assert order(1) != order(2)


@pytest.mark.parametrize("sizes", [[], [2, 0], [3, -1], [1.5]])
def test_sizes_are_checked(sizes):
    with pytest.raises(ValueError, match="sizes"):
        Parts(Disk(SIZES), sizes)
    with pytest.raises(ValueError, match="sizes"):
        part_batches(Disk(SIZES), sizes, 2, rng())


@pytest.mark.parametrize("batch", [0, -1, 1.5])
def test_batch_is_checked(batch):
    with pytest.raises(ValueError, match="batch"):
        part_batches(Disk(SIZES), SIZES, batch, rng())
