"""English words for the columns of an order sheet and for what is wrong with its rows."""

from bot.formats import names
from bot.labels import L, Label
from shop.order_columns import OrderField
from shop.row_problems import Trouble

FIELDS: dict[OrderField, Label] = {
    OrderField.NUMBER: L("Order number"),
    OrderField.TITLE: L("Product"),
    OrderField.SPEC: L("Variant"),
    OrderField.SKU: L("SKU"),
    OrderField.QUANTITY: L("Quantity"),
    OrderField.UNIT_PRICE: L("Unit price"),
    OrderField.TOTAL: L("Order total"),
    OrderField.NAME: L("Recipient"),
    OrderField.PHONE: L("Phone"),
    OrderField.PROVINCE: L("Province"),
    OrderField.CITY: L("City"),
    OrderField.DISTRICT: L("District"),
    OrderField.ADDRESS: L("Address"),
    OrderField.NOTE: L("Buyer's note"),
    OrderField.REMARK: L("Shop's remark"),
    OrderField.STATUS: L("Order status"),
    OrderField.PLACED_AT: L("Order time"),
    OrderField.TRACKING_NUMBER: L("Tracking number"),
    OrderField.CARRIER_NAME: L("Carrier"),
}
names({field: words.text for field, words in FIELDS.items()})

TROUBLES: dict[Trouble, Label] = {
    Trouble.NO_NUMBER: L("no order number"),
    Trouble.SPOILT_NUMBER: L("the order number was rounded by a spreadsheet program; export again without opening it"),
    Trouble.NUMBER_TOO_LONG: L("the order number is longer than any order number"),
    Trouble.NO_ARTICLE: L("no product"),
    Trouble.WRONG_QUANTITY: L("the quantity is no number of pieces"),
    Trouble.NOT_PAID: L("not paid yet"),
    Trouble.REPEATED: L("stands there twice, taken once"),
    Trouble.WRONG_MONEY: L("the amount is no amount, taken without it"),
    Trouble.WRONG_MOMENT: L("the time is no time, taken without it"),
    Trouble.CUT_SHORT: L("too long, taken shortened"),
}
names({trouble: words.text for trouble, words in TROUBLES.items()})
