"""The hidden suite of gradients on the input: what every function does with the tensors that it is given."""

import torch

from grader.testing import assert_close, call_unchanged, hint, title
from reference.autodiff.adversarial import fgsm
from reference.autodiff.dream import dream, excitation
from reference.autodiff.features import features
from reference.autodiff.style import content_gradient, content_loss, gram, style_gradient, style_loss, transfer

from .shared import DOUBLE, STACK, randn, twins


def near(found, expected, what):
    assert_close(found, expected, rtol=1e-7, atol=1e-9, what=what)


@title(en="Pictures and features stay as they were", ru="Картинки и признаки не меняются")
@hint(
    en="x += ..., and a network whose first module works in place, write into the picture: give it a copy.",
    ru="x += ... и сеть, первый модуль которой работает на месте, пишут прямо в картинку: дайте ей копию.",
)
def test_unchanged(submission, probe, torch_rng):
    inside, here = twins(probe, STACK, torch_rng)
    x, other, style = (randn(torch_rng, 3, 8, 8) for _ in range(3))
    y = randn(torch_rng, 2)
    found = call_unchanged(submission.fgsm, inside, probe.nn.MSELoss(), x, y, 0.1)
    near(found, fgsm(here, torch.nn.MSELoss(), x, y, 0.1), "x'")
    found = call_unchanged(submission.features, inside, x, [0, 3])
    near(found, [value.detach() for value in features(here, x, [0, 3])], "features")
    found = call_unchanged(submission.excitation, inside, x, 3, 1)
    near(found, excitation(here, x, 3, 1).detach(), "excitation")
    found = call_unchanged(submission.dream, inside, x, 3, 1, rate=0.05, steps=3)
    near(found, dream(here, x, 3, 1, rate=0.05, steps=3), "(x, excitations)")
    where = {"content_layer": 3, "style_layers": [0]}
    near(
        call_unchanged(submission.transfer, inside, x, other, style, **where),
        transfer(here, x, other, style, **where),
        "(loss, gradient)",
    )
    F, P = randn(torch_rng, 3, 4, 5), randn(torch_rng, 3, 4, 5)
    near(call_unchanged(submission.gram, F), gram(F), "G")
    near(call_unchanged(submission.content_loss, F, P), content_loss(F, P), "content loss")
    near(call_unchanged(submission.content_gradient, F, P), content_gradient(F, P), "gradient of the content loss")
    near(call_unchanged(submission.style_loss, F, gram(P)), style_loss(F, gram(P)), "style loss")
    near(
        call_unchanged(submission.style_gradient, F, gram(P)), style_gradient(F, gram(P)), "gradient of the style loss"
    )
    only, _ = twins(probe, (("ReLU", True),), torch_rng)
    x = randn(torch_rng, 5)
    near(call_unchanged(submission.features, only, x, [0]), [x.clamp(min=0).to(DOUBLE)], "features of a ReLU")
