"""Buttons of the team card."""

from enum import StrEnum

from bot.callbacks import LiveButton
from shop.speakers import Role


class TeamVerb(StrEnum):
    LIST = "l"
    MEMBER = "m"
    GIVE_ROLE = "r"
    DISMISS = "d"
    DISMISS_NOW = "n"
    ROLES = "i"
    INVITE = "v"
    WITHDRAW = "w"
    CLOSE = "c"


class TeamButton(LiveButton, prefix="t"):
    """`id` is the person, or the invitation for WITHDRAW; `arg` the role for GIVE_ROLE and INVITE."""

    verb: TeamVerb

    @property
    def role(self) -> Role | None:
        return Role(self.arg) if self.arg in list(Role) else None
