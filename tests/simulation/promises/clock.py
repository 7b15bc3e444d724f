"""What falls due is told once, and as soon as somebody is up to tell it."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from math import inf

from shop.order_states import OrderStatus
from shop.reminders import ReminderKind
from shop.shops import PARCEL_PATIENCE
from tests.simulation.promises.trade import moment
from tests.simulation.world import World

LATE_SECONDS = 10
"""So long may it take, not counted while the process was down, the database locked or the wall clock wrong."""

Told = dict[tuple[int, str], list[tuple[float, ReminderKind]]]


def _reminders(world: World) -> Iterator[str]:
    told = _told(world)
    for order_id, dispatch_by in world.ask("SELECT id, dispatch_by FROM orders"):
        heard = told.get((order_id, dispatch_by), [])
        for kind in ReminderKind:
            due = world.true_clock.seconds(moment(dispatch_by) - kind.ahead)
            at = min((at for at, other in heard if other.urgency >= kind.urgency), default=inf)
            for begin, end in _open_spans(world, order_id):
                late = world.uptime.longest(max(due, begin), min(at, end))
                if late > LATE_SECONDS:
                    yield f"order {order_id}: {kind} was due at {max(due, begin):.0f} s and told at {at:.0f} s"


def _in_time_and_once(world: World) -> Iterator[str]:
    for (order_id, dispatch_by), heard in _told(world).items():
        urgencies = [kind.urgency for _, kind in heard]
        if urgencies != sorted(set(urgencies)):
            yield f"order {order_id} was told of {urgencies}"
        for at, kind in heard:
            due = world.true_clock.seconds(moment(dispatch_by) - kind.ahead)
            if at < due - 1 and not world.uptime.was_skewed(at):
                yield f"order {order_id}: {kind} was told {due - at:.0f} s too early"


def _told(world: World) -> Told:
    told: Told = {}
    for order_id, dispatch_by, kind, at in world.ask("SELECT * FROM told_ever ORDER BY rowid"):
        told.setdefault((order_id, dispatch_by), []).append((at, ReminderKind(kind)))
    return told


def _open_spans(world: World, order_id: int) -> Iterator[tuple[float, float]]:
    """When the order waited for dispatch, in virtual seconds."""
    begin: float | None = None
    for status, at in world.ask("SELECT after, at FROM status_ever WHERE order_id = ? ORDER BY rowid", order_id):
        if OrderStatus(status).is_open:
            begin = at if begin is None else begin
        elif begin is not None:
            yield begin, at
            begin = None
    if begin is not None:
        yield begin, world.loop.time()


def _standstills(world: World) -> Iterator[str]:
    """A parcel that stands still is told once for each standstill."""
    counted = Counter(world.ask("SELECT parcel_id, told_for FROM stalled_ever"))
    yield from (f"parcel {parcel[0]} was told {times} times" for parcel, times in counted.items() if times > 1)
    long_ago = world.true_clock() - PARCEL_PATIENCE - timedelta(seconds=2 * LATE_SECONDS)
    query = (
        "SELECT parcels.id, quiet_since, stall_told_for FROM parcels JOIN shops ON shops.id = shop_id "
        "WHERE finished_at IS NULL AND parcel_patience = ?"
    )
    for parcel_id, quiet_since, told_for in world.ask(query, PARCEL_PATIENCE.total_seconds()):
        if moment(quiet_since) < long_ago and told_for != quiet_since:
            yield f"nobody was told that parcel {parcel_id} stands still"


PROMISES = (_reminders, _in_time_and_once, _standstills)
