"""The public tests of hierarchies: the examples of the statement with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, title

LINE = np.array([[0.0, 1.0, 5.0, 7.0], [1.0, 0.0, 4.0, 6.0], [5.0, 4.0, 0.0, 2.0], [7.0, 6.0, 2.0, 0.0]])
TREE = np.array([[0.0, 1.0, 1.0, 2.0], [2.0, 3.0, 2.0, 2.0], [4.0, 5.0, 5.5, 4.0]])


@title(en="The tree of the statement", ru="Дерево из условия")
def test_tree(submission):
    for method, top in (("single", 4.0), ("complete", 7.0), ("average", 5.5), ("centroid", 5.5)):
        expected = TREE.copy()
        expected[2, 2] = top
        assert_close(submission.hac(LINE, method), expected, what=f"tree by {method} linkage")


@title(en="Cuts of the statement", ru="Разрезы из условия")
def test_cuts(submission):
    assert_equal(submission.cut_count(TREE, 2), np.array([0, 0, 1, 1]), what="labels of two clusters")
    assert_equal(submission.cut_height(TREE, 1.5), np.array([0, 0, 1, 2]), what="labels at the height 1.5")


@title(en="A centroid that comes nearer", ru="Центроид, который стал ближе")
def test_inversion(submission):
    side = np.sqrt(106.0)
    tree = submission.hac(np.array([[0.0, 10.0, side], [10.0, 0.0, side], [side, side, 0.0]]), "centroid")
    assert_close(tree, np.array([[0.0, 1.0, 10.0, 2.0], [2.0, 3.0, 9.0, 3.0]]), what="tree")
    assert_equal(submission.cut_height(tree, 9.5), np.array([0, 1, 2]), what="labels at the height 9.5")
    assert_equal(submission.cut_height(tree, 10.5), np.array([0, 0, 0]), what="labels at the height 10.5")


@title(en="Dividing the objects of the statement", ru="Разделение объектов из условия")
def test_divisive(submission):
    X = np.array([[0.0], [1.0], [9.0], [11.0]])
    assert_equal(submission.two_means(X), np.array([0, 0, 1, 1]), what="labels of two-means")
    assert_equal(submission.divisive(X, 3), np.array([0, 0, 1, 2]), what="labels of three clusters")


@title(en="Partitions", ru="Разбиения")
def test_partitions(submission):
    assert_equal(submission.same_partition(np.array([4, 4, -1]), np.array([0, 0, 7])), True, what="same_partition")
    expected = np.array([[0, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 1], [0, 1, 2]])
    assert_equal(submission.set_partitions(3), expected, what="partitions of three objects")


@title(en="Is it consistent, is it scale-invariant?", ru="Согласованно ли? Инвариантно ли?")
def test_properties(submission):
    def near_the_first(distances):  # 0 for all objects at a distance of at most 2 from the object 0
        return (np.asarray(distances)[0] > 2).astype(int)

    before = np.array([[0.0, 1.0, 4.0], [1.0, 0.0, 3.0], [4.0, 3.0, 0.0]])
    after = np.array([[0.0, 0.5, 9.0], [0.5, 0.0, 3.0], [9.0, 3.0, 0.0]])
    labels = np.array([0, 0, 1])
    assert_equal(submission.is_transformation(before, after, labels), True, what="is_transformation")
    assert_equal(submission.is_transformation(after, before, labels), False, what="is_transformation, turned round")
    assert_equal(submission.consistent(near_the_first, before, [after]), True, what="consistent")
    assert_equal(submission.scale_invariant(near_the_first, before, [1.5, 0.1]), False, what="scale_invariant")
    assert_equal(submission.rich(near_the_first, [before, after]), False, what="rich")
