"""Checks of arguments, the same for all references: they turn arguments into numbers, or refuse them by name.

`numbers`, `arrays`, `text` and `randomness` need numpy alone; `tensors` needs torch, and only references of the torch
environment import it. Whatever is wrong, a wrong type too, is a ValueError whose text begins with the argument's name.
No check changes what it is given. Integers of numpy count as whole numbers. True and False are no numbers, alone or in
an array, and a text such as "1" is none either.
"""
