"""The objects that stay inside, by the tokens that the judge holds for them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from grader.harness.bounds import DEFAULT
from grader.harness.wire import Handle, Unencodable


class Objects:
    """Tokens to objects and back. The same object has the same token for as long as the judge keeps it."""

    def __init__(self) -> None:
        self.by_token: dict[bytes, Any] = {}
        self.tokens: dict[int, bytes] = {}

    def handle(self, value: Any) -> Handle:
        token = self.tokens.get(id(value))
        if token is None:
            if len(self.by_token) >= DEFAULT.handles:
                raise Unencodable(f"more than {DEFAULT.handles} objects kept for the tests")
            token = os.urandom(DEFAULT.token_bytes)
            self.tokens[id(value)] = token
            self.by_token[token] = value
        return Handle(token, type(value).__name__[: DEFAULT.type_name], callable(value))

    def find(self, handle: Handle) -> Any:
        return self.by_token[handle.token]

    def release(self, tokens: Iterable[bytes]) -> None:
        for token in tokens:
            value = self.by_token.pop(token, None)
            self.tokens.pop(id(value), None)
