"""Every update is handled once, in the order of its chat; only what nobody can read is set aside."""

from collections.abc import Iterator

from tests.simulation.mail import sender
from tests.simulation.world import World


def _handled(world: World) -> Iterator[str]:
    mail = world.telegram.updates
    handled = {row[0] for row in world.ask("SELECT update_id FROM handled_ever")}
    lost = {update.update_id for update in mail.made} - handled - mail.expired
    if lost:
        yield f"{len(lost)} updates were not handled, such as {min(lost)}"
    parked = {row[0] for row in world.ask("SELECT update_id FROM inbox WHERE state = 'parked'")}
    for update_id in sorted(parked ^ (mail.odd & handled)):
        yield f"update {update_id} is {'' if update_id in parked else 'not '}parked"
    for errand_id, error in world.ask("SELECT id, error FROM errands WHERE state = 'parked'"):
        yield f"errand {errand_id} is parked: {error}"


def _in_order(world: World) -> Iterator[str]:
    made = {update.update_id: (position, sender(update)) for position, update in enumerate(world.telegram.updates.made)}
    latest: dict[int, int] = {}
    for (update_id,) in world.ask("SELECT update_id FROM handled_ever ORDER BY rowid"):
        position, who = made[update_id]
        if position < latest.get(who, -1) and who:
            yield f"update {update_id} of {who} was handled after a later one"
        latest[who] = position


PROMISES = (_handled, _in_order)
