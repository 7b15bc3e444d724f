"""Where somebody works: entering a shop, changing to another, and what remains after leaving one."""

from dataclasses import replace

from shop.errors import NotFound
from shop.shops import Person, Shop
from shop.speakers import Role, Speaker, Standing
from storage.news import CardKind
from storage.work import Work


def speaking(work: Work) -> Person:
    """Whoever speaks, as a row of the books."""
    person = work.people.find(work.speaker.person_id)
    if person is None:
        raise NotFound("person", work.speaker.person_id)
    return person


def enter_shop(work: Work, shop: Shop, role: Role) -> None:
    """From here on the speaker works in this shop; a draft that was open waits."""
    work.drafts.leave_open()
    speaking(work).staff_of = shop.id
    work.enter(speaker=replace(work.speaker, standing=Standing.STAFF, role=role), shop=shop)


def switch_shop(work: Work, shop_id: int) -> Shop:
    """Work in another of the speaker's shops."""
    post = work.people.find_post(work.speaker.person_id, shop_id)
    if post is None:
        raise NotFound("shop", shop_id)
    member, shop = post
    enter_shop(work, shop, member.role)
    return shop


def leave_post(work: Work, person: Person) -> None:
    """The person no longer works in this shop: nothing of it stays in the chat, and another shop of theirs comes forward."""
    if work.in_shop:
        work.cards.remove_all_from(person.id)
        work.drafts.forget(person.id)
    others = work.shops.posts(person.id)
    person.staff_of = others[-1].shop_id if others else None


def go_on_elsewhere(work: Work) -> None:
    """The speaker has left this shop: speak for the next one from here on, or for none."""
    person = speaking(work)
    post = work.people.find_post(person.id, person.staff_of) if person.staff_of is not None else None
    if post is None:
        work.enter(speaker=_nobody_special(work.speaker), shop=None)
        return
    member, shop = post
    work.enter(speaker=replace(work.speaker, standing=Standing.STAFF, role=member.role), shop=shop)


def choose_language(work: Work, language: str) -> Person:
    """The speaker's own language from now on, in every shop."""
    person = speaking(work)
    person.choose_language(language)
    work.enter(speaker=replace(work.speaker, language=person.language), shop=work.shop if work.in_shop else None)
    if work.in_shop:
        work.touch(CardKind.SHOP.of(work.shop_id))
        work.touch(CardKind.HOME.of(work.shop_id))
    return person


def _nobody_special(speaker: Speaker) -> Speaker:
    return replace(speaker, standing=Standing.STRANGER, role=None)
