"""What an endpoint takes and gives, told once: input is checked by it, answers are made by it, the document tells it.

A view gets what it takes as the arguments ``query``, ``body`` and ``form``, already checked, and returns what
`contract` says that it answers. The shapes are pydantic's models; their JSON schemas are those of OpenAPI 3.1.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_origin

from flask import Response, abort, request
from flask_babel import gettext as _
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.datastructures import MultiDict

from web.api.problems import problem


class File:
    """An answer that is a file, of one of these kinds."""

    def __init__(self, *content_types: str) -> None:
        self.content_types = content_types


@dataclass(frozen=True)
class Contract:
    """``answer`` is a type that pydantic knows, or a `File`, or None for an answer without content."""

    answer: Any
    status: int = 200
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    form: type[BaseModel] | None = None  # sent as multipart/form-data, with a file called `file`


def contract(
    answer: Any,
    *,
    status: int = 200,
    query: type[BaseModel] | None = None,
    body: type[BaseModel] | None = None,
    form: type[BaseModel] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Say what a view takes and answers. The first line of the view's docstring is its summary."""
    told = Contract(answer, status, query, body, form)
    adapter = None if answer is None or isinstance(answer, File) else TypeAdapter(answer)

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def checked(**path: Any) -> Any:
            if any("\0" in value for value in path.values()):
                abort(404)  # a database need not be asked: it could not even be told
            try:
                inputs = _inputs(told)
            except ValidationError as error:
                return _refused(error)
            given = view(**path, **inputs)
            if adapter is None or isinstance(given, Response | tuple):
                return given if given is not None else Response(status=told.status)
            content = adapter.dump_json(adapter.validate_python(given))
            return Response(content, status=told.status, content_type="application/json")

        checked.contract = told  # type: ignore[attr-defined]
        return checked

    return decorate


def _inputs(told: Contract) -> dict[str, Any]:
    inputs: dict[str, Any] = {}
    if told.query is not None:
        inputs["query"] = told.query.model_validate(_flat(told.query, request.args))
    if told.form is not None:
        inputs["form"] = told.form.model_validate(_flat(told.form, request.form))
    if told.body is not None:
        inputs["body"] = told.body.model_validate_json(request.get_data() or b"null", strict=True)
    return inputs


def _flat(model: type[BaseModel], sent: MultiDict[str, str]) -> dict[str, Any]:
    """Fields that take a list get all values; of the others, one that is sent twice is an error by its list."""
    lists = {name for name, field in model.model_fields.items() if get_origin(field.annotation) is list}
    return {
        name: values if name in lists or len(values) > 1 else values[0]
        for name, values in sent.to_dict(flat=False).items()
    }


def _refused(error: ValidationError) -> Any:
    errors = [(_field(one), _said(one)) for one in error.errors(include_url=False, include_context=True)]
    named = "; ".join(f"{field}: {text}" if field else text for field, text in errors)
    return problem(400, named, errors)


def _field(error: ErrorDetails) -> str:
    return ".".join(str(part) for part in error["loc"] if not str(part).startswith(("function-", "constrained-")))


def _said(error: ErrorDetails) -> str:
    """What is wrong with one field, in the reader's language; kinds that are not listed are told as a whole."""
    kind, context = error["type"], error.get("ctx", {})
    return str(_SAID.get(kind, _other)(context))


def _other(context: Mapping[str, Any]) -> str:
    return str(_("this value does not fit"))


_SAID: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda context: _("is missing"),
    "extra_forbidden": lambda context: _("is not known here"),
    "json_invalid": lambda context: _("the body is not JSON"),
    "model_type": lambda context: _("an object is needed"),
    "string_type": lambda context: _("a text is needed"),
    "string_too_short": lambda context: _("must have at least %(n)s characters", n=context["min_length"]),
    "string_too_long": lambda context: _("must have at most %(n)s characters", n=context["max_length"]),
    "string_pattern_mismatch": lambda context: _("does not have the right form"),
    "int_parsing": lambda context: _("a whole number is needed"),
    "int_type": lambda context: _("a whole number is needed"),
    "greater_than_equal": lambda context: _("must be at least %(n)s", n=context["ge"]),
    "less_than_equal": lambda context: _("must be at most %(n)s", n=context["le"]),
    "literal_error": lambda context: _("must be one of %(values)s", values=context["expected"]),
    "timezone_aware": lambda context: _("a time with its offset is needed, such as 2027-02-14T23:59:00+03:00"),
    "datetime_from_date_parsing": lambda context: _(
        "a time with its offset is needed, such as 2027-02-14T23:59:00+03:00"
    ),
    "datetime_parsing": lambda context: _("a time with its offset is needed, such as 2027-02-14T23:59:00+03:00"),
}
