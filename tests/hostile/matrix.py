"""Who may do what: the one table. Every handler stands here, with what is tried to reach it; what is not said here, nobody may."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from bot.buttons.closing import CloseButton, CloseVerb
from bot.buttons.home import HomeButton, HomeVerb, Look
from bot.buttons.imports import ImportButton, ImportVerb
from bot.buttons.orders import AddressButton, AddressVerb, OrderButton, OrdersButton, OrdersVerb, OrderVerb
from bot.buttons.parcels import (
    DueButton,
    DueVerb,
    ParcelButton,
    ParcelsButton,
    ParcelsVerb,
    ParcelVerb,
    ShipButton,
    ShipVerb,
)
from bot.buttons.products import (
    DraftVerb,
    ProductButton,
    ProductDraftButton,
    ProductsButton,
    ProductsVerb,
    ProductVerb,
)
from bot.buttons.questions import (
    HeldBackButton,
    HeldBackVerb,
    QuestionButton,
    QuestionVerb,
    QuickReplyButton,
    QuickReplyVerb,
)
from bot.buttons.shops import ShopButton, ShopVerb
from bot.buttons.team import TeamButton, TeamVerb
from shop.drafts.draft import DraftKind
from storage.news import CardKind
from tests.hostile.attempts import (
    COMPLETE,
    HELD_BACK,
    Attempt,
    says,
    sends,
    sends_file,
    sends_photo,
    taps,
    taps_draft,
)
from tests.hostile.worlds import GROUP


class Who(StrEnum):
    """Everybody there is, as the first of the two shops sees them."""

    STRANGER = "stranger"
    BUYER = "buyer"
    FORMER = "former member"
    FOREIGN = "owner of the other shop"
    OWNER = "owner"
    MANAGER = "manager"
    CATALOGUE = "catalogue"
    DISPATCH = "dispatch"
    SUPPORT = "support"


Those = AbstractSet[Who]
NOBODY: Those = frozenset()
ANYBODY: Those = frozenset(Who)
BUYERS: Those = {Who.BUYER}
OUTSIDE: Those = {Who.STRANGER, Who.FORMER}
VISITORS: Those = {*OUTSIDE, *BUYERS}
OWNER: Those = {Who.OWNER}
STAFF: Those = {Who.OWNER, Who.MANAGER, Who.CATALOGUE, Who.DISPATCH, Who.SUPPORT}
MANAGE: Those = {Who.OWNER, Who.MANAGER}
GOODS: Those = {Who.OWNER, Who.MANAGER, Who.CATALOGUE}
CHECK: Those = {Who.OWNER, Who.MANAGER, Who.DISPATCH, Who.SUPPORT}
SHIP: Those = {Who.OWNER, Who.MANAGER, Who.DISPATCH}
ANSWER: Those = {Who.OWNER, Who.MANAGER, Who.SUPPORT}
NOT_BUYERS: Those = ANYBODY - BUYERS


@dataclass(frozen=True)
class Row:
    """`own`: who may, with a thing of the first shop; `foreign`: with one of the other shop, None where there is no thing."""

    attempt: Attempt
    own: Those
    foreign: Those | None
    quiet: bool = False
    """No answer is given to those who may not."""
    reports: bool = False
    """The handler goes through: it says by itself what was refused, or shows what is one's own instead."""


def on(attempt: Attempt, own: Those, *, foreign: Those | None = None, reports: bool = False) -> Row:
    """A thing of a shop: who belongs to the other shop is there what the owner is here, and nobody else may touch it."""
    mirrored: Those = {Who.FOREIGN} if Who.OWNER in own else NOBODY
    return Row(attempt, own, mirrored if foreign is None else foreign, reports=reports)


def at_home(attempt: Attempt, own: Those, *, quiet: bool = False) -> Row:
    """No thing is named: everybody acts where they belong, and the owner of the other shop does there what the owner does here."""
    return Row(attempt, own | ({Who.FOREIGN} if Who.OWNER in own else NOBODY), None, quiet=quiet)


