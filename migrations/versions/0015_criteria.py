"""the criteria that a round scores on, and whose weights they have"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COLUMNS = ("criteria", "weights_from")


def upgrade() -> None:
    # A migration that can't get its lock gives up instead of stopping the meeting behind it.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET lock_timeout = '5s'")
    for column in COLUMNS:
        op.add_column("round", sa.Column(column, sa.JSON(), nullable=True))


def downgrade() -> None:
    for column in reversed(COLUMNS):
        with op.batch_alter_table("round", schema=None) as batch_op:
            batch_op.drop_column(column)
