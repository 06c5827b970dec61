"""Choice of an algorithm and of its hyperparameters (lecture 1, section 3), and two classifiers to choose from."""
