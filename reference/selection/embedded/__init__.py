"""Features are chosen by what a model is made of: weights of an SVM, trees of a forest (lecture 10, section 43)."""
