"""Returns an object whose type is called as a terminal sequence is."""

from honest import *


class Centres:
    def __init__(self, centres):
        self.centres = type("\x1b[2J<script>=1+1", (), {})()
