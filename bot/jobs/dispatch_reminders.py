"""Orders whose deadline nears, or has passed."""

from bot.jobs import each_shop
from services import deadlines
from storage.work import Work


@each_shop
def remind_of_deadlines(work: Work) -> None:
    deadlines.tell_due_orders(work)
