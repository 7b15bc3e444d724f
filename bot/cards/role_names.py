"""The words for roles and rules."""

from bot.formats import names
from shop.shop_rules import ShopRule
from shop.speakers import Role

names(
    {
        Role.OWNER: "owner",
        Role.MANAGER: "manager",
        Role.CATALOGUE: "goods",
        Role.DISPATCH: "dispatch",
        Role.SUPPORT: "customer service",
    }
)
names(
    {
        ShopRule.NAME: "Shop name",
        ShopRule.TIME_ZONE: "Time zone",
        ShopRule.CURRENCY: "Currency",
        ShopRule.DISPATCH_WITHIN: "Ship within",
        ShopRule.PARCEL_PATIENCE: "Parcel patience",
        ShopRule.WARN_AT: "Low stock line",
        ShopRule.KEEP_PERSONAL: "Personal data",
    }
)
