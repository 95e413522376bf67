"""who signed in, and when a device was last seen"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # A migration that can't get its lock gives up instead of stopping the meeting behind it.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET lock_timeout = '5s'")
    op.add_column("token", sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.add_column("token", sa.Column("email", sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.drop_column("email")
        batch_op.drop_column("seen_at")
