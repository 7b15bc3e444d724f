"""The routers in the order in which they are asked."""

from collections.abc import Sequence
from functools import cache

from aiogram import Dispatcher, Router

import bot.cards.address_draft
import bot.cards.draft_names
import bot.cards.due_orders
import bot.cards.home
import bot.cards.imports
import bot.cards.order_list
import bot.cards.orders
import bot.cards.parcel_list
import bot.cards.parcels
import bot.cards.product_draft
import bot.cards.products
import bot.cards.questions
import bot.cards.quick_replies
import bot.cards.role_names
import bot.cards.shops
import bot.cards.team
import bot.errands.draft_photos
import bot.errands.draw_pictures
import bot.errands.order_imports
import bot.jobs.dispatch_reminders
import bot.jobs.housekeeping
import bot.jobs.old_imports
import bot.jobs.stalled_parcels  # noqa: F401 - registers what it can do
from bot.conversations import (
    add_product,
    answer_buyer,
    check_order,
    enter_tracking,
    import_orders,
    quick_replies,
    ship_lines,
    shop_rules,
)
from bot.filters import InPrivate
from bot.handlers import (
    advice,
    buyers,
    closing,
    fallback,
    groups,
    home,
    order_buyers,
    orders,
    parcels,
    products,
    questions,
    shops,
    start,
    stock,
    team,
)

ROUTERS: Sequence[Router] = (
    start.doors,
    shops.doors,
    shop_rules.doors,
    advice.doors,
    order_buyers.router,
    buyers.visits,
    buyers.router,
    start.router,
    start.strangers,
    home.router,
    closing.router,
    shops.router,
    team.router,
    advice.router,
    shop_rules.router,
    import_orders.sheets,
    answer_buyer.router,
    quick_replies.router,
    ship_lines.several,
    enter_tracking.router,
    ship_lines.single,
    check_order.router,
    products.router,
    add_product.router,
    stock.router,
    import_orders.router,
    questions.router,
    parcels.router,
    add_product.lines,
    orders.router,
    fallback.router,
)
"""Private chats. Commands come before conversations, conversations before single lines, the fallback last."""


@cache
def dispatcher() -> Dispatcher:
    """A dispatcher with every router; no state of its own, no thread, no wait."""
    root = Dispatcher(disable_fsm=True)
    private = Router(name="private")
    private.message.filter(InPrivate())
    private.edited_message.filter(InPrivate())
    private.callback_query.filter(InPrivate())
    private.include_routers(*ROUTERS)
    root.include_routers(private, groups.router)
    return root
