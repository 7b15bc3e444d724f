"""Inviting, joining, roles and dismissal, in the books."""

from datetime import timedelta

import pytest

from services import shops, team
from shop.errors import NotFound
from shop.shop_rules import ShopRule
from shop.shops import Person, TooManyWrongLinks
from shop.speakers import Role
from shop.team import (
    AlreadyOnTeam,
    InvitationExpired,
    InvitationUnknown,
    InvitationUsed,
    InvitationWithdrawn,
    LastOwner,
    OnlyOwners,
)
from storage.news import CardKind
from storage.work import Work
from tests.books import OWNER, Books

WANG, ZHAO = 2001, 2002


@pytest.fixture(autouse=True)
def strangers(books: Books) -> None:
    def arrive(work: Work) -> None:
        for person_id in (WANG, ZHAO):
            work.people.add(Person(id=person_id, name=f"店员{person_id}", seen_at=work.now))

    books.do(arrive)


def invited(books: Books, shop_id: int, role: Role = Role.DISPATCH) -> str:
    return books.do(lambda work: team.invite(work, role), shop=shop_id)


def join(books: Books, token: str, person: int = WANG) -> None:
    books.do(lambda work: team.accept_invitation(work, token), person=person)


def role_of(books: Books, shop_id: int, person: int) -> Role | None:
    post = books.do(lambda work: work.people.find_post(person, shop_id))
    return None if post is None else post[0].role


def test_an_invitation_makes_a_member_with_its_role(books: Books, shop_id: int) -> None:
    join(books, invited(books, shop_id, Role.SUPPORT))
    assert role_of(books, shop_id, WANG) is Role.SUPPORT
    person = books.do(lambda work: work.people.find(WANG))
    assert person is not None
    assert person.staff_of == shop_id


def test_the_books_do_not_hold_the_token(books: Books, shop_id: int) -> None:
    token = invited(books, shop_id)
    digests = books.do(lambda work: [each.token_digest for each in work.invitations.open()], shop=shop_id)
    assert len(token) == 32
    assert token not in digests[0]


def test_a_token_has_192_bits(monkeypatch: pytest.MonkeyPatch, books: Books, shop_id: int) -> None:
    def telling(size: int) -> str:
        return f"{size * 8} bits"

    monkeypatch.setattr("secrets.token_urlsafe", telling)
    assert invited(books, shop_id) == "192 bits"


def test_wrong_invitations_are_counted_for_an_hour(books: Books, shop_id: int) -> None:
    token = invited(books, shop_id)
    for guess in range(5):
        assert not books.do(lambda work, guess=guess: team.knows_invitation(work, f"{guess}"), person=WANG)  # type: ignore[misc]
    with pytest.raises(TooManyWrongLinks):
        books.do(lambda work: team.knows_invitation(work, token), person=WANG)
    assert books.do(lambda work: team.knows_invitation(work, token), person=ZHAO)
    books.clock.move(timedelta(hours=1))
    assert books.do(lambda work: team.knows_invitation(work, token), person=WANG)


def test_an_invitation_works_once(books: Books, shop_id: int) -> None:
    token = invited(books, shop_id)
    join(books, token)
    with pytest.raises(InvitationUsed):
        join(books, token, ZHAO)
    assert role_of(books, shop_id, ZHAO) is None


def test_an_invitation_works_for_a_day(books: Books, shop_id: int) -> None:
    token = invited(books, shop_id)
    books.clock.move(timedelta(hours=24))
    with pytest.raises(InvitationExpired):
        join(books, token)
    assert books.do(lambda work: work.invitations.open(), shop=shop_id) == []


@pytest.mark.parametrize("forged", ["", "x" * 32, "0" * 64])
def test_a_forged_invitation_is_unknown(books: Books, shop_id: int, forged: str) -> None:
    invited(books, shop_id)
    with pytest.raises(InvitationUnknown):
        join(books, forged)


def test_what_the_books_hold_of_an_invitation_opens_nothing(books: Books, shop_id: int) -> None:
    invited(books, shop_id)
    digest = books.do(lambda work: work.invitations.open()[0].token_digest, shop=shop_id)
    with pytest.raises(InvitationUnknown):
        join(books, digest)


def test_a_withdrawn_invitation_does_not_work(books: Books, shop_id: int) -> None:
    token = invited(books, shop_id)
    invitation_id = books.do(lambda work: work.invitations.open()[0].id, shop=shop_id)
    books.do(lambda work: team.withdraw_invitation(work, invitation_id), shop=shop_id)
    with pytest.raises(InvitationWithdrawn):
        join(books, token)


