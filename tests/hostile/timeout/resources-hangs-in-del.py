"""An object that never ends being deleted, returned and forgotten."""

from honest import *
from honest import Centres as Right


class Centres(Right):
    def __del__(self):
        while True:
            pass

    def predict(self, X):
        local = Centres(self.centres)
        del local
