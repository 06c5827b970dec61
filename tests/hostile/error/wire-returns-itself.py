"""Returns a list that holds itself."""

from honest import *


def nearest(X, centres):
    answer = []
    answer.append(answer)
    return answer
