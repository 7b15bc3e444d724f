"""Order sheets of a simulated day, and a reader of them that needs no process of its own."""

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from documents.order_sheet_child import answer

HEADER = "单号,品名,尺寸,件数,收货人,电话,地址,备注,付款时间"


@dataclass(frozen=True)
class OrderSheet:
    """A home-made export in the shop's own time. Every order number is used once in the whole day."""

    name: str
    numbers: tuple[str, ...]
    paid_at: datetime
    zone: str

    def content(self, mark: str) -> bytes:
        paid = self.paid_at.astimezone(ZoneInfo(self.zone)).strftime("%Y-%m-%d %H:%M:%S")
        goods, whom = "Dunk Low,黑红 42,1", "王小明,13800001000,浙江省杭州市西湖区文一路1号"
        return "\n".join([HEADER, *(f"{number},{goods},{whom},{mark},{paid}" for number in self.numbers)]).encode()

    def meant(self) -> set[datetime]:
        """The moments that the time of payment may mean: two in the hour that a clock shows twice."""
        shown = self.paid_at.astimezone(ZoneInfo(self.zone))
        return {shown.replace(fold=fold).astimezone(self.paid_at.tzinfo) for fold in (0, 1)}


async def read_in_line(_module: str, said: bytes) -> bytes:
    """What the child process would answer."""
    question, _, content = said.partition(b"\n")
    return "\n".join(answer(json.loads(question), content)).encode()
