"""Opening a shop and setting its rules."""

import secrets

from services.posts import enter_shop
from services.quick_replies import give_quick_replies
from shop.drafts.draft import Draft, DraftKind
from shop.drafts.shop import NewShopAnswers, RuleAnswers
from shop.names import clean_name
from shop.shop_rules import ShopRule
from shop.shops import Member, Shop
from shop.speakers import Role
from storage.answers import keeps
from storage.news import CardKind
from storage.work import Work

LINK_CODE_BYTES = 9

keeps(NewShopAnswers, RuleAnswers)


def ask_name(work: Work) -> Draft:
    """Somebody wants a shop; asking twice asks once."""
    draft = work.drafts.find_open()
    if draft is not None and draft.kind is DraftKind.OPEN_SHOP:
        return draft
    return work.drafts.start(DraftKind.OPEN_SHOP, NewShopAnswers())


def stop_asking_name(work: Work) -> None:
    """No shop after all, for now."""
    draft = work.drafts.find_open()
    if draft is not None and draft.kind is DraftKind.OPEN_SHOP:
        work.drafts.drop(draft)


def open_shop(work: Work, name: str) -> Shop:
    """A shop with sensible rules, owned by the speaker, who works in it from here on."""
    return found_shop(work, clean_name(name), is_sample=False)


def found_shop(work: Work, name: str, *, is_sample: bool) -> Shop:
    stop_asking_name(work)
    link_code = secrets.token_urlsafe(LINK_CODE_BYTES)
    shop = Shop(name=name, opened_at=work.now, link_code=link_code, is_sample=is_sample)
    work.shops.add(shop)
    enter_shop(work, shop, Role.OWNER)
    owner = work.speaker.person_id
    work.members.add(Member(shop_id=shop.id, person_id=owner, role=Role.OWNER, joined_at=work.now))
    give_quick_replies(work)
    return shop


def ask_rule(work: Work, rule: ShopRule) -> Draft:
    """The next words are the new value of this rule; what was being drafted is taken up again afterwards."""
    open_draft = work.drafts.find_open()
    if open_draft is not None and open_draft.kind is DraftKind.CHANGE_RULE:
        open_draft.answers = RuleAnswers(rule, open_draft.answers.paused)
        return open_draft
    return work.drafts.start(DraftKind.CHANGE_RULE, RuleAnswers(rule, open_draft.id if open_draft else None))


def change_rule(work: Work, rule: ShopRule, text: str) -> Shop:
    """Set a rule to what was typed or tapped. The rules of orders that are here already stay as they are."""
    work.shop.change(rule, text, priced_products=work.shops.priced_products())
    work.session.flush()
    stop_asking(work)
    work.touch(CardKind.SHOP.of(work.shop_id))
    work.touch(CardKind.HOME.of(work.shop_id))
    return work.shop


def stop_asking(work: Work) -> None:
    """No rule is asked for any more; the draft that had to wait for it goes on."""
    draft = work.drafts.find_open()
    if draft is None or draft.kind is not DraftKind.CHANGE_RULE:
        return
    paused = draft.answers.paused
    work.drafts.drop(draft)
    for waiting in work.drafts.waiting():
        if waiting.id == paused:
            work.drafts.reopen(waiting)
