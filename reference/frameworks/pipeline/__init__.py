"""A network of scikit-learn in a pipeline, tuned by grid search (lecture 5, section 24)."""
