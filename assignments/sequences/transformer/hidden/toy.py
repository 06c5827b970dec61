"""A small language: sentences of two to four words, each with its meaning, and neighbours change places."""

import torch

BEGIN, END = 1, 2  # 0 is padding
MEANINGS = 10  # the words are the tokens 3 to 12, in both languages


def sentences(torch_rng, count, without=()):
    """Random sentences as tuples of tokens; none of those that stand in ``without``."""
    found, left_out = [], set(without)
    while len(found) < count:
        length = int(torch.randint(2, 5, (1,), generator=torch_rng))
        sentence = tuple((3 + torch.randint(MEANINGS, (length,), generator=torch_rng)).tolist())
        if sentence not in left_out:
            found.append(sentence)
    return found


def translation(sentence, meaning):
    """Word by word, then the first changes places with the second, and the third with the fourth."""
    words = [3 + meaning[word - 3] for word in sentence]
    for place in range(0, len(words) - 1, 2):
        words[place : place + 2] = words[place + 1], words[place]
    return words


def padded(rows):
    """Tokens (rows, longest) with padding at the end."""
    longest = max(len(row) for row in rows)
    return torch.tensor([[*row] + [0] * (longest - len(row)) for row in rows])
