"""What the scores of a transformer depend on, what its blocks do to vectors, and how translations end.

Seen at a glance: a future or padding that is looked at, a source that is not, sums that are not normalised, rows
that go on after their end. Three dots: not written yet.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

ALT = {
    "en": (
        "Top: how much the scores at place i of the target (row) change when token j is replaced. Left a token of the "
        "target: nothing stands above the diagonal. Right a token of the source: the last two columns, which are "
        "padding, stay white. Bottom left: mean, red, and deviation, blue, of a vector's entries after each of eight "
        "blocks: 0 and 1 whatever comes in. Bottom right: translations, a row each, by a model that counts up from 4 "
        "and stops at another number for each row, at most 6 tokens; grey is after the end."
    ),
    "ru": (
        "Сверху: насколько меняются оценки в позиции i перевода (строка), если заменить слово j. Слева слово "
        "перевода: выше диагонали ничего нет. Справа слово исходного текста: два последних столбца — дополнение — "
        "белые. Слева снизу: среднее (красное) и отклонение (синее) компонент вектора после каждого из восьми блоков: "
        "0 и 1, что бы ни пришло на вход. Справа снизу: переводы, по одному в строке, модели, которая считает от 4 и "
        "останавливается для каждой строки на своём числе, самое большее 6 слов; серое — после конца."
    ),
}

BLUE, RED, GREY = "#0072B2", "#D55E00", "#999999"
WORDS, LENGTH, BEGIN, END = 12, 8, 3, 2


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    panels = figure.subplots(2, 2).flat
    names = ("Transformer: target", "Transformer: source", "EncoderBlock, DecoderBlock", "translate")
    for panel, part, name in zip(panels, (_target, _source, _blocks, _translations), names, strict=True):
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=7)
        _try(part, solution, panel)


def _try(part: Callable[[SimpleNamespace, Axes], None], solution: SimpleNamespace, panel: Axes) -> None:
    try:
        part(solution, panel)
    except NotImplementedError:
        panel.text(0.5, 0.5, "...", transform=panel.transAxes)


def _fill(module: nn.Module, seed: int) -> Any:
    """The module in double precision, with parameters that are the same each time."""
    rng = np.random.default_rng(seed)
    with torch.no_grad():
        for name, value in sorted(module.double().named_parameters()):
            drawn = torch.from_numpy(rng.normal(size=tuple(value.shape)))
            if "norm" in name:
                value.copy_(0.05 * drawn + name.endswith("weight"))
            else:
                value.copy_(drawn * value.shape[-1] ** -0.5)
    return module


def _changes(solution: SimpleNamespace, *, in_source: bool) -> Tensor:
    """The largest change of a score at each place of the target when each token is replaced, as s / (s + 0.1)."""
    model = _fill(solution.Transformer(WORDS, WORDS, 8, 2, 8, 2), 0)
    source, target = (3 + torch.arange(LENGTH) % 4)[None], (4 + torch.arange(LENGTH) % 5)[None]
    source[0, -2:] = 0
    columns = []
    with torch.no_grad():
        before = model(source, target)
        for place in range(LENGTH):
            pair = source.clone(), target.clone()
            changed = pair[0 if in_source else 1]
            if changed[0, place] != 0:
                changed[0, place] = 11
            elif in_source:  # another vector for padding must not change anything
                model.source.weight[0] += 1.0
            columns.append((model(*pair) - before).abs().amax(dim=2)[0])
    sizes = torch.stack(columns, dim=1)
    return sizes / (sizes + 0.1)


def _target(solution: SimpleNamespace, panel: Axes) -> None:
    panel.imshow(_changes(solution, in_source=False), "gray_r", vmin=0, vmax=1, interpolation="none", aspect="auto")
    panel.set(xlabel="$j$", ylabel="$i$")


def _source(solution: SimpleNamespace, panel: Axes) -> None:
    panel.imshow(_changes(solution, in_source=True), "gray_r", vmin=0, vmax=1, interpolation="none", aspect="auto")
    panel.set(xlabel="$j$", ylabel="$i$")


def _blocks(solution: SimpleNamespace, panel: Axes) -> None:
    rng = np.random.default_rng(1)
    x = torch.from_numpy(2 + 3 * rng.normal(size=(1, 5, 16)))
    found, memory = [x], x
    with torch.no_grad():
        for seed in range(4):
            found.append(_fill(solution.EncoderBlock(16, 2, 32), seed)(found[-1]))
        memory = found[-1]
        for seed in range(4):
            found.append(_fill(solution.DecoderBlock(16, 2, 32), seed)(found[-1], memory))
    for place in range(x.shape[1]):
        vectors = torch.stack([value[0, place] for value in found])
        panel.plot(vectors.mean(dim=1), ".-", color=RED, linewidth=0.8, markersize=4)
        panel.plot(vectors.std(dim=1, correction=0), ".-", color=BLUE, linewidth=0.8, markersize=4)
    for height in (0, 1):
        panel.axhline(height, color=GREY, linewidth=0.6, linestyle="--")


def _translations(solution: SimpleNamespace, panel: Axes) -> None:
    last = torch.tensor([[5], [8], [4], [11], [7]])

    def model(source: Tensor, target: Tensor) -> Tensor:
        following = torch.where(target >= source, END, target + 1).clamp(max=WORDS - 1)
        return nn.functional.one_hot(following, WORDS).double()

    for row, found in enumerate(solution.translate(model, last, BEGIN, END, 6)):
        panel.barh(row, len(found), color=BLUE, alpha=0.2)
        panel.barh(row, 6 - len(found), left=len(found), color=GREY, alpha=0.3)
        for place, token in enumerate(found):
            panel.text(place + 0.5, row, str(token), ha="center", va="center", fontsize=8)
    panel.set(yticks=range(len(last)), ylim=(len(last) - 0.5, -0.5), xlim=(0, 8))
