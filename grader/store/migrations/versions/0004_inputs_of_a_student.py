"""Hidden inputs belong to a student: the key they are drawn from; uploads that are given back once

Revision: 0004
Revises: 0003
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    keys = op.create_table(
        "input_keys",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number = 1", name="ck_input_keys_one"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_input_keys")),
    )
    op.bulk_insert(keys, [{"number": 1, "key": secrets.token_bytes(32)}])

    with op.batch_alter_table("jobs") as batch_op:
        batch_op.add_column(sa.Column("seed", sa.String(length=64), server_default="", nullable=False))

    with op.batch_alter_table("submissions") as batch_op:
        batch_op.add_column(sa.Column("given_back", sa.Boolean(), server_default="0", nullable=False))

    with op.batch_alter_table("regrades") as batch_op:
        batch_op.add_column(sa.Column("other_inputs", sa.Boolean(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("regrades") as batch_op:
        batch_op.drop_column("other_inputs")

    with op.batch_alter_table("submissions") as batch_op:
        batch_op.drop_column("given_back")

    with op.batch_alter_table("jobs") as batch_op:
        batch_op.drop_column("seed")

    op.drop_table("input_keys")
