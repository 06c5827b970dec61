"""The multilayer perceptron from scratch: activations, layers, training, remedies (lecture 3, sections 15, 16)."""
