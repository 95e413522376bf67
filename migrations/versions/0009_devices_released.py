"""proxies and who has left, and ballots that somebody entered for somebody else"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # A migration that can't get its lock gives up instead of stopping the meeting behind it.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET lock_timeout = '5s'")
    text = sqlmodel.sql.sqltypes.AutoString()
    moment = sqlmodel.sql.sqltypes.UTCDateTime()
    op.create_table(
        "proxy",
        sa.Column("id", text, nullable=False),
        sa.Column("workshop_id", text, nullable=False),
        sa.Column("principal_id", text, nullable=False),
        sa.Column("holder_id", text, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_proxy_workshop_id_workshop")
        ),
        sa.ForeignKeyConstraint(
            ["principal_id"], ["participant.id"], name=op.f("fk_proxy_principal_id_participant")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["participant.id"], name=op.f("fk_proxy_holder_id_participant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proxy")),
    )
    op.create_index(op.f("ix_proxy_workshop_id"), "proxy", ["workshop_id"])
    op.add_column("workshop", sa.Column("proxies", text, nullable=False, server_default="none"))
    op.add_column("participant", sa.Column("left_at", moment, nullable=True))
    op.add_column("register_entry", sa.Column("proxy_id", text, nullable=True))
    op.add_column("ballot", sa.Column("how", text, nullable=True))


def downgrade() -> None:
    for table, column in (
        ("ballot", "how"),
        ("register_entry", "proxy_id"),
        ("participant", "left_at"),
        ("workshop", "proxies"),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
    op.drop_index(op.f("ix_proxy_workshop_id"), "proxy")
    op.drop_table("proxy")
