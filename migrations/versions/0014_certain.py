"""what is shown beside an outcome, and who casts a delegation's voice"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COLUMNS = (("round", "casts"), ("round", "published_certainty"), ("register_entry", "share_of_id"))


def upgrade() -> None:
    # A migration that can't get its lock gives up instead of stopping the meeting behind it.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET lock_timeout = '5s'")
    words = sqlmodel.sql.sqltypes.AutoString()
    op.add_column("round", sa.Column("casts", words, nullable=False, server_default="any"))
    op.add_column(
        "round",
        sa.Column("published_certainty", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("register_entry", sa.Column("share_of_id", words, nullable=True))


def downgrade() -> None:
    for table, column in reversed(COLUMNS):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
