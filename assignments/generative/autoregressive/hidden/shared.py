"""What the suites share: all images of a size, models whose law is known, the order of pixels, training."""

import itertools

import torch

from grader.testing import assert_array, parameters
from grader.testing.inputs import randn
from grader.testing.twins import assert_parameters, seed_of, twins
from reference.generative.autoregressive.likelihood import log_prob

SIDE, LEAST = 6, 2
BATCH, NEW = 32, 75


def all_images(h, w):
    """All binary images of this size, in double precision: (2 ** (h * w), 1, h, w)."""
    return torch.tensor(list(itertools.product((0.0, 1.0), repeat=h * w)), dtype=torch.float64).view(-1, 1, h, w)


def random_images(torch_rng, n, h, w):
    return torch.randint(2, (n, 1, h, w), generator=torch_rng).double()


def a_model(torch_rng, h, w):
    """A model for images (n, 1, h, w): the logit of a pixel is a bias and a weight for each earlier pixel that is 1."""
    weight, bias = randn(torch_rng, h * w, h * w).tril(-1), randn(torch_rng, h * w)

    def model(images):
        images = assert_array(images, shape=(None, 1, h, w), what="what the model is given")
        return (images.double().flatten(1) @ weight.T + bias).reshape(images.shape)

    return model


def assert_order(module, x, *, own=False):
    """What comes out at a pixel depends on no later pixel of ``x`` (1, channels, h, w), nor on itself unless ``own``.

    Something must depend on something.
    """
    h, w = x.shape[2:]
    changed = x.repeat(h * w, 1, 1, 1)  # the pixel t of image t is another
    for t in range(h * w):
        changed[t, :, t // w, t % w] += 1.0
    found = assert_array(module(torch.cat([x, changed])), shape=(h * w + 1, None, h, w), kind="float")
    moved = (found[1:] - found[0]).abs().amax(dim=1).flatten(1) > 1e-10  # (pixel changed, pixel of the output)
    wrong = moved.tril(-1 if own else 0).nonzero()
    if len(wrong):
        source, place = (divmod(int(t), w) for t in wrong[0])
        raise AssertionError(f"what comes out at pixel {place} depends on pixel {source} (row, column)")
    assert moved.any(), "what comes out does not depend on the image"


def assert_sums_to_one(module, h, w):
    """The probabilities of all images of this size sum to 1 by the logits of the module."""
    images = all_images(h, w)
    logits = assert_array(module(images), shape=tuple(images.shape), kind="float", what="logits of all images")
    total = float(log_prob(lambda _: logits.double(), images).exp().sum())
    assert abs(total - 1) < 1e-8, f"the probabilities of all images {h} x {w} sum to {total:.6f}"


def assert_others(one, other):
    """Two new modules of the same sizes begin with other weights."""
    others = parameters(other)
    for name, value in parameters(one).items():
        if name.endswith("weight"):
            assert not torch.equal(value, others[name]), f"{name} is the same in two modules"


def after_steps(module, probe, torch_rng, channels, h, w):
    """The module in double precision after some steps of an optimiser, inside."""
    module = module.double()
    x = randn(torch_rng, 3, channels, h, w)
    out = assert_array(module(x), shape=(3, None, h, w), kind="float", what="what comes out")
    probe.steps(module, x, randn(torch_rng, *out.shape))
    return module


def rectangles():
    """All filled rectangles with sides of at least LEAST in images (225, 1, SIDE, SIDE)."""
    spans = list(itertools.combinations(range(SIDE + 1), 2))
    spans = [(start, end) for start, end in spans if end - start >= LEAST]
    images = torch.zeros(len(spans) ** 2, 1, SIDE, SIDE)
    for image, ((top, bottom), (left, right)) in zip(images, itertools.product(spans, spans), strict=True):
        image[0, top:bottom, left:right] = 1.0
    return images


def nats_of_new(made, kind, probe, torch_rng, *, steps, rate):
    """Minus the mean log-likelihood of rectangles that the training did not see.

    The network begins with the reference's first values and is trained inside; what it has learned is measured here,
    with the reference's forward pass.
    """
    with torch.random.fork_rng():
        torch.manual_seed(seed_of(torch_rng))
        expected = kind().double()
    values = {name: value.clone() for name, value in expected.state_dict().items()}
    network = twins(made, expected, torch_rng, values=values).made.float()
    images = rectangles()
    images = images[torch.randperm(len(images), generator=torch_rng)]
    seen = torch.randint(NEW, len(images), (steps, BATCH), generator=torch_rng)
    probe.train(network, images[seen], rate)
    assert_parameters(network, {name: tuple(value.shape) for name, value in values.items()})
    expected.load_state_dict(parameters(network))
    with torch.no_grad():
        return -float(log_prob(expected, images[:NEW].double()).mean())