def test_nobody_withdraws_an_invitation_of_another_shop(books: Books, shop_id: int) -> None:
    invited(books, shop_id)
    invitation_id = books.do(lambda work: work.invitations.open()[0].id, shop=shop_id)
    other = books.open_shop("别人家", owner=1009)
    with pytest.raises(NotFound):
        books.do(lambda work: team.withdraw_invitation(work, invitation_id), shop=other, person=1009)


def test_whoever_is_on_the_team_does_not_use_up_an_invitation(books: Books, shop_id: int) -> None:
    token = invited(books, shop_id)
    with pytest.raises(AlreadyOnTeam) as refusal:
        join(books, token, OWNER)
    assert refusal.value.role is Role.OWNER
    join(books, token)


def test_a_manager_invites_no_owner(books: Books, shop_id: int) -> None:
    books.hire(shop_id, WANG, Role.MANAGER)
    with pytest.raises(OnlyOwners):
        books.do(lambda work: team.invite(work, Role.OWNER), shop=shop_id, person=WANG)
    assert books.do(lambda work: team.invite(work, Role.MANAGER), shop=shop_id, person=WANG)


def test_the_last_owner_cannot_leave(books: Books, shop_id: int) -> None:
    with pytest.raises(LastOwner):
        books.do(team.leave_team, shop=shop_id)
    with pytest.raises(LastOwner):
        books.do(lambda work: team.give_role(work, OWNER, Role.SUPPORT), shop=shop_id)
    assert role_of(books, shop_id, OWNER) is Role.OWNER


def test_with_a_second_owner_the_first_may_leave(books: Books, shop_id: int) -> None:
    join(books, invited(books, shop_id, Role.OWNER))
    books.do(team.leave_team, shop=shop_id)
    assert role_of(books, shop_id, OWNER) is None
    assert role_of(books, shop_id, WANG) is Role.OWNER


def test_a_dismissed_member_keeps_nothing_of_the_shop(books: Books, shop_id: int) -> None:
    join(books, invited(books, shop_id, Role.MANAGER))

    def look(work: Work) -> None:
        shops.ask_rule(work, ShopRule.NAME)
        work.cards.want(WANG, CardKind.SHOP.of(shop_id), {"text": "设置"})

    books.do(look, shop=shop_id, person=WANG)
    books.do(lambda work: team.dismiss(work, WANG), shop=shop_id)
    assert role_of(books, shop_id, WANG) is None
    assert books.do(lambda work: work.cards.showing(CardKind.SHOP.of(shop_id)), shop=shop_id) == []
    assert books.do(lambda work: work.drafts.waiting(), shop=shop_id, person=WANG) == []
    person = books.do(lambda work: work.people.find(WANG))
    assert person is not None
    assert person.staff_of is None


def test_a_dismissed_member_goes_on_in_another_shop(books: Books, shop_id: int) -> None:
    own = books.do(lambda work: shops.open_shop(work, "自己的店").id, person=WANG)
    join(books, invited(books, shop_id))
    books.do(lambda work: team.dismiss(work, WANG), shop=shop_id)
    person = books.do(lambda work: work.people.find(WANG))
    assert person is not None
    assert person.staff_of == own


def test_a_former_member_comes_back_by_a_new_invitation(books: Books, shop_id: int) -> None:
    join(books, invited(books, shop_id))
    books.do(lambda work: team.dismiss(work, WANG), shop=shop_id)
    join(books, invited(books, shop_id, Role.CATALOGUE))
    assert role_of(books, shop_id, WANG) is Role.CATALOGUE


def test_a_new_role_takes_away_what_the_old_one_was_shown(books: Books, shop_id: int) -> None:
    join(books, invited(books, shop_id, Role.MANAGER))
    books.do(lambda work: work.cards.want(WANG, CardKind.TEAM.of(shop_id), {"text": "店员"}), shop=shop_id, person=WANG)
    books.do(lambda work: team.give_role(work, WANG, Role.DISPATCH), shop=shop_id)
    assert role_of(books, shop_id, WANG) is Role.DISPATCH
    assert books.do(lambda work: work.cards.showing(CardKind.TEAM.of(shop_id)), shop=shop_id) == []


def test_nobody_is_dismissed_from_a_team_they_are_not_on(books: Books, shop_id: int) -> None:
    with pytest.raises(NotFound):
        books.do(lambda work: team.dismiss(work, ZHAO), shop=shop_id)
