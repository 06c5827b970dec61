"""A notebook of two and a half million empty lists, which take a hundred times their bytes in memory."""


def upload():
    return "a.ipynb", b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [' + b"[]," * 1_700_000 + b"[]]}"
