"""Never ends being defined: a decorator, a metaclass, `__init_subclass__`."""

from honest import *


class Base:
    def __init_subclass__(cls):
        while True:
            pass


class nearest(Base):
    pass
