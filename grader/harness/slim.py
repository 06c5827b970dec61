"""Makes an SVG that matplotlib wrote smaller, without a difference that can be seen.

A picture comes with a page, and matplotlib writes six decimals of a point, the same style at each mark, and long names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_SHIFT = re.compile(r"translate\([^)]*\)")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_PLACES = ("d", "x", "y", "width", "height")


def slim(svg: bytes) -> bytes:
    """The same picture in fewer bytes; of the same bytes always the same."""
    root = ET.fromstring(svg)  # noqa: S314 - what matplotlib has written here
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    for group in list(root.iter()):
        _hoist_style(group)
    _shorten_names(root)
    for element in root.iter():
        _shorten(element, keep_size=element is root)
    ET.register_namespace("", _SVG)
    return f"{ET.tostring(root, encoding='unicode')}\n".encode()


def _hoist_style(group: ET.Element) -> None:
    """Marks that all look alike take their look from the group that holds them."""
    styles = {child.get("style") for child in group}
    if len(group) > 1 and len(styles) == 1 and None not in styles and group.get("style") is None:
        if any(child.tag != f"{{{_SVG}}}use" for child in group):
            return
        group.set("style", str(styles.pop()))
        for child in group:
            del child.attrib["style"]


def _shorten_names(root: ET.Element) -> None:
    """Names that something refers to become numbers in the order of the file; the others go."""
    used = {reference for element in root.iter() for reference in _references(element)}
    short: dict[str, str] = {}
    for element in root.iter():
        name = element.attrib.pop("id", None)
        if name is not None and name in used:
            short[name] = f"i{len(short)}"
            element.set("id", short[name])
    for element in root.iter():
        if (target := element.attrib.pop(_HREF, None)) is not None:
            element.set("href", f"#{short[target[1:]]}" if target.startswith("#") else re.sub(r"\s", "", target))
        for key, value in element.items():
            element.set(key, _REFERENCE.sub(lambda found: f"url(#{short[found[1]]})", value))


def _references(element: ET.Element) -> Iterator[str]:
    target = element.get(_HREF, "")
    if target.startswith("#"):
        yield target[1:]
    for value in element.attrib.values():
        yield from _REFERENCE.findall(value)


def _shorten(element: ET.Element, *, keep_size: bool) -> None:
    """Two decimals of a point, and no space that only stands there to be read."""
    for key in _PLACES if not keep_size else ():
        if key in element.attrib:
            element.set(key, " ".join(_NUMBER.sub(_rounded, element.attrib[key]).split()))
    if "transform" in element.attrib:
        shifted = _SHIFT.sub(lambda found: _NUMBER.sub(_rounded, found[0]), element.attrib["transform"])
        element.set("transform", shifted)
    if "style" in element.attrib:
        element.set("style", element.attrib["style"].replace(": ", ":").replace("; ", ";"))
    if element.tag != f"{{{_SVG}}}style":
        element.text = None
    element.tail = None


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
