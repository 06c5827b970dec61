"""Mail: what is to be sent and was sent, whether mail is on, and of which deadlines people know

Revision: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(sa.Column("reminders", sa.Boolean(), server_default="1", nullable=False))
    op.create_table(
        "mails",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.Column("requested_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_mails_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("user_id", "kind", "key", name=op.f("uq_mails_user_id_kind_key")),
    )
    op.create_index("ix_mails_user_id", "mails", ["user_id"])
    op.create_index("ix_mails_state", "mails", ["state", "run_after"])
    op.create_table(
        "mail_service",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.CheckConstraint("number = 1", name="ck_mail_service_one"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_mail_service")),
    )
    op.create_table(
        "noted_deadlines",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("assignment", sa.String(length=100), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_noted_deadlines_user_id")),
        sa.PrimaryKeyConstraint("user_id", "assignment", name=op.f("pk_noted_deadlines")),
    )


def downgrade() -> None:
    op.drop_table("noted_deadlines")
    op.drop_table("mail_service")
    op.drop_table("mails")
    with op.batch_alter_table("users") as batch_op:
        batch_op.drop_column("reminders")
