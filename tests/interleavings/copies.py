"""Scenes like one that is set, each of an organizer of its own.

An organizer's rows name it in their keys, so they may be copied with nothing else changed: one
statement, instead of all that it took to set the scene.
"""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Table

from boxoffice.app.services import Services
from boxoffice.data.tenancy import Base
from boxoffice.kernel.ids import new_id
from boxoffice.services.payments.gift_cards.codes import code_hash
from tests.interleavings.stages import Scene, staff_of, tokens_of

_CARD = """
UPDATE payments.gift_cards SET code_hash = $3 WHERE organizer_id = $1 AND code_hash = $2
"""


class Copies:
    """Of one scene."""

    def __init__(self, hand: Services, scene: Scene, statement: str) -> None:
        self._hand, self._scene, self._statement = hand, scene, statement
        self._charges = list(scene.bank.charges.values())

    async def make(self) -> Scene:
        """One more; the bank's book is then of this one alone."""
        scene, organizer = self._scene, new_id()
        stage = msgspec.structs.replace(
            scene.stage, organizer_id=organizer, slug=f"stage-{organizer.hex[-12:]}"
        )
        async with self._hand.db.begin(organizer) as tx:
            run = tx.connection.exec_driver_sql
            await run(self._statement, (organizer, scene.organizer, stage.slug))
            for code in scene.cards:
                hashes = [code_hash(whose, code) for whose in (scene.organizer, organizer)]
                await run(_CARD, (organizer, *hashes))
        scene.bank.refunds.clear()
        scene.bank.charges = {
            one.payment_id: msgspec.structs.replace(one, organizer_id=organizer)
            for one in self._charges
            if one.payment_id is not None
        }
        copy = msgspec.structs.replace(
            scene, stage=stage, staff=staff_of(stage), cards=list(scene.cards)
        )
        await tokens_of(self._hand, copy)
        return copy


async def copies_of(hand: Services, scene: Scene) -> Copies:
    """How to copy what is there of it now."""
    tables = [one for one in Base.metadata.sorted_tables if _is_copied(one)]
    counts = " UNION ALL ".join(
        f"SELECT {number}::int AS number FROM {table.fullname} WHERE organizer_id = $1"  # noqa: S608  # our own tables
        for number, table in enumerate(tables)
    )
    async with hand.db.begin(scene.organizer) as tx:
        rows = await tx.connection.exec_driver_sql(counts, (scene.organizer,))
        found = sorted({row.number for row in rows})
    return Copies(hand, scene, _copying([tables[number] for number in found]))


def _is_copied(table: Table) -> bool:
    """What was told and done before is no part of the scene."""
    return table.schema != "data" and "organizer_id" in table.c


def _copying(tables: Sequence[Table]) -> str:
    """Everything of `$2` once more for `$1`, whose name is `$3`."""
    copied = [
        "INSERT INTO users.organizers (id, slug, name) VALUES ($1::uuid, $3::text, 'Stage')",
        *(_of(table) for table in tables),
    ]
    parts = [f"c{number} AS ({one} RETURNING 1)" for number, one in enumerate(copied)]
    return f"WITH {', '.join(parts)} SELECT $2::uuid"


def _of(table: Table) -> str:
    names = [one.name for one in table.c if one.computed is None and one.name != "organizer_id"]
    columns = ", ".join(names)
    return (
        f"INSERT INTO {table.fullname} (organizer_id, {columns}) "  # noqa: S608  # our own tables
        f"SELECT $1, {columns} FROM {table.fullname} WHERE organizer_id = $2"
    )
