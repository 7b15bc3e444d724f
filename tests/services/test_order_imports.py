"""Order sheets in the books of both databases: staged, looked at, taken in chunk by chunk, forgotten."""

import json
from datetime import timedelta

import pytest

from documents.order_sheet_reading import OrderChunk, SheetReading
from services import order_imports, sheet_reports
from services.order_imports import DroppedFile
from shop.column_guesses import LayoutGuess, guess_layout
from shop.errors import NotFound
from shop.order_arrivals import Accepted
from shop.order_columns import OrderField
from shop.order_imports import ColumnMissing, ImportPassed, ImportState, OrderImport
from shop.row_problems import RowProblem, Trouble
from shop.sheet_states import ChunkIndex, SheetState
from shop.sheets import FileKind, SheetNotReadable, SheetRow, SheetTooLarge
from storage.news import CardKind
from storage.work import Work
from tests.books import Books

FILE = DroppedFile(file_id="f", mark="m", name="订单.csv", size=100)
PLATFORM = ("订单编号", "买家会员名", "宝贝标题")
OWN = ("单号", "品名", "列三")


def guess(header: tuple[str, ...]) -> LayoutGuess:
    return guess_layout([SheetRow(number=1, cells=header)])


def chunk(*numbers: str, states: str = "") -> OrderChunk:
    letters = states or "o" * len(numbers)
    orders = [
        {"source": "taobao", "number": number, "lines": [{"title": "球鞋"}]}
        | {"cancelled": letter == "c", "shipped": letter == "s"}
        for number, letter in zip(numbers, letters, strict=True)
    ]
    index = ChunkIndex(numbers=numbers, rows=tuple(range(2, 2 + len(numbers))), states=tuple(map(SheetState, letters)))
    return OrderChunk(source="taobao", index=index, orders=json.dumps(orders))


def begun(books: Books, shop: int, file: DroppedFile = FILE) -> int:
    return books.do(lambda work: order_imports.begin_import(work, file).id, shop=shop)


def staged(books: Books, shop: int, *chunks: OrderChunk, problems: tuple[RowProblem, ...] = ()) -> int:
    import_id = begun(books, shop)
    reading = SheetReading(
        guess=guess(PLATFORM), examples=(("1", "b", "鞋"),), row_count=9, chunks=chunks, problems=problems
    )
    assert books.do(lambda work: sheet_reports.put_chunks(work, import_id, 0, chunks), shop=shop)
    books.do(lambda work: sheet_reports.sheet_ready(work, import_id, reading), shop=shop)
    return import_id


def asked(books: Books, shop: int, header: tuple[str, ...] = OWN) -> int:
    """An import whose columns are to be confirmed."""
    import_id = begun(books, shop, DroppedFile(file_id="f", mark=f"m{len(header)}", name=None, size=None))
    reading = SheetReading(guess=guess(header), examples=(("A1", "鞋", "42"),), row_count=1)
    books.do(lambda work: sheet_reports.columns_found(work, import_id, reading), shop=shop)
    return import_id


def look(books: Books, shop: int, import_id: int) -> OrderImport:
    return books.do(lambda work: work.order_imports.get(import_id), shop=shop)


def take_all(books: Books, shop: int, import_id: int) -> None:
    books.do(lambda work: order_imports.start_import(work, import_id), shop=shop)
    while books.do(lambda work: sheet_reports.take_chunk(work, import_id), shop=shop):
        pass
    books.do(lambda work: sheet_reports.finish_import(work, import_id), shop=shop)


def test_the_preview_counts_what_is_new_known_shipped_and_cancelled(books: Books, shop_id: int) -> None:
    take_all(books, shop_id, staged(books, shop_id, chunk("1", "2")))
    again = look(books, shop_id, staged(books, shop_id, chunk("1", "2", "3"), chunk("4", "5", states="sc")))
    counts = again.found_new, again.found_known, again.found_shipped, again.found_cancelled
    assert counts == (1, 2, 1, 1)
    assert again.state is ImportState.PREVIEW


def test_chunks_are_taken_in_their_order_and_each_once(books: Books, shop_id: int) -> None:
    import_id = staged(books, shop_id, chunk("1", "2"), chunk("3", "2"))
    books.do(lambda work: order_imports.start_import(work, import_id), shop=shop_id)
    taken = [books.do(lambda work: sheet_reports.take_chunk(work, import_id), shop=shop_id) for _ in range(4)]
    assert taken == [True, True, False, False]
    done = look(books, shop_id, import_id)
    assert (done.took_new, done.took_known) == (3, 1)
    outcomes = books.do(lambda work: work.order_imports.chunk_at(import_id, 1), shop=shop_id)
    assert outcomes is not None
    assert outcomes.outcomes == (Accepted.NEW, Accepted.KNOWN)
    assert outcomes.orders == ()


