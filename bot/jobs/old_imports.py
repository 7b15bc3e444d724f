"""Order sheets that nobody came back to are forgotten."""

from bot.jobs import each_shop
from services import order_imports
from storage.work import Work


@each_shop
def forget_old_imports(work: Work) -> None:
    order_imports.forget_old_imports(work)
