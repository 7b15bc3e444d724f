"""How a parcel plausibly goes on: what the carrier of the sample shop reports next."""

from datetime import datetime

from shop.carriers import get_carrier
from shop.parcels import Movement, Parcel, ParcelState

_JOURNEY = (
    (ParcelState.PICKED_UP, "杭州", "【杭州】{carrier} 已揽收，快件已从滨江营业点发出"),
    (ParcelState.IN_TRANSIT, "杭州", "【杭州】快件到达杭州转运中心，正发往下一站"),
    (ParcelState.IN_TRANSIT, "", "快件已到达目的地城市转运中心"),
    (ParcelState.OUT_FOR_DELIVERY, "", "快件正在派送，请保持电话畅通"),
    (ParcelState.DELIVERED, "", "快件已签收，签收人：本人。感谢使用{carrier}"),
)


def next_movement(parcel: Parcel, now: datetime) -> Movement | None:
    """The next step of the journey; None once the parcel has arrived or went another way."""
    if parcel.finished_at is not None or len(parcel.events) >= len(_JOURNEY):
        return None
    state, place, words = _JOURNEY[len(parcel.events)]
    carrier = get_carrier(parcel.carrier_id).name
    return Movement(happened_at=now, state=state, words=words.format(carrier=carrier), place=place)
