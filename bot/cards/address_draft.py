"""The card of a recipient that is being corrected: how it would read, what still looks wrong, and what to type."""

from bot.buttons.orders import AddressButton, AddressVerb
from bot.cards import Card, card
from bot.labels import L, Label
from bot.replies import Button, Row
from shop.drafts.address import AddressDraft
from shop.drafts.draft import Draft, DraftKind
from storage.news import CardKind
from storage.work import Work

LONGEST_SUGGESTION = 20


@card(CardKind.ADDRESS_DRAFT)
def address_draft_card(work: Work, draft_id: int, _: str) -> Card:
    """Shown to its author alone."""
    draft = work.drafts.get(draft_id, DraftKind.EDIT_ADDRESS)
    answers: AddressDraft = draft.answers
    order = work.orders.get(draft.subject_id or 0)
    check = answers.check
    rows: list[Row] = []
    if check.suggested:
        meant = ", ".join(finding.suggestion for finding in check.suggested)[:LONGEST_SUGGESTION]
        rows.append((_button(draft, L("Correct to {meant}", meant=meant), AddressVerb.CORRECT, style="primary"),))
    if answers.is_changed:
        rows.append((_button(draft, L("Save anyway"), AddressVerb.SAVE),))
    rows.append((_button(draft, L("Change nothing"), AddressVerb.DROP),))
    facts = {"order": order, "recipient": answers.recipient, "check": check, "is_changed": answers.is_changed}
    return Card("orders/editing.html", facts, tuple(rows))


def _button(draft: Draft, label: Label, verb: AddressVerb, *, style: str | None = None) -> Button:
    return Button(label, AddressButton(verb=verb, id=draft.id, revision=draft.revision), style=style)
