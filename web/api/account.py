"""Who is asking: tokens, the person, the key of receipts, and the document that describes all of the interface."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, current_app, g, json
from flask_babel import gettext as _

from grader.core import receipts
from grader.store import tokens
from web.api import shapes
from web.api.blueprint import api
from web.api.contract import contract
from web.api.document import document
from web.api.problems import problem
from web.auth import entrance
from web.state import now, state


@api.post("/tokens")
@contract(shapes.Token, status=201, body=shapes.LogIn)
def create_token(body: shapes.LogIn) -> Any:
    """A personal token for a login and a password."""
    at = now()
    expires_at = at + timedelta(days=body.days) if body.days is not None else None
    try:
        user = entrance.authenticate(body.login, body.password)
    except entrance.TooSoon as error:
        return *problem(429, entrance.told(error.seconds)), {"Retry-After": str(error.seconds)}
    if user is None:
        return problem(401, _("Login or password is wrong."))
    with state().database.writing() as database:
        secret = tokens.issue(database, user, body.label, body.scopes, now=at, expires_at=expires_at)
    scopes = [scope for scope in tokens.SCOPES if scope in body.scopes]
    return {"token": secret, "name": user.name, "scopes": scopes, "expires_at": expires_at}


@api.delete("/tokens/current")
@contract(None, status=204)
def revoke_token() -> None:
    """Revoke the token that this is asked with."""
    with state().database.writing() as database:
        tokens.revoke(database, g.user, g.token.id, now())


@api.get("/me")
@contract(shapes.Person)
def get_person() -> Any:
    """Whose token this is, and what it may be used for."""
    user = g.user
    scopes = [scope for scope in tokens.SCOPES if scope in g.scopes]
    return {"login": user.login, "name": user.name, "role": user.role, "group": user.group, "scopes": scopes}


@api.get("/receipts/key")
@contract(shapes.ReceiptKey)
def get_receipt_key() -> Any:
    """The public key that receipts are checked with."""
    key = receipts.public_key(receipts.signing_key(state().settings.secret))
    return {"algorithm": "Ed25519", "key": key, "fingerprint": receipts.fingerprint(key)}


@api.get("/openapi.json")
@contract(dict[str, Any])
def get_document() -> Any:
    """The whole interface as an OpenAPI document."""
    return Response(json.dumps(document(current_app)), content_type="application/json")
