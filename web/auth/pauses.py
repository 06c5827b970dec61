"""How long to wait before a password may be tried, after wrong ones. Nobody is locked out, least of all by others.

Wrong passwords are counted three times: for this login from this address, for the login from anywhere, and for the
address with any login. The pause after each is twice as long as the one before, up to a bound; after an hour of the
first all is forgotten. What others get wrong for a login never takes a turn from its owner: from an address that has
not been wrong, the owner waits once, for a minute at most. A browser in which the owner has logged in before
(`web.auth.devices`) counts for itself alone.

The counts lie where those of `web.limits` do, so they hold for all processes together; while that is away nobody waits.
Logins that there are not are counted like those that there are.
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass
from hashlib import sha256

from limits.storage import Storage

FORGOTTEN = 3600  # seconds after which a count begins anew
_TURN = 600  # seconds for which a turn is kept that was waited for


@dataclass(frozen=True)
class Growth:
    """No pause for the first wrong passwords, then one that doubles up to the longest, in seconds."""

    free: int
    longest: int

    def pause(self, wrong: int) -> int:
        """Before the next try, when so many were wrong.

        >>> [Growth(2, 8).pause(wrong) for wrong in range(8)]
        [0, 0, 2, 4, 8, 8, 8, 8]
        """
        return 0 if wrong < self.free else min(2 << min(wrong - self.free, 30), self.longest)


HERE = Growth(free=5, longest=300)  # for one login from one address, or from a known browser
LOGIN = Growth(free=10, longest=60)  # for one login, from an address that has not been wrong
ADDRESS = Growth(free=30, longest=60)  # for one address: a whole class may log in from behind one


@dataclass(frozen=True)
class Try:
    """One attempt to log in: `wait` first, then tell how it ended."""

    storage: Storage
    login: str
    address: str
    device: str | None = None  # the name of a browser in which the login's owner has logged in before

    def wait(self) -> int:
        """Seconds to wait; 0 when the password may be looked at now, and then this try is counted."""
        if left := self._left("pause", self._here):
            return left
        others = 0
        if self.device is None:
            others = LOGIN.pause(self._count("wrong", self._login))
            if others and not self._count("wrong", self._here) and not self._count("turn", self._here):
                self._add("turn", self._here, others + _TURN)
                self._add("pause", self._here, others)
                return others
            wrong = ADDRESS.pause(self._count("wrong", self._address))
            if wrong and self._add("pause", self._address, wrong) > 1:
                return max(1, self._left("pause", self._address))
        pause = max(others, HERE.pause(self._add("wrong", self._here, FORGOTTEN) - 1))
        if pause and self._add("pause", self._here, pause) > 1:
            return max(1, self._left("pause", self._here))
        return 0

    def was_right(self) -> None:
        """What was wrong here is forgiven; what was wrong elsewhere stays."""
        mine = self._count("wrong", self._here) - 1  # without this try
        if self.device is None and 0 < mine <= self._count("wrong", self._login):
            self.storage.incr(_key("wrong", self._login), FORGOTTEN, -mine)
        for kind in ("wrong", "pause", "turn"):
            self.storage.clear(_key(kind, self._here))

    def was_wrong(self) -> None:
        """Count it for the login and for the address; here it is counted already."""
        if self.device is None:
            self._add("wrong", self._login, FORGOTTEN)
            self._add("wrong", self._address, FORGOTTEN)

    @property
    def _here(self) -> str:
        return f"browser {self.device}" if self.device is not None else f"{self._login} from {self._address}"

    @property
    def _login(self) -> str:
        return f"login {self.login.strip().lower()}"

    @property
    def _address(self) -> str:
        return f"address {network(self.address)}"

    def _count(self, kind: str, what: str) -> int:
        return self.storage.get(_key(kind, what))

    def _add(self, kind: str, what: str, seconds: int) -> int:
        return self.storage.incr(_key(kind, what), seconds)

    def _left(self, kind: str, what: str) -> int:
        """Seconds for which something is still kept, upwards; 0 when it is not there."""
        if not self._count(kind, what):
            return 0
        return max(1, round(self.storage.get_expiry(_key(kind, what)) - time.time() + 0.5))


def network(address: str) -> str:
    """What one household has: an address, or of IPv6 the network that it can choose addresses from.

    >>> network("10.0.0.1"), network("2001:db8::1:2"), network("nothing")
    ('10.0.0.1', '2001:db8::/64', 'nothing')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _key(kind: str, what: str) -> str:
    """No login and no address stands in the storage."""
    return f"LOG-IN/{kind}/{sha256(what.encode(errors='replace')).hexdigest()[:32]}"
