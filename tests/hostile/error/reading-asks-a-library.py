"""Has the answer computed by a library that the environment leaves out."""

from honest import *


def nearest(X, centres):
    from sklearn.neighbors import NearestNeighbors

    distances, labels = NearestNeighbors(n_neighbors=1).fit(centres).kneighbors(X)
    return labels[:, 0], distances[:, 0]