def test_nothing_is_taken_before_the_merchant_says_so(books: Books, shop_id: int) -> None:
    import_id = staged(books, shop_id, chunk("1"))
    assert not books.do(lambda work: sheet_reports.take_chunk(work, import_id), shop=shop_id)
    assert books.do(lambda work: work.orders.known_numbers("taobao", ["1"]), shop=shop_id) == set()


def test_starting_twice_leaves_one_errand(books: Books, shop_id: int) -> None:
    import_id = staged(books, shop_id, chunk("1"))
    for _ in range(2):
        books.do(lambda work: order_imports.start_import(work, import_id), shop=shop_id)
    errands = books.do(lambda work: [errand.kind for errand in work.errands.waiting()])
    assert errands.count("TakeInOrders") == 1


def test_an_interrupted_reading_starts_with_clean_counts(books: Books, shop_id: int) -> None:
    import_id = begun(books, shop_id)
    books.do(lambda work: sheet_reports.put_chunks(work, import_id, 0, [chunk("1", "2")]), shop=shop_id)
    sheet = books.do(lambda work: sheet_reports.sheet_to_read(work, import_id), shop=shop_id)
    assert sheet is not None
    assert (sheet.file_id, sheet.layout, sheet.zone, sheet.currency) == ("f", None, "Asia/Shanghai", "CNY")
    assert look(books, shop_id, import_id).found == 0
    assert books.do(lambda work: work.order_imports.next_chunk(import_id), shop=shop_id) is None


def test_reports_that_come_too_late_change_nothing(books: Books, shop_id: int) -> None:
    import_id = begun(books, shop_id)
    books.do(lambda work: order_imports.cancel_import(work, import_id), shop=shop_id)
    reading = SheetReading(guess=guess(PLATFORM), examples=(), row_count=0)

    def report(work: Work) -> None:
        assert sheet_reports.sheet_to_read(work, import_id) is None
        assert not sheet_reports.put_chunks(work, import_id, 0, [chunk("1")])
        sheet_reports.sheet_ready(work, import_id, reading)
        sheet_reports.columns_found(work, import_id, reading)
        sheet_reports.sheet_refused(work, import_id, SheetNotReadable(FileKind.PDF))
        sheet_reports.finish_import(work, import_id)
        sheet_reports.import_interrupted(work, import_id)

    books.do(report, shop=shop_id)
    assert look(books, shop_id, import_id).state is ImportState.CANCELLED


def test_reports_about_a_shop_that_is_gone_are_swallowed(books: Books, shop_id: int) -> None:
    import_id = begun(books, shop_id)
    assert books.do(lambda work: sheet_reports.sheet_to_read(work, import_id), person=None) is None
    assert not books.do(lambda work: sheet_reports.take_chunk(work, import_id), person=None)


def test_a_refusal_is_kept_with_its_facts(books: Books, shop_id: int) -> None:
    import_id = begun(books, shop_id)
    books.do(lambda work: sheet_reports.sheet_refused(work, import_id, SheetNotReadable(FileKind.MACROS)), shop=shop_id)
    refused = look(books, shop_id, import_id)
    assert refused.refusal is not None
    assert (refused.refusal.name, refused.refusal.facts) == ("SheetNotReadable", {"kind": "macros"})


def test_a_file_that_is_too_large_begins_nothing(books: Books, shop_id: int) -> None:
    with pytest.raises(SheetTooLarge):
        begun(books, shop_id, DroppedFile(file_id="f", mark="m", name="x", size=6_000_000))
    assert books.do(lambda work: work.errands.waiting()) == []


def test_the_same_file_under_way_is_the_same_import_and_a_finished_one_is_not(books: Books, shop_id: int) -> None:
    first = staged(books, shop_id, chunk("1"))
    assert begun(books, shop_id) == first
    take_all(books, shop_id, first)
    assert begun(books, shop_id) != first


