"""Features chosen by the parts of a trained model: weights of an SVM, trees of a forest (lecture 10, section 43)."""
