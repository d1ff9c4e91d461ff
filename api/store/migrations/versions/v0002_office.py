"""What the office keeps: files brought in together, winners and their yearly duty, figures for lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "winners",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("award", sa.String(), nullable=False),
        sa.Column("award_year", sa.Integer(), nullable=False),
        sa.Column("obliged", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_winners_organisation_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_winners_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_winners")),
        sa.UniqueConstraint("round_id", "organisation_id", name=op.f("uq_winners_round_id_organisation_id")),
    )
    op.create_index(op.f("ix_winners_organisation_id"), "winners", ["organisation_id"], unique=False)
    op.create_table(
        "extensions",
        sa.Column("winner_id", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["winner_id"], ["winners.id"], name=op.f("fk_extensions_winner_id")),
        sa.PrimaryKeyConstraint("winner_id", "year", name=op.f("pk_extensions")),
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("happened", sa.Date(), nullable=False),
        sa.Column("reported", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("measures", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_incidents_created_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_incidents_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index(op.f("ix_incidents_organisation_id"), "incidents", ["organisation_id"], unique=False)
    op.create_table(
        "intakes",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_intakes_created_by")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_intakes_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intakes")),
    )
    op.create_index(op.f("ix_intakes_round_id"), "intakes", ["round_id"], unique=False)
    op.create_table(
        "duty_marks",
        sa.Column("submission_id", sa.String(length=16), nullable=False),
        sa.Column("ticked", sa.JSON(), nullable=False),
        sa.Column("asked", sa.DateTime(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("checked", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_duty_marks_submission_id")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_duty_marks")),
    )
    op.create_table(
        "intake_files",
        sa.Column("intake_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("covers", sa.String(length=4), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["intake_id"], ["intakes.id"], name=op.f("fk_intake_files_intake_id")),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name=op.f("fk_intake_files_sha256")),
        sa.PrimaryKeyConstraint("intake_id", "position", name=op.f("pk_intake_files")),
    )
    op.create_index(op.f("ix_intake_files_sha256"), "intake_files", ["sha256"], unique=False)
    op.add_column("revisions", sa.Column("figures", sa.JSON(), nullable=True))
    op.add_column("rounds", sa.Column("first_due", sa.Integer(), nullable=True))
