"""What masking does, which pairs are drawn, who sees whom, and the vector of a text under more and more padding.

Seen at a glance: special tokens that are masked or drawn, other shares than 80, 10 and 10, random sentences of the
same document or the true next one, an encoder that looks one way or at padding, a mean that counts padding.
Three dots: not written yet.
"""

from types import SimpleNamespace

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Top left: what becomes of chosen tokens: a column for each token, a row for what stands there afterwards; the "
        "darker, the more. Row 3 is the mask, tokens 0 to 3 are special. Top right: pairs of sentences of three "
        "documents, first by rows, second by columns; blue with label 1, red with label 0. Bottom left: how much the "
        "vector of a place (row) depends on the token of a place (column); the last two places are padding. Bottom "
        "right: the entries of the vector of a text; the places of padding grow from 0 to 6."
    ),
    "ru": (
        "Слева сверху: что стало с выбранными токенами: столбец — токен, строка — что стоит на его месте; чем темнее, "
        "тем чаще. Строка 3 — маска, токены от 0 до 3 служебные. Справа сверху: пары предложений трёх документов, "
        "первое по строкам, второе по столбцам; синие с меткой 1, красные с меткой 0. Слева снизу: насколько вектор "
        "места (строка) зависит от токена на месте (столбец); два последних места — дополнение. Справа снизу: "
        "компоненты вектора текста; дополнение растёт от 0 до 6 мест."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"
WORDS, MASK = 10, 3
LENGTHS = (3, 4, 2)


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels = figure.subplots(2, 2).ravel()
    for panel, part in zip(panels, (_mask, _pairs, _sight, _padding), strict=True):
        panel.tick_params(labelsize=7)
        try:
            part(solution, panel)
        except NotImplementedError:
            panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _mask(solution: SimpleNamespace, panel: Axes) -> None:
    tokens = torch.arange(WORDS).repeat(60, 20)
    inputs, labels = solution.mask(tokens, [0, 1, 2], MASK, WORDS, np.random.default_rng(1), 0.5)
    chosen = labels != -100
    table = np.zeros((WORDS, WORDS))
    np.add.at(table, (inputs[chosen].numpy(), tokens[chosen].numpy()), 1)
    panel.imshow(table**0.5, "Blues", interpolation="none")
    panel.set(title="mask", xlabel="tokens", ylabel="inputs", xticks=range(WORDS), yticks=range(WORDS))
    panel.title.set_fontsize(9)


def _pairs(solution: SimpleNamespace, panel: Axes) -> None:
    names = iter(range(sum(LENGTHS)))
    documents = [[str(next(names)) for _ in range(length)] for length in LENGTHS]
    pairs = {tuple(pair) for pair in solution.sentence_pairs(documents, 400, np.random.default_rng(2))}
    for first, second, label in sorted(pairs):
        panel.plot(int(second), int(first), "s" if label else "o", color=BLUE if label else RED, markersize=6)
    for end in np.cumsum(LENGTHS)[:-1] - 0.5:
        panel.axhline(end, color=GREY, linewidth=0.8)
        panel.axvline(end, color=GREY, linewidth=0.8)
    last = sum(LENGTHS) - 0.5
    panel.set(xlim=(-0.5, last), ylim=(last, -0.5), aspect="equal", xlabel="second", ylabel="first")
    panel.set_title("sentence_pairs", fontsize=9)


def _model(solution: SimpleNamespace) -> torch.nn.Module:
    """A model whose matrices do not depend on how a solution draws them."""
    rng, model = np.random.default_rng(3), solution.Bert(WORDS, 8, 2, 16, 2, 14)
    with torch.no_grad():
        for value in model.parameters():
            if value.dim() > 1:
                value.copy_(torch.from_numpy(rng.normal(0, 0.4, tuple(value.shape))))
    return model.double().eval()


def _sight(solution: SimpleNamespace, panel: Axes) -> None:
    model, tokens = _model(solution), torch.tensor([[1, 5, 8, 2, 7, 2, 0, 0]])
    segments = torch.tensor([[0, 0, 0, 0, 1, 1, 0, 0]])
    with torch.no_grad():
        before = model.encode(tokens, segments)[0]
        table = torch.zeros(6, 8)
        for place in range(6):
            other = tokens.clone()
            other[0, place] = 9
            table[:, place] = (model.encode(other, segments)[0] - before).norm(dim=1)[:6]
        for place in (6, 7):  # what stands behind the text, seen by cutting it off
            shorter = model.encode(tokens[:, :place], segments[:, :place])[0]
            table[:, place] = (shorter[:6] - before[:6]).norm(dim=1)
    panel.imshow(table / (table + 0.3), "gray_r", vmin=0, vmax=1, interpolation="none")
    panel.set(xticks=range(8), yticks=range(6), xlabel="token", ylabel="vector")
    panel.set_title("Bert", fontsize=9)


def _padding(solution: SimpleNamespace, panel: Axes) -> None:
    model, rows = _model(solution), []
    for count in range(7):
        tokens = torch.tensor([[1, 5, 8, 2, 7, 2, *[0] * count]])
        rows.append(solution.embed(model, tokens, torch.zeros_like(tokens))[0])
    panel.plot(torch.stack(rows).numpy(), "-o", markersize=3, linewidth=1)
    panel.set(xlabel="padding")
    panel.set_title("embed", fontsize=9)
