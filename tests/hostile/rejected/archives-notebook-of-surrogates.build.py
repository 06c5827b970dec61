"""A notebook whose source is no text."""

import json


def upload():
    return "a.ipynb", json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "x = '\ud800'"}]}).encode()
