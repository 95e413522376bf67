"""working definitions beside the conclusions"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # A migration that can't get its lock gives up instead of stopping the meeting behind it.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET lock_timeout = '5s'")
    kind = sa.Column(
        "kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="conclusion"
    )
    with op.batch_alter_table("conclusion", schema=None) as batch_op:
        batch_op.add_column(kind)
        batch_op.create_check_constraint(
            batch_op.f("ck_conclusion_kind"), "kind IN ('conclusion', 'definition')"
        )
        batch_op.alter_column("kind", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("conclusion", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_conclusion_kind"), type_="check")
        batch_op.drop_column("kind")
