"""the passage that a flag names, amendments, and which of them a version takes up"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # A migration that can't get its lock gives up instead of stopping the meeting behind it.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET lock_timeout = '5s'")
    text = sqlmodel.sql.sqltypes.AutoString()
    moment = sqlmodel.sql.sqltypes.UTCDateTime()
    for column in ("passage", "wording", "set_aside_reason"):
        op.add_column("flag", sa.Column(column, text, nullable=False, server_default=""))
    op.add_column("flag", sa.Column("set_aside_at", moment, nullable=True))
    op.add_column("wording_version", sa.Column("amendment_id", text, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("wording_version", schema=None) as batch_op:
        batch_op.drop_column("amendment_id")
    with op.batch_alter_table("flag", schema=None) as batch_op:
        for column in ("set_aside_at", "set_aside_reason", "wording", "passage"):
            batch_op.drop_column(column)
