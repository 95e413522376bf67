"""when what is written in silence shows, and whose turn it is to read out"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # A migration that can't get its lock gives up instead of stopping the meeting behind it.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET lock_timeout = '5s'")
    moment = sqlmodel.sql.sqltypes.UTCDateTime()
    op.add_column("activity", sa.Column("reveals_at", moment, nullable=True))
    op.add_column("activity", sa.Column("turns", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    for column in ("turns", "reveals_at"):
        with op.batch_alter_table("activity", schema=None) as batch_op:
            batch_op.drop_column(column)
