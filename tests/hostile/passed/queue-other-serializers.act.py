"""Rings in YAML and msgpack, and in JSON that says it is something else."""

from grader.core.tasks import RING
from kombu import Connection, Producer


def act(system):
    for kind, encoding, body in (("application/x-yaml", "utf-8", "!!python/object/apply:os.system ['true']"),
                                 ("application/x-msgpack", "binary", b"\x93\x91\xa1a\x80\x80"),
                                 ("application/data", "binary", b"x"), ("text/plain", "utf-8", "[[], {}, {}]")):
        with Connection(system.broker) as connection:
            Producer(connection).publish(body, routing_key="numpy", content_type=kind, content_encoding=encoding,
                                         headers={"task": RING, "id": "1", "lang": "py"}, declare=[])
