"""Who speaks: staff of a shop, a buyer, a stranger, or the clock; and what each may do."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What a member may do; `ANYONE` marks handlers that are open to strangers and buyers too."""

    ANYONE = "anyone"
    BUYER = "buyer"
    STAFF = "staff"
    MANAGE_SHOP = "manage_shop"
    CATALOGUE = "catalogue"
    CHECK_ORDERS = "check_orders"
    DISPATCH = "dispatch"
    ANSWER_BUYERS = "answer_buyers"
    FORGET = "forget"


class Role(StrEnum):
    OWNER = "owner"
    MANAGER = "manager"
    CATALOGUE = "catalogue"
    DISPATCH = "dispatch"
    SUPPORT = "support"


_EVERYTHING = frozenset(
    {
        Permission.MANAGE_SHOP,
        Permission.CATALOGUE,
        Permission.CHECK_ORDERS,
        Permission.DISPATCH,
        Permission.ANSWER_BUYERS,
    }
)
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: _EVERYTHING | {Permission.FORGET},
    Role.MANAGER: _EVERYTHING,
    Role.CATALOGUE: frozenset({Permission.CATALOGUE}),
    Role.DISPATCH: frozenset({Permission.CHECK_ORDERS, Permission.DISPATCH}),
    Role.SUPPORT: frozenset({Permission.ANSWER_BUYERS, Permission.CHECK_ORDERS}),
}


class Standing(StrEnum):
    """In what capacity somebody speaks at this moment."""

    STAFF = "staff"
    BUYER = "buyer"
    STRANGER = "stranger"
    CLOCK = "clock"


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Whoever caused this piece of work. `person_id` is the Telegram user id, 0 for the clock."""

    person_id: int
    name: str
    language: str = "zh_CN"
    standing: Standing = Standing.STRANGER
    role: Role | None = None

    def may(self, permission: Permission) -> bool:
        match permission:
            case Permission.ANYONE:
                return True
            case Permission.BUYER:
                return self.standing is Standing.BUYER
            case Permission.STAFF:
                return self.standing is Standing.STAFF
            case _:
                return self.role is not None and permission in PERMISSIONS[self.role]


CLOCK = Speaker(person_id=0, name="clock", standing=Standing.CLOCK)
