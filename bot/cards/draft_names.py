"""The words for what is being drafted."""

from bot.formats import names
from shop.drafts.draft import DraftKind

names(
    {
        DraftKind.OPEN_SHOP: "opening a shop",
        DraftKind.CHANGE_RULE: "changing a setting",
        DraftKind.PRODUCT: "putting a product on sale",
        DraftKind.RESTOCK: "restocking",
        DraftKind.ORDER_IMPORT: "taking in orders from a file",
        DraftKind.EDIT_ADDRESS: "correcting an address",
        DraftKind.TRACKING: "entering a tracking number",
        DraftKind.ANSWER_BUYER: "answering a buyer",
        DraftKind.QUICK_REPLY: "writing a quick reply",
    }
)
