"""Never ends being imported."""

from honest import *

while True:
    pass
