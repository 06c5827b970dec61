"""The OpenAPI 3.1 document, made from the routes, their contracts, and the permission table: it cannot fall behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from grader import __version__
from web import permissions
from web.api.contract import Contract, File
from web.api.problems import CONTENT_TYPE
from web.api.shapes import Problem

_JSON, _BYTES = {"type": "object"}, {"type": "string", "format": "binary"}
_REF = "#/components/schemas/{model}"
_PATH = {
    "submission_id": {"type": "string", "description": "A submission's id."},
    "lecture": {"type": "string", "description": "The part of an assignment's name before the slash."},
    "name": {"type": "string", "description": "The part of an assignment's name after the slash."},
    "login": {"type": "string", "description": "A student's login."},
    "group": {"type": "string", "description": "The name of a study group."},
    "entry_id": {"type": "string", "description": "A bonus entry's id."},
}


def document(app: Flask) -> dict[str, Any]:
    """The whole document for this application."""
    paths: dict[str, dict[str, Any]] = {}
    for rule, method, told in _endpoints(app):
        path = re.sub(r"<(?:[^<>:]*:)?([^<>]+)>", r"{\1}", rule.rule).removeprefix("/api/v1")
        paths.setdefault(path, {})[method.lower()] = _operation(app, rule, told)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "grader",
            "version": __version__,
            "description": "What students and staff do, for programs. Errors are application/problem+json, in the "
            "language of Accept-Language. Moments are in ISO 8601 with an offset.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": _schemas(app),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A personal token, with its scopes."}
            },
        },
    }


def _endpoints(app: Flask) -> Iterator[tuple[Rule, str, Contract]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        told = getattr(app.view_functions[rule.endpoint], "contract", None)
        if told is not None:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method, told


def _operation(app: Flask, rule: Rule, told: Contract) -> dict[str, Any]:
    need, scope = permissions.TABLE[rule.endpoint], permissions.SCOPES.get(rule.endpoint)
    lines = (app.view_functions[rule.endpoint].__doc__ or "").strip().splitlines()
    operation: dict[str, Any] = {
        "operationId": rule.endpoint.partition(".")[2],
        "summary": lines[0],
        "parameters": [*_path_parameters(rule), *_query_parameters(told.query)],
        "responses": _responses(rule, told, scope),
    }
    if rest := " ".join(line.strip() for line in lines[1:]).strip():
        operation["description"] = rest
    if body := _body(told):
        operation["requestBody"] = {"required": True, "content": body}
    if scope is not None:
        operation["security"] = [{"token": []}]
        who = {"instructor": ", of an instructor", "staff": ", of staff"}.get(need, "")
        operation["summary"] += f" Scope: {scope}{who}."
    return operation


def _path_parameters(rule: Rule) -> list[dict[str, Any]]:
    named = sorted(rule.arguments, key=rule.rule.index)
    return [{"name": name, "in": "path", "required": True, "schema": _PATH[name]} for name in named]


def _query_parameters(model: type[BaseModel] | None) -> list[dict[str, Any]]:
    if model is None:
        return []
    schema = TypeAdapter(model).json_schema(ref_template=_REF)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _plain(told)}
        for name, told in schema["properties"].items()
    ]


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    """A parameter's schema: in a query there is no null, what is left out is not there."""
    kinds = [kind for kind in told.get("anyOf", []) if kind != {"type": "null"}]
    rest = {key: value for key, value in told.items() if key not in ("anyOf", "title", "default")}
    return {**rest, **kinds[0]} if len(kinds) == 1 else {**rest, **({"anyOf": kinds} if kinds else {})}


def _body(told: Contract) -> dict[str, Any] | None:
    if told.body is not None:
        return {"application/json": {"schema": _reference(told.body)}}
    if told.form is None:
        return None
    form = TypeAdapter(told.form).json_schema(ref_template=_REF)
    form["properties"]["file"] = _BYTES
    form["required"] = [*form.get("required", []), "file"]
    return {"multipart/form-data": {"schema": form}}


def _responses(rule: Rule, told: Contract, scope: str | None) -> dict[str, Any]:
    answers: dict[str, Any] = {str(told.status): {"description": "Done.", **_content(told.answer)}}
    takes_input = told.query is not None or told.body is not None or told.form is not None
    codes = [400] if takes_input or rule.arguments else []
    codes += [401, 403] if scope is not None else [401] if told.body is not None else []
    codes += [404] if rule.arguments or told.form is not None or told.query is not None else []
    codes += [413] if told.form is not None or told.body is not None else []
    for code in [*codes, 429, *([503] if told.form is not None else [])]:
        answers[str(code)] = {"description": "An error.", "content": {CONTENT_TYPE: {"schema": _reference(Problem)}}}
    return answers


def _content(answer: Any) -> dict[str, Any]:
    if answer is None:
        return {}
    if isinstance(answer, File):
        kinds = [kind.partition(";")[0] for kind in answer.content_types]
        return {"content": {kind: {"schema": _JSON if kind == "application/json" else _BYTES} for kind in kinds}}
    schema = TypeAdapter(answer).json_schema(ref_template=_REF, mode="serialization")
    schema.pop("$defs", None)
    if isinstance(answer, type):
        schema = _reference(answer)
    return {"content": {"application/json": {"schema": schema}}}


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}


def _schemas(app: Flask) -> dict[str, Any]:
    """Every model that the contracts name, with those inside them."""
    inputs = {told.body for _, _, told in _endpoints(app) if told.body is not None} | {Problem}
    outputs = {model for _, _, told in _endpoints(app) for model in _models(told.answer)}
    listed = [(model, "validation") for model in inputs] + [(model, "serialization") for model in outputs]
    listed.sort(key=lambda pair: pair[0].__name__)
    _, schema = models_json_schema(listed, ref_template=_REF)  # type: ignore[arg-type]
    return dict(schema["$defs"])


def _models(answer: Any) -> list[type[BaseModel]]:
    """The model of an answer, or of what it is a list of."""
    inner = getattr(answer, "__args__", (answer,))[0] if answer is not None else None
    return [inner] if isinstance(inner, type) and issubclass(inner, BaseModel) else []
