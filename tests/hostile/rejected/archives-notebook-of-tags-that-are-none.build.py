"""A notebook whose metadata of a cell are a list."""


def upload():
    cell = b'{"cell_type": "code", "metadata": [], "outputs": [], "execution_count": null, "source": "x"}'
    return "a.ipynb", b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [' + cell + b"]}"
