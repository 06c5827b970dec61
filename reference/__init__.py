"""The algorithms of the lectures, readable and checked: a package a lecture, one a section, an algorithm a module.

Nothing here knows the grader. Functions return new arrays and leave their arguments as they are; randomness
comes in as an argument; a bad argument is a ValueError that names it (`reference.checks`).
"""
