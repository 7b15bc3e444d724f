"""The last button of cards that are only looked at."""

from bot.buttons.closing import CloseButton, CloseVerb
from bot.labels import L
from bot.replies import Button

CLOSE = Button(L("Close"), CloseButton(verb=CloseVerb.CLOSE))
