"""Alembic's environment: runs the migrations on the engine that `upgrade` was given."""

from __future__ import annotations

from alembic import context

from grader.store.models import Base


def run() -> None:
    engine = context.config.attributes["engine"]
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
