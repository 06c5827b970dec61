"""What pages read: indexes in the order of lists, marks and figures that are kept beside the standings

Revision: 0005
Revises: 0004
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_users_by_group": ("users", ["group", "name", "login", "role", "active"]),
    "ix_users_by_name": ("users", ["name", "login", "role", "active"]),
    "ix_users_current": ("users", ["id", "record_version", "role", "active"]),
    "ix_audit_action": ("audit", ["action", "number"]),
    "ix_audit_actor": ("audit", ["actor", "number"]),
    "ix_audit_at": ("audit", ["at"]),
    "ix_bonus_entries_given_by": ("bonus_entries", ["given_by"]),
    "ix_defence_marks_marked_by": ("defence_marks", ["marked_by"]),
    "ix_defence_marks_at": ("defence_marks", ["at"]),
    "ix_extensions_given_by": ("extensions", ["given_by"]),
    "ix_group_extensions_given_by": ("group_extensions", ["given_by"]),
    "ix_override_marks_given_by": ("override_marks", ["given_by"]),
    "ix_regrades_started_by": ("regrades", ["started_by"]),
}


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    op.drop_index("ix_audit_subject", "audit")
    op.create_index("ix_audit_subject", "audit", ["subject"], postgresql_ops={"subject": "text_pattern_ops"})
    op.drop_table("standings")  # what is only kept is counted again
    _standings(sa.Column("fingerprint", sa.String(length=64), nullable=False))
    op.create_index("ix_standings_current", "standings", ["user_id", "record_version", "fingerprint"])
    op.create_index("ix_standings_totals", "standings", ["user_id", "theory", "practice", "bonus", "final"])
    op.create_table(
        "kept_marks",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("assignment", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("begun", sa.Boolean(), nullable=False),
        sa.Column("uploads", sa.Integer(), nullable=False),
        sa.Column("submission", sa.String(length=36), nullable=True),
        sa.Column("results", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_kept_marks_user_id")),
        sa.PrimaryKeyConstraint("user_id", "assignment", name=op.f("pk_kept_marks")),
    )
    columns = ["assignment", "begun", "state", "full", "points", "uploads", "user_id"]
    op.create_index("ix_kept_marks_assignment", "kept_marks", columns)
    op.create_index("ix_kept_marks_state", "kept_marks", ["state", "user_id", "assignment"])
    op.create_table(
        "figures",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counted", sa.String(length=100), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_figures")),
    )


def downgrade() -> None:
    op.drop_table("figures")
    op.drop_table("kept_marks")
    op.drop_table("standings")
    _standings(
        sa.Column("course_sha256", sa.String(length=64), nullable=False), sa.Column("points", sa.JSON(), nullable=False)
    )
    op.drop_index("ix_audit_subject", "audit")
    op.create_index("ix_audit_subject", "audit", ["subject"])
    for name, (table, _) in reversed(INDEXES.items()):
        op.drop_index(name, table)


def _standings(*others: sa.Column[Any]) -> None:
    op.create_table(
        "standings",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("theory", sa.Double(), nullable=False),
        sa.Column("practice", sa.Double(), nullable=False),
        sa.Column("bonus", sa.Double(), nullable=False),
        sa.Column("final", sa.Double(), nullable=False),
        *others,
        sa.Column("standing", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_standings_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_standings")),
    )
