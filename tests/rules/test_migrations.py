"""The migrations and the models say the same on both databases."""

from alembic import command

from tests.support.databases import alembic_config
from tests.support.postgresql import in_a_thread


def test_models_and_migrations_agree(database_url: str) -> None:
    in_a_thread(lambda: command.check(alembic_config(database_url)))
