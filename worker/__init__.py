"""What grades: the Celery application, the sandboxes, their warm spares, the sweeper and the images.

The worker is the only part that talks to an engine, in `worker.sandboxes`, behind the narrow interface of
`grader.harness.sandbox`: an environment's name in, two byte streams and a cause of death out.
"""
