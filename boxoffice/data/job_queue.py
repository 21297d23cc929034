"""pgqueuer, set up for our schema."""

from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.settings import DBSettings
from pgqueuer.ports.driver import Driver

QUEUE_SETTINGS = DBSettings(db_schema="data")


def queries_over(driver: Driver) -> Queries:
    """pgqueuer's queries against the tables in the schema `data`."""
    return Queries(
        driver,
        qbe=QueryBuilderEnvironment(QUEUE_SETTINGS),
        qbq=QueryQueueBuilder(QUEUE_SETTINGS),
        qbs=QuerySchedulerBuilder(QUEUE_SETTINGS),
    )
