"""groups that work apart, led by one of their own"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COLUMNS = (
    ("breakout_group", "lead_id"),
    ("breakout_group", "current_activity_id"),
    ("activity", "given_from_id"),
)


def upgrade() -> None:
    # A migration that can't get its lock gives up instead of stopping the meeting behind it.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET lock_timeout = '5s'")
    for table, column in COLUMNS:
        kind = sqlmodel.sql.sqltypes.AutoString()
        op.add_column(table, sa.Column(column, kind, nullable=True))


def downgrade() -> None:
    for table, column in reversed(COLUMNS):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
