"""``grader images build``: builds the sandbox images. The work is the worker's, found by an entry point."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

import click

from grader.cli.output import print_json
from grader.core.assignment import ENVIRONMENTS
from grader.core.errors import BadInput


@click.group()
def images() -> None:
    """The images of the sandboxes."""


@images.command()
@click.argument("environments", nargs=-1, type=click.Choice(ENVIRONMENTS))
@click.option("--base-image", default=None, help="Build on this image instead of the official slim Python.")
@click.option("--json", "as_json", is_flag=True, help="Print environment and image as JSON.")
def build(environments: tuple[str, ...], base_image: str | None, as_json: bool) -> None:
    """Build the images of ENVIRONMENTS (all, when none is named); what is up to date is left alone."""
    build_images = builder()
    built = build_images(environments or ENVIRONMENTS, base=base_image, say=lambda text: click.echo(text, err=True))
    if as_json:
        print_json(built)
    else:
        for environment, name in built.items():
            click.echo(f"{environment}: {name}")


def builder() -> Any:
    for point in entry_points(group="grader.images"):
        return point.load()
    raise BadInput("Images are built from a checkout with grader[server] installed.")
