"""What running a course needs: teams, invitations, extensions by group, overrides, Codeforces, regrades, standings

Revision: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "codeforces_solutions",
        sa.Column("remote_id", sa.String(length=60), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=100), nullable=False),
        sa.Column("problem", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("share", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_codeforces_solutions_user_id")),
        sa.PrimaryKeyConstraint("remote_id", "user_id", "item", name=op.f("pk_codeforces_solutions")),
    )
    with op.batch_alter_table("codeforces_solutions") as batch_op:
        batch_op.create_index(batch_op.f("ix_codeforces_solutions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "group_extensions",
        sa.Column("group", sa.String(length=60), nullable=False),
        sa.Column("assignment", sa.String(length=100), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["given_by"], ["users.id"], name=op.f("fk_group_extensions_given_by")),
        sa.PrimaryKeyConstraint("group", "assignment", name=op.f("pk_group_extensions")),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_invitations_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("sha256", name=op.f("uq_invitations_sha256")),
    )
    with op.batch_alter_table("invitations") as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_user_id"), ["user_id"], unique=False)

    op.create_table(
        "override_marks",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("assignment", sa.String(length=100), nullable=False),
        sa.Column("points", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["given_by"], ["users.id"], name=op.f("fk_override_marks_given_by")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_override_marks_user_id")),
        sa.PrimaryKeyConstraint("user_id", "assignment", name=op.f("pk_override_marks")),
    )
    op.create_table(
        "regrades",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("assignment", sa.String(length=100), nullable=False),
        sa.Column("which", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rolled_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["started_by"], ["users.id"], name=op.f("fk_regrades_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrades")),
    )
    with op.batch_alter_table("regrades") as batch_op:
        batch_op.create_index(batch_op.f("ix_regrades_assignment"), ["assignment"], unique=False)

    op.create_table(
        "standings",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("course_sha256", sa.String(length=64), nullable=False),
        sa.Column("theory", sa.Double(), nullable=False),
        sa.Column("practice", sa.Double(), nullable=False),
        sa.Column("bonus", sa.Double(), nullable=False),
        sa.Column("final", sa.Double(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("standing", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_standings_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_standings")),
    )
    op.create_table(
        "submission_authors",
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_submission_authors_submission_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_submission_authors_user_id")),
        sa.PrimaryKeyConstraint("submission_id", "user_id", name=op.f("pk_submission_authors")),
    )
    with op.batch_alter_table("submission_authors") as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_authors_user_id"), ["user_id"], unique=False)

    op.create_table(
        "regrade_items",
        sa.Column("regrade_id", sa.String(length=36), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("job_id", sa.String(length=36), nullable=False),
        sa.Column("before_result_id", sa.String(length=36), nullable=True),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_regrade_items_job_id")),
        sa.ForeignKeyConstraint(["regrade_id"], ["regrades.id"], name=op.f("fk_regrade_items_regrade_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_regrade_items_submission_id")),
        sa.PrimaryKeyConstraint("regrade_id", "submission_id", name=op.f("pk_regrade_items")),
        sa.UniqueConstraint("job_id", name=op.f("uq_regrade_items_job_id")),
    )
    with op.batch_alter_table("regrade_items") as batch_op:
        batch_op.create_index(batch_op.f("ix_regrade_items_submission_id"), ["submission_id"], unique=False)

    with op.batch_alter_table("api_tokens") as batch_op:
        batch_op.add_column(sa.Column("scopes", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("update api_tokens set scopes = 'read submit'")  # what tokens could do until now

    with op.batch_alter_table("audit") as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_subject"), ["subject"], unique=False)

    with op.batch_alter_table("bonus_entries") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=20), server_default="other", nullable=False))
        batch_op.add_column(sa.Column("link", sa.String(length=500), server_default="", nullable=False))
        batch_op.add_column(sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("results") as batch_op:
        batch_op.add_column(sa.Column("complete", sa.Boolean(), server_default="1", nullable=False))
        batch_op.create_index(batch_op.f("ix_results_complete"), ["complete"], unique=False)
        batch_op.add_column(sa.Column("reference_sha256", sa.String(length=64), server_default="", nullable=False))
    told = "report -> 'provenance' ->> 'reference_sha256'"  # the same in both databases
    op.execute(f"update results set reference_sha256 = coalesce({told}, '')")

    with op.batch_alter_table("jobs") as batch_op:
        batch_op.add_column(sa.Column("defers", sa.Boolean(), server_default="0", nullable=False))
        batch_op.create_index("ix_jobs_finished", ["queue", "finished_at"], unique=False)

    with op.batch_alter_table("submissions") as batch_op:
        batch_op.add_column(sa.Column("costs", sa.Boolean(), server_default="1", nullable=False))

    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("team", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("codeforces", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("record_version", sa.Integer(), server_default="1", nullable=False))
        batch_op.create_index(batch_op.f("ix_users_team"), ["team"], unique=False)
    op.execute("insert into submission_authors (submission_id, user_id) select id, user_id from submissions")


def downgrade() -> None:
    with op.batch_alter_table("users") as batch_op:
        batch_op.drop_index("ix_users_team")
        batch_op.drop_column("record_version")
        batch_op.drop_column("codeforces")
        batch_op.drop_column("team")
        batch_op.drop_column("email")

    with op.batch_alter_table("submissions") as batch_op:
        batch_op.drop_column("costs")

    with op.batch_alter_table("jobs") as batch_op:
        batch_op.drop_index("ix_jobs_finished")
        batch_op.drop_column("defers")

    with op.batch_alter_table("results") as batch_op:
        batch_op.drop_index("ix_results_complete")
        batch_op.drop_column("reference_sha256")
        batch_op.drop_column("complete")

    with op.batch_alter_table("bonus_entries") as batch_op:
        batch_op.drop_column("revoked_at")
        batch_op.drop_column("link")
        batch_op.drop_column("kind")

    with op.batch_alter_table("audit") as batch_op:
        batch_op.drop_index("ix_audit_subject")

    with op.batch_alter_table("api_tokens") as batch_op:
        batch_op.drop_column("expires_at")
        batch_op.drop_column("scopes")

    op.drop_table("regrade_items")
    op.drop_table("submission_authors")
    op.drop_table("standings")
    op.drop_table("regrades")
    op.drop_table("override_marks")
    op.drop_table("invitations")
    op.drop_table("group_extensions")
    op.drop_table("codeforces_solutions")
