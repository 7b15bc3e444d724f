"""Order sheets of a simulated day, and a reader of them that needs no process of its own."""

import json

from documents.order_sheet_child import answer

HEADER = "单号,品名,尺寸,件数,收货人,电话,地址,备注"


def order_sheet(shop_id: int, person_id: int, serial: int, mark: str) -> tuple[str, list[str], bytes]:
    """Name, order numbers and content. Every number is used once in the whole day."""
    numbers = [f"{shop_id}9{person_id}{serial:03d}{row}" for row in range(3)]
    rows = [f"{number},Dunk Low,黑红 42,1,王小明,13800001000,浙江省杭州市西湖区文一路1号,{mark}" for number in numbers]
    return f"订单{person_id}-{serial}.csv", numbers, "\n".join([HEADER, *rows]).encode()


async def read_in_line(_module: str, said: bytes) -> bytes:
    """What the child process would answer."""
    question, _, content = said.partition(b"\n")
    return "\n".join(answer(json.loads(question), content)).encode()
