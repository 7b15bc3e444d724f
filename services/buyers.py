"""What a buyer can do before a word is said: come to a shop through its link."""

from shop.questions import Buyer, ShopHasClosed, StaffCannotVisit
from shop.shops import Shop
from shop.speakers import Speaker, Standing
from storage.work import Work


def visit_shop(work: Work, visited: Shop) -> Buyer:
    """From now on what this person writes goes to that shop, until another link is opened."""
    if work.speaker.standing is Standing.STAFF:
        raise StaffCannotVisit(work.shop.name, own=visited.id == work.shop_id)
    person = work.people.find(work.speaker.person_id)
    assert person is not None  # noqa: S101 - whoever speaks is in the books
    person.buyer_of = visited.id
    speaker = Speaker(person_id=person.id, name=person.name, language=person.language, standing=Standing.BUYER)
    work.enter(speaker=speaker, shop=visited)
    return known_buyer(work)


def known_buyer(work: Work) -> Buyer:
    """The speaker as a buyer of this shop, under today's name."""
    if work.shop.closed_at is not None:
        raise ShopHasClosed(work.shop.name)
    speaker = work.speaker
    buyer = work.buyers.find(speaker.person_id)
    if buyer is None:
        buyer = Buyer(shop_id=work.shop_id, person_id=speaker.person_id, name=speaker.name, since=work.now)
        work.buyers.add(buyer)
    buyer.name = speaker.name
    return buyer
