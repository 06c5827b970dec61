"""The define-by-run objective with Optuna itself (L01.trial)."""

from __future__ import annotations

import optuna
import pytest

from reference.hyperparameters.trial import objective


def test_the_objective_works_with_optuna():
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    settings = []

    def loss(setting):
        settings.append(setting)
        return 0.0 if setting["classifier"] == "svm" and setting["kernel"] == "poly" else 1.0

    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=0))
    study.optimize(lambda trial: objective(trial, loss), n_trials=60)
    assert study.best_value == 0
    assert study.best_params["kernel"] == "poly"
    assert [trial.params for trial in study.trials] == settings
    shapes = {tuple(setting) for setting in settings}
    assert shapes == {
        ("classifier", "k", "weights", "p"),
        ("classifier", "C", "kernel"),
        ("classifier", "C", "kernel", "gamma"),
        ("classifier", "C", "kernel", "gamma", "degree"),
    }


@pytest.mark.parametrize("params", [{"classifier": "knn", "k": 7, "weights": "uniform", "p": 2.0}])
def test_a_fixed_trial_gives_the_loss_of_its_setting(params):
    assert objective(optuna.trial.FixedTrial(params), lambda setting: float(setting == params)) == 1.0
