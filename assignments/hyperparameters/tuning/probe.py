"""Runs beside the student's code: a trial with Optuna's methods that gives the answers it was made with."""


class Trial:
    """Notes what was asked: (method, name, the range or choices, whether logarithmic)."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    def suggest_categorical(self, name, choices):
        return self._answer("categorical", name, list(choices), False)

    def suggest_int(self, name, low, high, *, step=1, log=False):
        return self._answer("int", name, [float(low), float(high)], log)

    def suggest_float(self, name, low, high, *, step=None, log=False):
        return self._answer("float", name, [float(low), float(high)], log)

    def _answer(self, kind, name, bounds, log):
        self.asked.append((kind, name, bounds, log))
        return self.answers[name]


def ask(objective, answers, loss):
    """What the objective asked of the trial, and what it returned."""
    trial = Trial(answers)
    found = objective(trial, loss)
    return trial.asked, found
