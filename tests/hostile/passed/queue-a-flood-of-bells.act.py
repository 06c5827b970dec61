"""Rings three thousand times for the same job."""

from grader.core.tasks import RING
from worker.app import make_app


def act(system):
    submission = system.upload("right", "flooder")
    job = system.job(submission).id
    app = make_app(system.broker)
    with app.connection_for_write() as connection, connection.SimpleQueue("numpy"):
        producer = app.amqp.Producer(connection)
        for _ in range(3000):
            app.send_task(RING, args=[job], queue="numpy", producer=producer)
    system.expect(submission)
