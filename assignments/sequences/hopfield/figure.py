"""Three patterns, each with flipped units, what the network makes of them, and the energy on the way.

Seen at a glance: a pattern that does not come back, an energy that rises, a run that stops early or never.
"""

from types import SimpleNamespace

import numpy as np
from matplotlib.figure import Figure

ALT = {
    "en": (
        "Left, three columns: the letters T, L and X of 8 x 8 units, below them the same with 9 units flipped, then "
        "what recall makes of them: the letters again. Right: the energy after each unit, three curves that "
        "fall to the dashed lines, the energies of the letters, and end flat after a whole sweep without a change."
    ),
    "ru": (
        "Слева три столбца: буквы T, L и X из 8 x 8 нейронов, под ними они же с 9 перевёрнутыми нейронами, ещё ниже — "
        "то, что восстановил recall: снова буквы. Справа энергия после каждого нейрона: три кривые спускаются до "
        "штриховых линий, энергий самих букв, и кончаются ровным участком — обходом без изменений."
    ),
}

LETTERS = {
    "T": "######## ######## ...##... ...##... ...##... ...##... ...##... ...##...",
    "L": "##...... ##...... ##...... ##...... ##...... ##...... ######## ########",
    "X": "##....## ###..### .######. ..####.. ..####.. .######. ###..### ##....##",
}
COLOURS = ["#0072B2", "#D55E00", "#009E73"]


def draw(solution: SimpleNamespace, figure: Figure) -> None:
    figure.set_size_inches(7.2, 3.6)
    figure.set_layout_engine("constrained")
    panels = figure.subplot_mosaic(
        [[f"{row}{name}" for name in LETTERS] + ["E", "E"] for row in ("stored", "noisy", "recalled")]
    )
    for panel in panels.values():
        panel.tick_params(labelsize=7)
    rng = np.random.default_rng(6)
    patterns = np.array([[1.0 if dot == "#" else -1.0 for dot in text if dot != " "] for text in LETTERS.values()])
    noisy = patterns.copy()
    for row in noisy:
        row[rng.choice(64, size=9, replace=False)] *= -1
    shown = {"stored": patterns, "noisy": noisy}
    try:
        W = solution.hebbian(patterns)
        runs = [solution.recall(W, start.copy(), np.random.default_rng(1)) for start in noisy]
        shown["recalled"] = np.array([state for state, _, _ in runs])
        for (_, energies, _), pattern, colour in zip(runs, patterns, COLOURS, strict=True):
            panels["E"].axhline(solution.energy(W, pattern), color=colour, linestyle="--", linewidth=0.8)
            panels["E"].plot(energies, color=colour, linewidth=1.4)
    except NotImplementedError:
        panels["E"].text(0.5, 0.5, "...", transform=panels["E"].transAxes)
    panels["E"].set_title("energies", fontsize=9)
    for row in ("stored", "noisy", "recalled"):
        for name, colour, place in zip(LETTERS, COLOURS, range(3), strict=True):
            panel = panels[f"{row}{name}"]
            panel.set(xticks=[], yticks=[])
            for spine in panel.spines.values():
                spine.set_color(colour)
            if row in shown:
                panel.imshow(shown[row][place].reshape(8, 8), "gray_r", vmin=-1, vmax=1.6, interpolation="none")
