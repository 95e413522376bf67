"""what was shown for comparison, and when it is enough"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # A migration that can't get its lock gives up instead of stopping the meeting behind it.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET lock_timeout = '5s'")
    words = sqlmodel.sql.sqltypes.AutoString()
    op.add_column("round", sa.Column("comparing", sa.JSON(), nullable=True))
    op.create_table(
        "showing",
        sa.Column("id", words, nullable=False),
        sa.Column("round_id", words, nullable=False),
        sa.Column("entry_id", words, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("item", words, nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("rule", words, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["register_entry.id"], name=op.f("fk_showing_entry_id_register_entry")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_showing_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showing")),
        sa.UniqueConstraint("entry_id", "item", name=op.f("uq_showing_entry_id_item")),
        sa.UniqueConstraint("entry_id", "n", name=op.f("uq_showing_entry_id_n")),
    )
    op.create_index(op.f("ix_showing_round_id"), "showing", ["round_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_showing_round_id"), table_name="showing")
    op.drop_table("showing")
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_column("comparing")