def test_columns_are_chosen_taken_away_and_confirmed(books: Books, shop_id: int) -> None:
    import_id = asked(books, shop_id)
    books.do(lambda work: order_imports.choose_column(work, import_id, OrderField.SPEC, 2), shop=shop_id)
    books.do(lambda work: order_imports.choose_column(work, import_id, OrderField.SKU, 2), shop=shop_id)
    books.do(lambda work: order_imports.choose_column(work, import_id, OrderField.NUMBER, None), shop=shop_id)
    with pytest.raises(ColumnMissing) as missing:
        books.do(lambda work: order_imports.confirm_columns(work, import_id), shop=shop_id)
    assert missing.value.fields == (OrderField.NUMBER,)
    books.do(lambda work: order_imports.choose_column(work, import_id, OrderField.NUMBER, 0), shop=shop_id)
    books.do(lambda work: order_imports.choose_column(work, import_id, OrderField.NUMBER, 99), shop=shop_id)
    books.do(lambda work: order_imports.confirm_columns(work, import_id), shop=shop_id)
    sheet = look(books, shop_id, import_id).sheet
    assert sheet is not None
    assert sheet.layout.columns == {
        OrderField.NUMBER: ((0,),),
        OrderField.TITLE: ((1,),),
        OrderField.SKU: ((2,),),
    }


def test_confirmed_columns_are_remembered_for_the_same_header_only(books: Books, shop_id: int) -> None:
    import_id = asked(books, shop_id)
    books.do(lambda work: order_imports.choose_column(work, import_id, OrderField.SPEC, 2), shop=shop_id)
    books.do(lambda work: order_imports.confirm_columns(work, import_id), shop=shop_id)
    reading = SheetReading(guess=guess(OWN), examples=(), row_count=1, chunks=(chunk("1"),))
    books.do(lambda work: sheet_reports.sheet_ready(work, import_id, reading), shop=shop_id)
    same = look(books, shop_id, asked(books, shop_id)).sheet
    other = look(books, shop_id, asked(books, shop_id, (*OWN, "列四"))).sheet
    assert same is not None
    assert other is not None
    assert OrderField.SPEC in same.layout.columns
    assert OrderField.SPEC not in other.layout.columns


def test_what_belongs_to_another_stage_is_refused(books: Books, shop_id: int) -> None:
    import_id = begun(books, shop_id)
    for wrong in (order_imports.start_import, order_imports.stop_import, order_imports.confirm_columns):
        with pytest.raises(ImportPassed):
            books.do(lambda work, wrong=wrong: wrong(work, import_id), shop=shop_id)  # type: ignore[misc]


def test_another_shop_cannot_see_an_import(books: Books, shop_id: int) -> None:
    import_id = staged(books, shop_id, chunk("1"))
    other = books.open_shop("别家", owner=1077)
    with pytest.raises(NotFound):
        books.do(lambda work: order_imports.start_import(work, import_id), shop=other, person=1077)
    with pytest.raises(NotFound):
        books.do(lambda work: order_imports.cancel_import(work, import_id), shop=other, person=1077)


def test_problems_are_kept_worst_first_and_forgotten_after_a_week(books: Books, shop_id: int) -> None:
    harmless = RowProblem(row=2, trouble=Trouble.WRONG_MONEY, text="面议")
    fatal = RowProblem(row=9, trouble=Trouble.NO_NUMBER)
    import_id = staged(books, shop_id, chunk("1"), problems=(harmless, fatal))

    def listed(work: Work) -> list[RowProblem]:
        return list(work.order_imports.problems(import_id, skip=0, most=10))

    assert books.do(listed, shop=shop_id) == [fatal, harmless]
    take_all(books, shop_id, import_id)
    books.clock.move(timedelta(days=6))
    books.do(order_imports.forget_old_imports, shop=shop_id, person=None)
    assert len(books.do(listed, shop=shop_id)) == 2
    books.clock.move(timedelta(days=2))
    books.do(order_imports.forget_old_imports, shop=shop_id, person=None)
    assert books.do(listed, shop=shop_id) == []


def test_those_who_check_orders_are_told_once_and_only_of_new_orders(books: Books, shop_id: int) -> None:
    first = staged(books, shop_id, chunk("1", "2"))
    take_all(books, shop_id, first)
    shown = books.do(lambda work: work.cards.showing(CardKind.ORDER_IMPORT.of(first)), shop=shop_id)
    assert [card.chat_id for card in shown] == [1001]
    again = staged(books, shop_id, chunk("1", "2"))
    take_all(books, shop_id, again)
    assert not books.do(lambda work: work.cards.showing(CardKind.ORDER_IMPORT.of(again)), shop=shop_id)
