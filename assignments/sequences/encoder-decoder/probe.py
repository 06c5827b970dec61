"""Runs inside, beside the student's code: trains an encoder-decoder on batches that come from outside.

It holds no secret, and what was learned is measured outside.
"""

import torch


def train(model, tokens, lengths, targets, batches, begin, rate):
    """A step of Adam for each row of ``batches``; in the second half the rate falls to 0.

    A sequence's target counts as far as its end token, which stands at the place ``lengths``.
    """
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    counts = torch.arange(targets.shape[1]) <= lengths[:, None]
    for step, batch in enumerate(batches):
        optimizer.param_groups[0]["lr"] = rate * min(1.0, 2 * (1 - step / len(batches)))
        log_p = model(tokens[batch], lengths[batch], targets[batch], begin)
        loss = -log_p.gather(2, targets[batch][:, :, None])[:, :, 0][counts[batch]].mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
