"""The drafts of the person who speaks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update

from shop.drafts.draft import Draft, DraftKind
from shop.errors import NotFound
from storage.collection import Collection
from storage.tables.drafts import drafts


class Drafts(Collection):
    """Only the speaker's own drafts can be seen."""

    def find_open(self) -> Draft | None:
        return self._session.scalar(select(Draft).where(*self._mine(), drafts.c.is_open))

    def get(self, draft_id: int, kind: DraftKind) -> Draft:
        wanted = (drafts.c.id == draft_id) & (drafts.c.kind == kind)
        draft = self._session.scalar(select(Draft).where(*self._mine(), wanted))
        if draft is None:
            raise NotFound("draft", draft_id)
        return draft

    def waiting(self, kind: DraftKind | None = None) -> Sequence[Draft]:
        """Drafts that were left and not finished, newest first."""
        query = select(Draft).where(*self._mine(), ~drafts.c.is_open).order_by(drafts.c.id.desc())
        return self._session.scalars(query if kind is None else query.where(drafts.c.kind == kind)).all()

    def start(self, kind: DraftKind, answers: Any, *, subject_id: int | None = None) -> Draft:
        """Open a new draft; the one that was open waits."""
        self.leave_open()
        draft = Draft(
            kind=kind,
            person_id=self._work.speaker.person_id,
            shop_id=self._work.shop_id if self._work.in_shop else None,
            subject_id=subject_id,
            answers=answers,
            opened_at=self._work.now,
        )
        self._session.add(draft)
        self._session.flush()
        return draft

    def reopen(self, draft: Draft) -> None:
        """Go on with this one; the one that was open waits."""
        if not draft.is_open:
            self.leave_open()
            draft.is_open = True
            self._session.flush()

    def leave_open(self) -> None:
        """The open draft of this person, in whichever shop it is, waits from now on."""
        person_id = self._work.speaker.person_id
        mine = update(Draft).where(drafts.c.person_id == person_id, drafts.c.is_open).values(is_open=False)
        self._session.execute(mine, execution_options={"synchronize_session": "fetch"})

    def forget(self, person_id: int) -> None:
        """Whatever somebody who no longer works here was drafting."""
        theirs = (drafts.c.person_id == person_id) & (drafts.c.shop_id == self._shop_id)
        self._session.execute(delete(Draft).where(theirs), execution_options={"synchronize_session": "fetch"})

    def drop(self, draft: Draft) -> None:
        """Finished or thrown away."""
        self._session.delete(draft)
        self._session.flush()

    def _mine(self) -> tuple[Any, ...]:
        shop_id = self._work.shop_id if self._work.in_shop else None
        return drafts.c.person_id == self._work.speaker.person_id, drafts.c.shop_id.is_not_distinct_from(shop_id)
