"""The public tests of clusters of any shape: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_equal, assert_same_partition, title

LINE = np.array([[0.0], [1.0], [2.0], [10.0]])


@title(en="Mean shift of the statement", ru="Mean Shift из условия")
def test_mean_shift(submission):
    centers, labels = submission.mean_shift(np.array([[0.0], [1.0], [10.0]]), 2.0)
    assert_close(centers, np.array([[0.5], [10.0]]), what="centers")
    assert_equal(labels, np.array([0, 0, 1]), what="labels")


@title(en="DBSCAN of the statement", ru="DBSCAN из условия")
def test_dbscan(submission):
    assert_equal(submission.dbscan(LINE, 1.0, 2), np.array([0, 0, 0, -1]), what="labels")
    assert_equal(submission.dbscan(LINE, 1.0, 3), np.array([-1, -1, -1, -1]), what="labels")


@title(en="The graph of the statement", ru="Граф из условия")
def test_graph(submission):
    distances = np.array([[0.0, 1.0, 3.0], [1.0, 0.0, 2.0], [3.0, 2.0, 0.0]])
    edges = np.array([[False, True, False], [True, False, False], [False, False, False]])
    assert_equal(submission.threshold_graph(distances, 1.0), edges, what="edges")
    assert_equal(submission.graph_clusters(distances, 1.0), np.array([0, 0, 1]), what="labels")
    assert_equal(submission.graph_clusters(distances, 2.0), np.array([0, 0, 0]), what="labels")


@title(en="Similarity and Laplacian of two objects", ru="Сходство и лапласиан двух объектов")
def test_laplacian(submission):
    W = submission.similarity(np.array([[0.0, 0.0], [3.0, 4.0]]), 5.0)
    assert_close(W, np.array([[0.0, 0.60653066], [0.60653066, 0.0]]), rtol=1e-7, what="W")
    expected = np.array([[1.0, -1.0], [-1.0, 1.0]])
    assert_close(submission.laplacian(np.array([[0.0, 0.25], [0.25, 0.0]])), expected, atol=1e-12, what="L")


@title(en="Two separated pairs", ru="Две далёкие пары")
def test_spectral(submission):
    W = np.array([[0.0, 0.0, 2.0, 0.0], [0.0, 0.0, 0.0, 3.0], [2.0, 0.0, 0.0, 0.0], [0.0, 3.0, 0.0, 0.0]])
    rows = assert_array(submission.spectral_embedding(W, 2), shape=(4, 2), kind="float", what="embedding")
    products = np.array([[1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0], [1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0]])
    assert_close(rows @ rows.T, products, atol=1e-9, what="scalar products of the rows")
    labels = submission.spectral_clustering(np.array([[0.0], [5.0], [0.1], [5.1]]), 2, 1.0)
    assert_same_partition(labels, np.array([0, 1, 0, 1]))
