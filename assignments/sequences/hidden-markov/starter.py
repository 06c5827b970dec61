"""Hidden Markov model: fill in the bodies below. Check: `grader check sequences/hidden-markov solution.py`.

start (k,), transition (k, k), emission (k, v): probabilities, rows are the states now. seen (T,): whole numbers.
"""

import numpy as np


def forward(start: np.ndarray, transition: np.ndarray, emission: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """(T, k): ln p(x_1 ... x_t, z_t = i)."""
    raise NotImplementedError("start here: logarithms of the model, then one moment after the other")


def log_likelihood(start: np.ndarray, transition: np.ndarray, emission: np.ndarray, seen: np.ndarray) -> float:
    """ln p(x_1 ... x_T)."""
    raise NotImplementedError("the last row of forward")


def viterbi(
    start: np.ndarray, transition: np.ndarray, emission: np.ndarray, seen: np.ndarray
) -> tuple[np.ndarray, float]:
    """The most probable path (T,), and ln of its probability together with what is seen."""
    raise NotImplementedError("the maximum in place of the sum, and pointers to the state before")


def posterior(start: np.ndarray, transition: np.ndarray, emission: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """(T, k): p(z_t = i | x_1 ... x_T)."""
    raise NotImplementedError("forward, and the same backwards")


def sample(
    start: np.ndarray, transition: np.ndarray, emission: np.ndarray, length: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """States (length,) and what is seen (length,), drawn by the model."""
    raise NotImplementedError("a state, what is seen in it, the next state")
