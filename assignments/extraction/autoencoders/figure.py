"""A linear autoencoder and the principal axis, noise taken away, sparse codes, a contracted code.

Seen at a glance: blue points off the black line (not trained, an activation in a linear model), blue points as far from
the curve as the grey ones (a noisy target), codes that stay dense, or a blue curve in the last panel that rises as the
grey one does (a penalty without gradient). Three dots: not written yet.
"""

from types import SimpleNamespace

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "Top left: grey objects in two dimensions, and what a linear autoencoder with a code of one number restores, "
        "blue: it lies on the principal axis, black. Top right: noisy objects, grey, around a curve, black; what a "
        "denoising autoencoder restores of them, blue, lies close to the curve. Bottom left: sizes of all numbers of "
        "the codes, sorted; without a penalty, grey, nearly all differ from 0, with tau, blue, most are close to 0. "
        "Bottom right: the mean squared norm of the encoder's Jacobian grows during training for lam = 0, grey, and "
        "stays small for lam above 0, blue."
    ),
    "ru": (
        "Слева сверху: объекты на плоскости (серые) и то, что восстанавливает линейный автокодировщик с кодом из "
        "одного числа (синие): оно лежит на главной оси (чёрная). Справа сверху: зашумлённые объекты (серые) вокруг "
        "кривой (чёрная); то, что восстанавливает по ним шумоподавляющий автокодировщик (синие), лежит близко к "
        "кривой. Слева снизу: модули всех чисел в кодах по возрастанию; без штрафа (серая) почти все отличны от 0, "
        "при положительном tau (синяя) большинство близко к 0. Справа снизу: средний квадрат нормы якобиана "
        "кодировщика при обучении растёт, если lam = 0 (серая), и остаётся малым при lam больше 0 (синяя)."
    ),
}

BLUE, GREY = "#0072B2", "#999999"


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    parts = {"restoration": _plane, "denoising_loss": _noise, "sparse_loss": _codes, "contractive_loss": _jacobians}
    for panel, (name, part) in zip(figure.subplots(2, 2).flat, parts.items(), strict=True):
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=7)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def _normal(seed: int, *shape: int) -> Tensor:
    return torch.randn(shape, generator=_generator(seed))


def _model(solution: SimpleNamespace, *sizes: int) -> nn.Module:
    model: nn.Module = solution.Autoencoder(*sizes, rng=_generator(3))
    return model


def _curve(places: Tensor) -> Tensor:
    return torch.stack([2 * places, torch.sin(3 * places)], dim=1)


def _plane(solution: SimpleNamespace, panel: Axes) -> None:
    X = _normal(1, 40, 2) * torch.tensor([1.5, 0.4]) @ torch.tensor([[0.8, 0.6], [-0.6, 0.8]])
    axis = 4 * torch.linalg.svd(X - X.mean(dim=0)).Vh[0]
    ends = torch.stack([X.mean(dim=0) - axis, X.mean(dim=0) + axis])
    model = _model(solution, 2, 0, 1)
    solution.train(model, X.clone(), solution.restoration, 200, 0.04)
    restored = model(X)[1].detach()
    panel.plot(*ends.T, color="black", linewidth=0.8)
    panel.plot(*X.T, ".", color=GREY, markersize=4)
    panel.plot(*restored.T, ".", color=BLUE, markersize=4)
    panel.set_aspect("equal", "datalim")


def _noise(solution: SimpleNamespace, panel: Axes) -> None:
    rng = _generator(5)

    def loss(model: nn.Module, x: Tensor) -> Tensor:
        found: Tensor = solution.denoising_loss(model, x, 0.3 * torch.randn(x.shape, generator=rng))
        return found

    places = torch.linspace(-1, 1, 60)
    model = _model(solution, 2, 12, 1)
    solution.train(model, _curve(places), loss, 300, 0.04)
    noisy = _curve(places) + 0.3 * _normal(6, 60, 2)
    panel.plot(*_curve(places).T, color="black", linewidth=0.8)
    panel.plot(*noisy.T, ".", color=GREY, markersize=4)
    panel.plot(*model(noisy)[1].detach().T, ".", color=BLUE, markersize=4)


def _codes(solution: SimpleNamespace, panel: Axes) -> None:
    X = _normal(7, 30, 1) * torch.eye(6)[torch.arange(30) % 6]  # each object is of one direction
    for tau, colour in ((0.0, GREY), (0.1, BLUE)):
        model = _model(solution, 6, 0, 8)
        solution.train(model, X.clone(), lambda model, x, tau=tau: solution.sparse_loss(model, x, tau), 150, 0.04)
        panel.plot(model(X)[0].detach().abs().flatten().sort().values, color=colour, linewidth=1, label=f"tau {tau}")
    panel.set_xlabel("numbers of all codes, from small to large", fontsize=7)
    panel.legend(fontsize=7)


def _jacobians(solution: SimpleNamespace, panel: Axes) -> None:
    X = _curve(torch.linspace(-1, 1, 20))
    for lam, colour in ((0.0, GREY), (0.1, BLUE)):
        model, sizes = _model(solution, 2, 8, 2), []
        for _ in range(10):
            solution.train(
                model, X.clone(), lambda model, x, lam=lam: solution.contractive_loss(model, x, lam), 12, 0.04
            )
            sizes.append(_size(model, X))
        panel.plot(range(12, 132, 12), sizes, color=colour, linewidth=1, label=f"lam {lam}")
    panel.set_xlabel("steps", fontsize=7)
    panel.set_ylabel("squared norm of the Jacobian", fontsize=7)
    panel.set_ylim(bottom=0)
    panel.legend(fontsize=7)


def _size(model: nn.Module, X: Tensor) -> float:
    """The mean squared norm of the encoder's Jacobian."""
    jacobian = torch.autograd.functional.jacobian(lambda x: model.encoder(x).sum(dim=0), X)  # (m, l, n)
    return float(jacobian.square().sum() / len(X))
