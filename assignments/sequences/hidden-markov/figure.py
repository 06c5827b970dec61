"""A die that is sometimes exchanged for a loaded one: what is seen, the states, and what the model makes of them.

Seen at a glance: a posterior that follows what is seen without memory (moves unused) or with a delay (no pass
backwards), a path that lags or flickers, a likelihood that prefers another model.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.figure import Figure

ALT = {
    "en": (
        "A fair die (state 0) is at times exchanged for a loaded one that shows its last value, 5, with "
        "probability 0.7 (state 1). The upper panel has 120 throws as dots, with the moments of the loaded die shaded. "
        "In the panel below, the posterior probability of state 1 (thick line) is high in the two long shaded pieces; "
        "of the short one at the left too little is seen. What forward alone says (thin, dashed) comes later and is "
        "more jagged, since it does not know the future. The path of viterbi, below, is 0 or 1 and changes four times. "
        "The last panel has log_likelihood of the throws for models that leave a state with other probabilities, "
        "transition[0, 1]: it is highest at the true one, 0.05."
    ),
    "ru": (
        "Честную кость (состояние 0) временами подменяют другой, на которой с вероятностью 0.7 выпадает последнее "
        "значение, 5 (состояние 1). На верхней панели 120 бросков показаны точками, моменты подменённой кости "
        "закрашены. Ниже — апостериорная вероятность состояния 1 (толстая линия): она велика на двух длинных "
        "закрашенных участках, а для короткого слева наблюдений слишком мало. Оценка по одному прямому ходу (тонкий "
        "пунктир) запаздывает и изломана сильнее, потому что не знает будущего. Путь viterbi, ещё ниже, принимает "
        "значения 0 и 1 и меняется четыре раза. На последней панели — log_likelihood бросков для моделей с другой "
        "вероятностью покинуть состояние, transition[0, 1]: наибольшее значение — при истинной, 0.05."
    ),
}
LEAVE, LENGTH = 0.05, 120
START, EMISSION = np.array([0.5, 0.5]), np.array([[1 / 6] * 6, [0.06] * 5 + [0.7]])


def moves(leave: float) -> np.ndarray:
    return np.array([[1 - leave, leave], [leave, 1 - leave]])


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_layout_engine("constrained")
    throws, chances, path, likelihoods = figure.subplots(4, 1, height_ratios=[2, 2, 0.7, 1.8])
    states, seen = _throws(np.random.default_rng(54))
    model, times = (START, moves(LEAVE), EMISSION, seen), np.arange(1, LENGTH + 1)
    for panel in (throws, chances):
        shade = panel.fill_between(times, 0, states, step="mid", transform=panel.get_xaxis_transform())
        shade.set(color="#0072B2", alpha=0.18, linewidth=0)
    for panel in (throws, chances, path):
        panel.set_xlim(1, LENGTH)
    throws.plot(times, seen, ".", color="#333333", markersize=4)
    throws.set_title("seen", fontsize=9)
    alpha = np.asarray(solution.forward(*_copies(model)))
    filtered = np.exp(alpha - alpha.max(axis=1, keepdims=True))
    chances.plot(times, filtered[:, 1] / filtered.sum(axis=1), "--", color="#999999", linewidth=0.8, label="forward")
    smoothed = np.asarray(solution.posterior(*_copies(model)))
    chances.plot(times, smoothed[:, 1], color="#0072B2", linewidth=1.6, label="posterior")
    chances.legend(fontsize=7, loc="upper left")
    path.plot(times, solution.viterbi(*_copies(model))[0], drawstyle="steps-mid", color="#D55E00", linewidth=1.4)
    path.set(ylim=(-0.2, 1.2), yticks=[0, 1])
    path.set_title("viterbi", fontsize=9)
    shares = np.array([0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.3, 0.4, 0.5])
    values = [solution.log_likelihood(START.copy(), moves(share), EMISSION.copy(), seen.copy()) for share in shares]
    likelihoods.plot(shares, values, "o-", color="#333333", markersize=3, linewidth=1)
    likelihoods.axvline(LEAVE, color="#0072B2", linewidth=0.8, linestyle=":")
    likelihoods.set_title("log_likelihood", fontsize=9)
    likelihoods.set_xlabel("transition[0, 1]", fontsize=8)
    path.set_xlabel("t", fontsize=8)
    for panel in (throws, chances, path, likelihoods):
        panel.tick_params(labelsize=7, labelbottom=panel in (path, likelihoods))


def _copies(model: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
    return tuple(part.copy() for part in model)


def _throws(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The states and the throws, drawn here: the picture shows the same for everybody."""
    states = np.zeros(LENGTH, dtype=int)
    for t in range(1, LENGTH):
        states[t] = rng.choice(2, p=moves(LEAVE)[states[t - 1]])
    return states, np.array([rng.choice(6, p=EMISSION[state]) for state in states])