_PRODUCT, _ORDER, _PARCEL, _QUESTION = CardKind.PRODUCT, CardKind.ORDER, CardKind.PARCEL, CardKind.QUESTION
_VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 1}
_PLACE = {"latitude": 1.0, "longitude": 1.0}
_DICE = {"emoji": "🎲", "value": 3}
_LEFT = {"status": "kicked", "user": {"id": 1, "is_bot": True, "first_name": "bot"}, "until_date": 0}
_WAS = {"status": "member", "user": {"id": 1, "is_bot": True, "first_name": "bot"}}
_XLSX = ("orders.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_NUMBER = "SF1234567890123"
_LINE = "Nike Air Force 白 42 43 各10双 原价1299 售价899"

TABLE: dict[str, tuple[Row, ...]] = {
    # The door
    "start.join_team": (on(says("/start {invitation}"), ANYBODY - STAFF, foreign=ANYBODY - {Who.FOREIGN}),),
    "start.begin_shop_by_command": (at_home(says("/newshop"), ANYBODY),),
    "start.begin_shop": (at_home(taps(HomeButton, HomeVerb.OPEN_SHOP), ANYBODY),),
    "start.stay_outside": (at_home(taps(HomeButton, HomeVerb.BACK), ANYBODY),),
    "start.try_sample_shop": (at_home(taps(HomeButton, HomeVerb.SAMPLE), ANYBODY),),
    "start.choose_language": (at_home(taps(HomeButton, HomeVerb.LANGUAGE, arg="en"), ANYBODY),),
    "start.go_home": (at_home(says("/home"), STAFF),),
    "start.welcome": (at_home(says("/home"), OUTSIDE),),
    "start.list_shops": (at_home(says("/shops"), NOT_BUYERS),),
    "start.choose_shop": (at_home(taps(HomeButton, HomeVerb.SHOPS), STAFF),),
    "start.switch_shop": (on(taps(HomeButton, HomeVerb.SWITCH, "shop"), STAFF),),
    "start.close_door": (at_home(taps(HomeButton, HomeVerb.CLOSE), ANYBODY),),
    "start.throw_away_sample_shop": (at_home(taps(HomeButton, HomeVerb.THROW_AWAY), NOBODY),),
    "start.show_the_door": (at_home(says("你好"), OUTSIDE),),
    "shop_rules.open_shop": (at_home(says("新的店", draft=DraftKind.OPEN_SHOP), ANYBODY),),
    "shop_rules.ask_for_name": (at_home(sends(dice=_DICE, draft=DraftKind.OPEN_SHOP), ANYBODY),),
    "advice.cancel": (
        at_home(says("/cancel", draft=DraftKind.OPEN_SHOP), ANYBODY),
        at_home(says("/cancel"), NOT_BUYERS),
    ),
    "advice.explain_to_staff": (at_home(says("/help"), STAFF),),
    "advice.explain_to_stranger": (at_home(says("/help"), OUTSIDE),),
    "closing.close": (at_home(taps(CloseButton, CloseVerb.CLOSE), ANYBODY),),
    "home.look": (
        at_home(taps(HomeButton, HomeVerb.LOOK, arg=Look.TO_CHECK), CHECK),
        at_home(taps(HomeButton, HomeVerb.LOOK, arg=Look.TO_DISPATCH), SHIP),
        at_home(taps(HomeButton, HomeVerb.LOOK, arg=Look.QUESTIONS), ANSWER),
        at_home(taps(HomeButton, HomeVerb.LOOK, arg=Look.LOW_STOCK), GOODS),
        at_home(taps(HomeButton, HomeVerb.LOOK, arg=Look.STALLED), SHIP),
    ),
    # The buyers' side
    "order_buyers.open_question": (on(says("/start {ask}"), VISITORS, foreign=VISITORS),),
    "order_buyers.hear_answer": (at_home(says("电话 13800001000"), BUYERS),),
    "buyers.open_link": (on(says("/start {link code}"), VISITORS, foreign=VISITORS),),
    "buyers.explain_to_buyer": (at_home(says("/orders"), BUYERS),),
    "buyers.hear_buyer": (at_home(says("什么时候发货"), BUYERS),),
    "buyers.ask_for_words": (at_home(sends(dice=_DICE), BUYERS),),
    "buyers.correct_words": (at_home(sends(text="改一下", kind="edited_message"), BUYERS, quiet=True),),
    # Settings and the team
    "shops.show_settings": (at_home(says("/settings"), STAFF),),
    "shops.show_languages": (at_home(says("/settings"), VISITORS),),
    "shops.set_rule": (at_home(taps(ShopButton, ShopVerb.SET, arg="warn.5"), MANAGE),),
    "shops.open_settings": (at_home(taps(ShopButton, ShopVerb.OPEN), STAFF),),
    "shops.choose_language": (at_home(taps(ShopButton, ShopVerb.LANGUAGE, arg="en"), STAFF),),
    "shops.ask_before_leaving": (at_home(taps(ShopButton, ShopVerb.LEAVE), STAFF),),
    "shops.leave": (at_home(taps(ShopButton, ShopVerb.LEAVE_NOW), STAFF - OWNER),),
    "shops.close": (at_home(taps(ShopButton, ShopVerb.CLOSE), STAFF),),
    "shop_rules.ask_rule": (at_home(taps(ShopButton, ShopVerb.ASK, arg="warn"), MANAGE),),
    "shop_rules.type_rule": (on(says("7", draft=DraftKind.CHANGE_RULE), MANAGE),),
    "shop_rules.ask_for_text": (on(sends(dice=_DICE, draft=DraftKind.CHANGE_RULE), MANAGE),),
    "team.show_team": (at_home(says("/team"), MANAGE),),
    "team.list_members": (at_home(taps(TeamButton, TeamVerb.LIST), MANAGE),),
    "team.show_member": (on(taps(TeamButton, TeamVerb.MEMBER, "member"), MANAGE, reports=True),),
    "team.choose_role": (at_home(taps(TeamButton, TeamVerb.ROLES), MANAGE),),
    "team.invite": (
        at_home(taps(TeamButton, TeamVerb.INVITE, arg="support"), MANAGE),
        at_home(taps(TeamButton, TeamVerb.INVITE, arg="owner"), OWNER),
    ),
    "team.withdraw_invitation": (on(taps(TeamButton, TeamVerb.WITHDRAW, "invitation"), MANAGE),),
    "team.give_role": (
        on(taps(TeamButton, TeamVerb.GIVE_ROLE, "member", "manager"), MANAGE),
        on(taps(TeamButton, TeamVerb.GIVE_ROLE, "member", "owner"), OWNER),
    ),
    "team.ask_before_dismissing": (on(taps(TeamButton, TeamVerb.DISMISS, "member"), MANAGE, reports=True),),
    "team.dismiss": (on(taps(TeamButton, TeamVerb.DISMISS_NOW, "member"), MANAGE),),
    "team.close": (at_home(taps(TeamButton, TeamVerb.CLOSE), MANAGE),),
    # Order sheets
    "import_orders.begin_import": (
        at_home(sends_file(*_XLSX), CHECK),
        at_home(sends_file("没有名字", "application/octet-stream"), CHECK),
    ),
    "import_orders.explain_import": (at_home(says("/import"), CHECK),),
    "import_orders.turn_to": (on(taps(ImportButton, ImportVerb.TURN, "preview", "fields-1"), CHECK),),
    "import_orders.choose_column": (on(taps(ImportButton, ImportVerb.COLUMN, "columns", "1-1"), CHECK),),
    "import_orders.confirm_columns": (on(taps(ImportButton, ImportVerb.CONFIRM, "guessed"), CHECK),),
    "import_orders.ask_columns_again": (on(taps(ImportButton, ImportVerb.CHANGE, "preview"), CHECK),),
    "import_orders.start_import": (on(taps(ImportButton, ImportVerb.START, "preview"), CHECK),),
    "import_orders.stop_import": (on(taps(ImportButton, ImportVerb.STOP, "importing"), CHECK),),
    "import_orders.cancel_import": (on(taps(ImportButton, ImportVerb.CANCEL, "preview"), CHECK),),
    # Questions
    "answer_buyer.answer_by_reply": (on(says("有货", card=(_QUESTION, "question")), ANSWER),),
    "answer_buyer.answer_with_rest_of_album": (on(sends_photo(album=True), OWNER),),
    "answer_buyer.answer_by_typing": (on(says("有货", draft=DraftKind.ANSWER_BUYER), ANSWER),),
    "answer_buyer.ask_for_words": (
        on(sends(dice=_DICE, draft=DraftKind.ANSWER_BUYER), ANSWER),
        at_home(sends(dice=_DICE, card=(_QUESTION, "question")), ANSWER),
    ),
    "answer_buyer.ask_what_to_answer": (on(taps(QuestionButton, QuestionVerb.ANSWER, "question"), ANSWER),),
    "answer_buyer.stop_answering": (on(taps(QuestionButton, QuestionVerb.CANCEL, "question"), ANSWER),),
    "answer_buyer.offer_quick_replies": (on(taps(QuestionButton, QuestionVerb.QUICK, "question", "1"), ANSWER),),
    "answer_buyer.preview_quick_reply": (
        on(taps(QuestionButton, QuestionVerb.PREVIEW, "question", "{canned}"), ANSWER),
    ),
    "answer_buyer.send_quick_reply": (
        on(taps(QuestionButton, QuestionVerb.SEND, "question", "{canned}-{canned revision}"), ANSWER),
    ),
    "answer_buyer.send_held_back": (on(taps_draft(HeldBackButton, HeldBackVerb.SEND, HELD_BACK), ANSWER),),
    "answer_buyer.drop_held_back": (on(taps_draft(HeldBackButton, HeldBackVerb.DROP, HELD_BACK), ANSWER),),
    "questions.list_waiting": (at_home(says("/questions"), ANSWER),),
    "questions.open_question": (on(taps(QuestionButton, QuestionVerb.OPEN, "question"), ANSWER),),
    "questions.read_everything": (on(taps(QuestionButton, QuestionVerb.READ, "question", "1"), ANSWER),),
    "questions.show_files": (on(taps(QuestionButton, QuestionVerb.FILES, "question"), ANSWER),),
    "questions.close_question": (on(taps(QuestionButton, QuestionVerb.CLOSE, "question"), ANSWER),),
    "questions.reopen_question": (on(taps(QuestionButton, QuestionVerb.REOPEN, "closed"), ANSWER),),
    "questions.ask_about_forgetting": (on(taps(QuestionButton, QuestionVerb.FORGET, "closed"), OWNER),),
    "questions.forget_buyer": (on(taps(QuestionButton, QuestionVerb.FORGET_NOW, "closed"), OWNER),),
    "quick_replies.list_quick_replies": (at_home(says("/quickreplies"), ANSWER),),
    "quick_replies.write": (on(says("标题\n您好", draft=DraftKind.QUICK_REPLY), ANSWER),),
    "quick_replies.ask_for_text": (on(sends(dice=_DICE, draft=DraftKind.QUICK_REPLY), ANSWER),),
    "quick_replies.turn_page": (at_home(taps(QuickReplyButton, QuickReplyVerb.PAGE, arg="1"), ANSWER),),
    "quick_replies.open_one": (on(taps(QuickReplyButton, QuickReplyVerb.OPEN, "canned"), ANSWER),),
    "quick_replies.begin": (at_home(taps(QuickReplyButton, QuickReplyVerb.ADD), ANSWER),),
    "quick_replies.begin_new_title": (on(taps(QuickReplyButton, QuickReplyVerb.TITLE, "canned"), ANSWER),),
    "quick_replies.begin_new_text": (on(taps(QuickReplyButton, QuickReplyVerb.TEXT, "canned"), ANSWER),),
    "quick_replies.stop_writing": (at_home(taps(QuickReplyButton, QuickReplyVerb.CANCEL), ANSWER),),
    "quick_replies.move_up": (on(taps(QuickReplyButton, QuickReplyVerb.UP, "canned"), ANSWER),),
    "quick_replies.ask_before_deleting": (on(taps(QuickReplyButton, QuickReplyVerb.DELETE, "canned"), ANSWER),),
    "quick_replies.delete": (on(taps(QuickReplyButton, QuickReplyVerb.DELETE_NOW, "canned"), ANSWER),),
    # Orders and addresses
    "orders.list_orders": (
        at_home(says("/orders"), CHECK),
        at_home(says("/orders {number 1}"), CHECK),
    ),
    "orders.show_found": (on(says("{number 1}"), CHECK),),
    "orders.open_list": (at_home(taps(OrdersButton, OrdersVerb.OPEN), CHECK),),
    "orders.turn_page": (at_home(taps(OrdersButton, OrdersVerb.TURN, arg="to_check-1"), CHECK),),
    "check_order.open_order": (on(taps(OrderButton, OrderVerb.OPEN, "order"), CHECK),),
    "check_order.confirm_address": (on(taps(OrderButton, OrderVerb.CONFIRM, "order"), CHECK),),
    "check_order.take_back": (on(taps(OrderButton, OrderVerb.TAKE_BACK, "confirmed"), CHECK),),
    "check_order.correct_address": (on(taps(OrderButton, OrderVerb.CORRECT, "order"), CHECK),),
    "check_order.ask_buyer": (on(taps(OrderButton, OrderVerb.ASK, "flawed"), CHECK),),
    "check_order.take_answer": (on(taps(OrderButton, OrderVerb.TAKE_ANSWER, "answered"), CHECK),),
    "check_order.ask_about_cancelling": (on(taps(OrderButton, OrderVerb.CANCEL, "order"), CHECK),),
    "check_order.cancel_order": (on(taps(OrderButton, OrderVerb.CANCEL_NOW, "order"), CHECK),),
    "check_order.restore_order": (on(taps(OrderButton, OrderVerb.RESTORE, "cancelled"), CHECK),),
    "check_order.ask_about_forgetting": (on(taps(OrderButton, OrderVerb.FORGET, "cancelled"), OWNER),),
    "check_order.forget_order": (on(taps(OrderButton, OrderVerb.FORGET_NOW, "cancelled"), OWNER),),
    "check_order.begin_edit": (on(taps(OrderButton, OrderVerb.EDIT, "order"), CHECK),),
    "check_order.correct_by_reply": (on(says("电话 13800001000", card=(_ORDER, "order")), CHECK),),
    "check_order.type_address": (on(says("电话 13800001000", draft=DraftKind.EDIT_ADDRESS), CHECK),),
    "check_order.take_suggestions": (
        on(taps_draft(AddressButton, AddressVerb.CORRECT, DraftKind.EDIT_ADDRESS), CHECK),
    ),
    "check_order.save_edit": (on(taps_draft(AddressButton, AddressVerb.SAVE, DraftKind.EDIT_ADDRESS), CHECK),),
    "check_order.drop_edit": (on(taps_draft(AddressButton, AddressVerb.DROP, DraftKind.EDIT_ADDRESS), CHECK),),
    # Parcels
    "ship_lines.ship_several": (on(says(f"{{number 4}} {_NUMBER}\n{{number 4}} {_NUMBER}"), SHIP, reports=True),),
    "ship_lines.ship_one": (on(says(f"{{number 4}} {_NUMBER}"), SHIP),),
    "enter_tracking.ship_by_reply": (on(says(_NUMBER, card=(_ORDER, "confirmed")), SHIP),),
    "enter_tracking.correct_by_reply": (on(says(_NUMBER, card=(_PARCEL, "parcel")), SHIP),),
    "enter_tracking.type_number": (on(says(_NUMBER, draft=DraftKind.TRACKING), SHIP),),
    "enter_tracking.ask_for_number": (on(taps(ShipButton, ShipVerb.BEGIN, "confirmed"), SHIP),),
    "enter_tracking.stop_asking": (on(taps(ShipButton, ShipVerb.STOP, "confirmed"), SHIP),),
    "enter_tracking.choose_carrier": (on(taps(ShipButton, ShipVerb.CARRIER, "confirmed", "sf"), SHIP),),
    "enter_tracking.ship_chosen": (on(taps(ShipButton, ShipVerb.CHOSEN, "confirmed", _NUMBER), SHIP),),
    "enter_tracking.ask_for_right_number": (on(taps(ParcelButton, ParcelVerb.CORRECT, "parcel"), SHIP),),
    "enter_tracking.leave_as_it_is": (on(taps(ParcelButton, ParcelVerb.STOP, "parcel"), SHIP),),
    "enter_tracking.choose_right_carrier": (on(taps(ParcelButton, ParcelVerb.CARRIER, "parcel", "sf"), SHIP),),
    "enter_tracking.call_back": (on(taps(ParcelButton, ParcelVerb.CALL_BACK, "parcel"), SHIP),),
    "parcels.list_parcels": (at_home(says("/parcels"), SHIP),),
    "parcels.list_due": (at_home(says("/due"), SHIP),),
    "parcels.turn_parcels": (at_home(taps(ParcelsButton, ParcelsVerb.TURN, arg="all-1"), SHIP),),
    "parcels.turn_due": (at_home(taps(DueButton, DueVerb.TURN, arg="1"), SHIP),),
    "parcels.open_parcel": (on(taps(ParcelButton, ParcelVerb.OPEN, "parcel"), CHECK),),
    "parcels.ask_about_mistake": (on(taps(ParcelButton, ParcelVerb.MISTAKE, "parcel"), SHIP),),
    # Products and stock
    "products.list_products": (at_home(says("/products"), GOODS),),
    "products.turn_page": (at_home(taps(ProductsButton, ProductsVerb.PAGE, arg="page-1"), GOODS),),
    "products.close_list": (at_home(taps(ProductsButton, ProductsVerb.CLOSE), GOODS),),
    "products.open_product": (on(taps(ProductButton, ProductVerb.OPEN, "product"), GOODS),),
    "products.close_product": (at_home(taps(ProductButton, ProductVerb.CLOSE, "product"), GOODS),),
    "products.pause": (on(taps(ProductButton, ProductVerb.PAUSE, "product"), GOODS),),
    "products.resume": (on(taps(ProductButton, ProductVerb.RESUME, "paused"), GOODS),),
    "products.ask_before_retiring": (on(taps(ProductButton, ProductVerb.RETIRE, "product"), GOODS),),
    "products.retire": (on(taps(ProductButton, ProductVerb.RETIRE_NOW, "product"), GOODS),),
    "products.show_photos": (on(taps(ProductButton, ProductVerb.PHOTOS, "product"), GOODS),),
    "add_product.begin": (at_home(says("/newproduct"), GOODS),),
    "add_product.add_photo": (on(sends_photo(draft=DraftKind.PRODUCT), GOODS),),
    "add_product.refuse_file": (on(sends_file("a.jpg", "image/jpeg", draft=DraftKind.PRODUCT), GOODS),),
    "add_product.refuse_voice": (on(sends(voice=_VOICE, draft=DraftKind.PRODUCT), NOBODY),),
    "add_product.refuse_other_content": (on(sends(location=_PLACE, draft=DraftKind.PRODUCT), NOBODY),),
    "add_product.hear_answer": (on(says("699", draft=DraftKind.PRODUCT), GOODS),),
    "add_product.begin_new": (at_home(taps(ProductDraftButton, DraftVerb.NEW), GOODS),),
    "add_product.choose": (on(taps_draft(ProductDraftButton, DraftVerb.SAY, DraftKind.PRODUCT, "699"), GOODS),),
    "add_product.skip": (on(taps_draft(ProductDraftButton, DraftVerb.SKIP, DraftKind.PRODUCT), GOODS),),
    "add_product.go_back": (on(taps_draft(ProductDraftButton, DraftVerb.BACK, DraftKind.PRODUCT), GOODS),),
    "add_product.choose_what_to_change": (
        on(taps_draft(ProductDraftButton, DraftVerb.EDIT, DraftKind.PRODUCT), GOODS),
    ),
    "add_product.ask_again": (on(taps_draft(ProductDraftButton, DraftVerb.ASK, DraftKind.PRODUCT, "brand"), GOODS),),
    "add_product.remove_photo": (on(taps_draft(ProductDraftButton, DraftVerb.REMOVE_PHOTO, DraftKind.PRODUCT), GOODS),),
    "add_product.take_chart_as_photo": (
        on(taps_draft(ProductDraftButton, DraftVerb.CHART_IS_PHOTO, DraftKind.PRODUCT), GOODS),
    ),
    "add_product.publish": (on(taps_draft(ProductDraftButton, DraftVerb.PUBLISH, COMPLETE), GOODS),),
    "add_product.ask_what_becomes_of_it": (
        on(taps_draft(ProductDraftButton, DraftVerb.LEAVE, DraftKind.PRODUCT), GOODS),
    ),
    "add_product.keep_for_later": (on(taps_draft(ProductDraftButton, DraftVerb.KEEP, DraftKind.PRODUCT), GOODS),),
    "add_product.throw_away": (on(taps_draft(ProductDraftButton, DraftVerb.THROW_AWAY, DraftKind.PRODUCT), GOODS),),
    "add_product.go_on": (on(taps_draft(ProductDraftButton, DraftVerb.GO_ON, DraftKind.PRODUCT), GOODS),),
    "add_product.begin_with_line": (at_home(says(_LINE), GOODS),),
    "add_product.begin_with_photo": (at_home(sends_photo(_LINE), GOODS),),
    "stock.change_by_reply": (on(says("42 +5", card=(_PRODUCT, "product")), GOODS),),
    "stock.tell_what_is_left": (at_home(says("还剩几双 Runner?"), STAFF),),
    "stock.change_by_line": (at_home(says("Runner {mark} 黑红 42 +10"), GOODS),),
    "stock.type_pieces": (on(says("5", draft=DraftKind.RESTOCK), GOODS),),
    "stock.open_shelf": (on(taps(ProductButton, ProductVerb.SHELF, "product", "1"), GOODS),),
    "stock.open_variant": (on(taps(ProductButton, ProductVerb.VARIANT, "product", "{variant}"), GOODS),),
    "stock.change_by_tap": (on(taps(ProductButton, ProductVerb.ADD, "product", "{variant}_10"), GOODS),),
    # Whatever nobody else understood
    "fallback.explain_commands": (at_home(says("/unheard"), NOT_BUYERS),),
    "fallback.explain_words": (at_home(says("嗯嗯"), STAFF),),
    "fallback.ask_for_writing": (at_home(sends(voice=_VOICE), NOT_BUYERS),),
    "fallback.smile_back": (at_home(sends(dice=_DICE), NOT_BUYERS),),
    "fallback.ask_for_address": (at_home(sends(location=_PLACE), NOT_BUYERS),),
    "fallback.explain_files": (at_home(sends_file("a.mp4", "video/mp4"), STAFF),),
    "fallback.notice_edit": (
        at_home(sends(text="改一下", kind="edited_message", draft=DraftKind.PRODUCT), STAFF, quiet=True),
    ),
    "fallback.explain_button": (at_home(taps(HomeButton, "unheard"), ANYBODY),),
    "fallback.notice_absence": (
        at_home(sends(date=1, old_chat_member=_WAS, new_chat_member=_LEFT, kind="my_chat_member"), ANYBODY),
    ),
    "groups.point_to_private_chat": (at_home(sends(text="/start", in_chat=GROUP), ANYBODY),),
}
