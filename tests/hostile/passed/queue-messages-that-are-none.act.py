"""Puts what is no message on the queue's list, past Celery."""

from worker.app import make_app

MESSAGES = ("", "{", "[]", "null", '{"body": 1}', '{"body": "x", "headers": {}, "properties": {}}', "\xff\xfe", "x" * 100_000,
            '{"body": "e30=", "content-encoding": "utf-8", "content-type": "application/x-python-serialize", "headers": {}, '
            '"properties": {"body_encoding": "base64", "delivery_info": {"exchange": "", "routing_key": "numpy"}, "delivery_tag": "1"}}')


def act(system):
    with make_app(system.broker).connection_for_write() as connection:
        client = connection.default_channel.client
        for message in MESSAGES:
            client.lpush("numpy", message)
