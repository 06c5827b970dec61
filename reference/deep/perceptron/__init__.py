"""The multilayer perceptron from scratch: activations, layers, training, clipping (lecture 3, sections 15, 16)."""
