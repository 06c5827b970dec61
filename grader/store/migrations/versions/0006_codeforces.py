"""Solutions on Codeforces know by which handle they came, how their owner took part, and whether they are provisional

Revision: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("codeforces_solutions") as batch_op:
        batch_op.add_column(sa.Column("handle", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("party", sa.String(length=30), server_default="", nullable=False))
        batch_op.add_column(sa.Column("provisional", sa.Boolean(), server_default="0", nullable=False))
    solutions = sa.table("codeforces_solutions", sa.column("remote_id"), sa.column("handle"))
    from_standings = sa.select(solutions.c.remote_id).where(solutions.c.remote_id.like("standings/%")).distinct()
    for remote_id in op.get_bind().scalars(from_standings).all():  # standings/CONTEST/PROBLEM/HANDLE/START
        handle = remote_id.split("/")[-2]
        op.execute(solutions.update().where(solutions.c.remote_id == remote_id).values(handle=handle))


def downgrade() -> None:
    with op.batch_alter_table("codeforces_solutions") as batch_op:
        batch_op.drop_column("provisional")
        batch_op.drop_column("party")
        batch_op.drop_column("handle")
