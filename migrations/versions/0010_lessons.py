"""lessons learned, drafts taken home, and when a device left"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
INDEXES = (
    ("lesson", "workshop_id"),
    ("lesson_version", "lesson_id"),
    ("taken_home", "delegation_id"),
)


def upgrade() -> None:
    # A migration that can't get its lock gives up instead of stopping the meeting behind it.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET lock_timeout = '5s'")
    op.create_table(
        "lesson",
        sa.Column("id", TEXT(), nullable=False),
        sa.Column("workshop_id", TEXT(), nullable=False),
        sa.Column("author_id", TEXT(), nullable=True),
        sa.Column("current_id", TEXT(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT(), nullable=False),
        sa.Column("removed_at", MOMENT(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("lesson", "workshop_id", "workshop"),
        _key("lesson", "author_id", "participant"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
    )
    op.create_table(
        "lesson_version",
        sa.Column("id", TEXT(), nullable=False),
        sa.Column("workshop_id", TEXT(), nullable=False),
        sa.Column("lesson_id", TEXT(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        *(
            sa.Column(name, TEXT(), nullable=False)
            for name in ("context", "tried", "result", "transferability")
        ),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("evidence", "proposals", "rows")),
        sa.Column("author_id", TEXT(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT(), nullable=False),
        _key("lesson_version", "workshop_id", "workshop"),
        _key("lesson_version", "author_id", "participant"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_version")),
        sa.UniqueConstraint("lesson_id", "n", name=op.f("uq_lesson_version_lesson_id_n")),
    )
    op.create_table(
        "taken_home",
        sa.Column("id", TEXT(), nullable=False),
        sa.Column("workshop_id", TEXT(), nullable=False),
        sa.Column("delegation_id", TEXT(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT(), nullable=False),
        _key("taken_home", "workshop_id", "workshop"),
        _key("taken_home", "delegation_id", "delegation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_home")),
    )
    for table, column in INDEXES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)
    op.add_column("token", sa.Column("left_at", MOMENT(), nullable=True))


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def downgrade() -> None:
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.drop_column("left_at")
    for table in ("taken_home", "lesson_version", "lesson"):
        op.drop_table(table)
