"""A notebook whose source is a list of numbers."""


def upload():
    cell = b'{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": [1, 2]}'
    return "a.ipynb", b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [' + cell + b"]}"
