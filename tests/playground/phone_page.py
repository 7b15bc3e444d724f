"""What a person does with a phone on the page, in a person's words: says, taps, sends, sees."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import FilePayload, Locator, Page, expect

DROP = """(screen, files) => {
  const carried = new DataTransfer();
  for (const { name, type, content } of files) {
    carried.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name, { type }));
  }
  for (const kind of ["dragenter", "dragover", "drop"]) {
    screen.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
  }
}"""


async def soon(there: Locator) -> None:
    """Waits until it is there; looks more often than an expectation, which comes back after up to a second."""
    await there.last.wait_for(state="attached")


@dataclass(frozen=True)
class Sheet:
    """A file that somebody picks or drops."""

    name: str
    type: str
    content: bytes

    @classmethod
    def read(cls, path: Path, media_type: str = "application/octet-stream") -> "Sheet":
        return cls(path.name, media_type, path.read_bytes())


class PhonePage:
    """One phone on the table. Whatever is expected is waited for, never slept for."""

    def __init__(self, page: Page, user_id: int) -> None:
        self.page = page
        self.user_id = user_id
        self.root = page.locator(f'[data-testid="phone"][data-user-id="{user_id}"]')
        self.input = self.root.get_by_test_id("input")
        self.messages = self.root.get_by_test_id("message")
        self.incoming = self.root.locator('[data-testid="message"][data-side="in"]')
        self.outgoing = self.root.locator('[data-testid="message"][data-side="out"]')
        self.cards = self.messages.filter(has=page.get_by_test_id("keyboard"))
        self.badge = self.root.get_by_test_id("badge")
        self.banner = self.root.get_by_test_id("banner")

    async def ready(self) -> "PhonePage":
        """Waits until the chat is read."""
        await soon(self.root.locator('[data-testid="messages"][aria-busy="false"]'))
        return self

    async def starts(self) -> None:
        await self.root.get_by_test_id("start").click()

    async def says(self, text: str) -> None:
        """Types and sends; returns when the playground has the message."""
        await self.input.fill(text)
        await self.input.press("Enter")
        sent = self.outgoing.last
        await soon(self.outgoing.filter(has_text=text))
        await expect(sent).to_contain_text(text)
        await expect(sent).to_have_attribute("data-message-id", re.compile(r"^\d+$"))

    async def taps(self, label: str) -> None:
        """Taps the newest button with this label, of a card or of the keyboard under the input."""
        await self.key(label).click()

    def key(self, label: str) -> Locator:
        return self.root.get_by_role("button", name=label, exact=True).last

    async def replies_to(self, text: str, answer: str) -> None:
        await self.chooses(text, "reply")
        await expect(self.root.get_by_test_id("reply-bar")).to_be_visible()
        await self.says(answer)

    async def edits(self, text: str, new_text: str) -> None:
        await self.opens_menu(self.outgoing.filter(has_text=text).last, "edit")
        await self.input.fill(new_text)
        await self.input.press("Enter")

    async def chooses(self, text: str, entry: str) -> None:
        """Opens the menu of the newest message with this text and takes the entry (reply, edit, copy, braces)."""
        await self.opens_menu(self.messages.filter(has_text=text).last, entry)

    async def opens_menu(self, message: Locator, entry: str) -> None:
        await message.get_by_test_id("bubble").click(button="right", position={"x": 24, "y": 12})
        menu = self.root.get_by_test_id("menu")
        await menu.get_by_role("menuitem").filter(has=self.page.locator(f".icon-{entry}")).click()

    async def picks_files(self, files: Sequence[Sheet]) -> None:
        """Chooses files with the picker; the sheet that asks how to send them opens."""
        payloads = [FilePayload(name=file.name, mimeType=file.type, buffer=file.content) for file in files]
        await self.root.get_by_test_id("picker").set_input_files(payloads)
        await expect(self.root.get_by_test_id("preview")).to_have_count(len(files))

    async def sends_files(self, *files: Sheet, caption: str = "", as_file: bool = False) -> None:
        """Picks and sends; several photos become an album."""
        await self.picks_files(files)
        await self._send_picked(caption, as_file=as_file)

    async def drops_files(self, *files: Sheet, caption: str = "", as_file: bool = False) -> None:
        carried = [
            {"name": file.name, "type": file.type, "content": base64.b64encode(file.content).decode()} for file in files
        ]
        await self.root.get_by_test_id("screen").evaluate(DROP, carried)
        await self._send_picked(caption, as_file=as_file)

    async def _send_picked(self, caption: str, *, as_file: bool) -> None:
        sheet = self.root.get_by_test_id("attach-sheet")
        if as_file and await sheet.locator(".segments").count():
            await sheet.locator(".segments label").last.click()
        await sheet.get_by_test_id("caption").fill(caption)
        await sheet.get_by_test_id("send-files").click()
        await expect(sheet).to_be_hidden()

    async def sees(self, text: str | re.Pattern[str]) -> Locator:
        """Waits until the newest message of the other side says this."""
        await soon(self.incoming.filter(has_text=text))
        await expect(self.incoming.last).to_contain_text(text)
        return self.incoming.last

    async def sees_card(self, text: str | re.Pattern[str]) -> Locator:
        """Waits until the newest message with buttons says this."""
        await soon(self.cards.filter(has_text=text))
        await expect(self.cards.last).to_contain_text(text)
        return self.cards.last

    async def last_bubble(self) -> str:
        return await self.messages.last.get_by_test_id("text").inner_text()

    async def card(self) -> str:
        return await self.cards.last.get_by_test_id("text").inner_text()

    async def toast(self) -> str:
        """The words of the toast that is there or comes now."""
        return await self.root.get_by_test_id("toast").inner_text()

    async def alert(self) -> str:
        """The words of the alert, which is then acknowledged."""
        box = self.root.get_by_test_id("alert")
        words = await box.locator("p").inner_text()
        await box.get_by_role("button").click()
        await expect(box).to_be_hidden()
        return words


class PhonesPage:
    """The whole table: the phones and the strip beside them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.strip = page.get_by_test_id("strip")
        self.said = page.get_by_test_id("said")

    async def phone(self, user_id: int) -> PhonePage:
        return await PhonePage(self.page, user_id).ready()

    async def passes_an_hour(self) -> None:
        await self.page.get_by_test_id("next-hour").click()

    async def passes_a_day(self) -> None:
        await self.page.get_by_test_id("next-day").click()

    async def lets_happen(self, control: str) -> None:
        """Presses a control of the world outside, such as an order that arrives."""
        await self.strip.locator(f'[data-testid="control"][data-name="{control}"]').click()
