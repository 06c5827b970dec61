"""Tools around a model (lecture 5, section 25): own functions of autograd, tables of layers, logs of training."""
