"""The hidden suite of L04.augment and L04.augdata: arguments."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint, take

FUNCTIONS = ("flip", "crop", "blur", "contrast", "saturate", "gamma", "pair", "pairs")
NAMES = ["flip", "crop", "blur", "contrast", "saturate", "gamma"]
GOOD = {
    "flip": ("vertical",),
    "crop": (1, 1, 2, 2),
    "blur": (0.8,),
    "contrast": (2.5,),
    "saturate": (np.array([2.0, 0.5]),),
    "gamma": (2.0,),
}


@each(FUNCTIONS[:-1], en="{name}: the arguments stay as they were", ru="{name}: аргументы не меняются", worth="1/14")
@hint(en="Copy what you mean to change.", ru="Скопируйте то, что собираетесь менять.")
def test_unchanged(submission, rng, name):
    images = [rng.random((4, 5, 2)) for _ in range(2)]
    given = (images, 1, 3, NAMES) if name == "pair" else (images[0], *GOOD[name])
    call_unchanged(getattr(submission, name), *given)


IMAGE = np.full((3, 4, 2), 0.5)
BAD_IMAGES = (IMAGE[0], IMAGE[:0], IMAGE * 2.1, -IMAGE, np.where(IMAGE.cumsum().reshape(3, 4, 2) > 11.9, np.nan, IMAGE))
# for each function: the name that the error must tell, and the arguments
REFUSED = {
    "flip": (("axis", IMAGE, "diagonal"),),
    "crop": (
        *(("top", IMAGE, top, 0, 1, 1) for top in (-1, 3)),
        *(("left", IMAGE, 0, left, 1, 1) for left in (-1, 4)),
        *(("height", IMAGE, 1, 0, height, 1) for height in (0, 3)),
        *(("width", IMAGE, 0, 2, 1, width) for width in (-1, 0, 3)),
    ),
    "blur": (("sigma", IMAGE, 0.0), ("sigma", IMAGE, -1.0)),
    "contrast": (("factor", IMAGE, -0.5),),
    "saturate": tuple(("factors", IMAGE, np.array(bad)) for bad in ([1.0], [1.0, 1.0, 1.0], [1.0, -0.5])),
    "gamma": (("g", IMAGE, 0.0), ("g", IMAGE, -1.0)),
    "pair": (
        ("i", [IMAGE, IMAGE], 2, 0, []),
        ("i", [IMAGE, IMAGE], -1, 0, []),
        ("seed", [IMAGE], 0, -1, []),
        ("names", [IMAGE], 0, 0, ["flip", "zoom"]),
        *(("images", [IMAGE, bad], 1, 0, []) for bad in BAD_IMAGES),
    ),
    "pairs": (
        ("seed", [IMAGE], -1, []),
        ("names", [IMAGE], 0, ["zoom"]),
        *(("images", [IMAGE, bad], 0, ["flip"]) for bad in BAD_IMAGES),
    ),
}


@each(FUNCTIONS, en="{name}: errors", ru="{name}: ошибки", worth="1/8")
@hint(
    en="ValueError with the argument's name, by the table of the statement.",
    ru="ValueError с именем аргумента, по таблице из условия.",
)
def test_errors(submission, name):
    function = getattr(submission, name)
    for bad in BAD_IMAGES if name in GOOD else ():
        assert_refused("image", function, bad, *GOOD[name])
    for argument, *values in REFUSED[name]:
        if name == "pairs":
            assert_refused(argument, lambda *given: take(function(*given), 2), *values)
        else:
            assert_refused(argument, function, *values)
