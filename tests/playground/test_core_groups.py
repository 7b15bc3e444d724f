"""Topics of forums, links into groups, the menu button."""

from typing import Any

import pytest

from playground.shown import shown_commands
from playground.telegram import Telegram
from tests.playground.local import FORUM, GROUP, MERCHANT, local_telegram, phone, refusal, said


@pytest.fixture
def local() -> Telegram:
    return local_telegram()


async def opened(telegram: Telegram, name: str = "订单") -> int:
    topic = await telegram.call("createForumTopic", {"chat_id": FORUM, "name": name})
    return int(topic["message_thread_id"])


async def test_a_topic_is_opened_by_a_service_message_with_its_id(local: Telegram) -> None:
    topic = await local.call("createForumTopic", {"chat_id": FORUM, "name": " 订单 ", "icon_color": 0xFFD67E})
    thread = topic["message_thread_id"]
    assert topic == {"message_thread_id": thread, "name": "订单", "icon_color": 0xFFD67E}
    assert thread > 1
    assert local.chats[FORUM].messages[thread]["forum_topic_created"]["name"] == "订单"
    (update,) = await local.call("getUpdates", {})
    assert update["message"]["message_thread_id"] == thread


async def test_messages_and_replies_stay_in_their_topic(local: Telegram) -> None:
    thread = await opened(local)
    card = await said(local, "订单 17", FORUM, message_thread_id=thread)
    assert local.chats[FORUM].messages[card]["is_topic_message"] is True
    reply = phone(local, chat_id=FORUM).say("缺货", reply_to=card)
    assert reply["message_thread_id"] == thread
    answer = await said(local, "知道了", FORUM, reply_parameters={"message_id": reply["message_id"]})
    assert local.chats[FORUM].messages[answer]["message_thread_id"] == thread


async def test_a_topic_is_renamed_closed_and_opened_again(local: Telegram) -> None:
    topic = {"chat_id": FORUM, "message_thread_id": await opened(local)}
    await local.call("editForumTopic", topic | {"name": "退货"})
    await local.call("closeForumTopic", topic)
    await local.call("reopenForumTopic", topic)
    edited, closed, again = list(local.chats[FORUM].messages.values())[-3:]
    assert edited["forum_topic_edited"] == {"name": "退货"}
    assert closed["forum_topic_closed"] == {}
    assert again["forum_topic_reopened"] == {}


async def test_what_changes_nothing_in_a_topic_is_refused(local: Telegram) -> None:
    topic = {"chat_id": FORUM, "message_thread_id": await opened(local, "订单")}
    assert await refusal(local, "editForumTopic", **topic, name="订单") == "Bad Request: TOPIC_NOT_MODIFIED"
    assert await refusal(local, "reopenForumTopic", **topic) == "Bad Request: TOPIC_NOT_MODIFIED"
    await local.call("closeForumTopic", topic)
    assert await refusal(local, "closeForumTopic", **topic) == "Bad Request: TOPIC_NOT_MODIFIED"


async def test_a_topic_is_deleted_with_all_that_was_written_in_it(local: Telegram) -> None:
    thread, other = await opened(local), await opened(local, "退货")
    card = await said(local, "订单 17", FORUM, message_thread_id=thread)
    await local.call("pinChatMessage", {"chat_id": FORUM, "message_id": card})
    await local.call("deleteForumTopic", {"chat_id": FORUM, "message_thread_id": thread})
    assert list(local.chats[FORUM].messages) == [other]
    assert local.chats[FORUM].pinned == []
    refused = await refusal(local, "sendMessage", chat_id=FORUM, text="?", message_thread_id=thread)
    assert refused == "Bad Request: message thread not found"


@pytest.mark.parametrize(
    ("method", "params", "why"),
    [
        ("createForumTopic", {"chat_id": GROUP, "name": "订单"}, "the chat is not a forum"),
        ("createForumTopic", {"chat_id": FORUM, "name": " "}, "topic name must be non-empty"),
        ("createForumTopic", {"chat_id": FORUM, "name": "订单", "icon_color": 7}, "invalid icon color specified"),
        ("closeForumTopic", {"chat_id": FORUM, "message_thread_id": 99}, "TOPIC_ID_INVALID"),
        ("deleteForumTopic", {"chat_id": FORUM}, "TOPIC_ID_INVALID"),
    ],
)
async def test_topics_are_only_in_forums(local: Telegram, method: str, params: dict[str, Any], why: str) -> None:
    assert await refusal(local, method, **params) == f"Bad Request: {why}"


async def test_each_link_into_a_group_is_another(local: Telegram) -> None:
    call = {"chat_id": GROUP, "name": "新同事", "member_limit": 1, "expire_date": local.seconds() + 60}
    one, other = await local.call("createChatInviteLink", call), await local.call("createChatInviteLink", call)
    assert one["invite_link"].startswith("https://t.me/+")
    assert one["invite_link"] != other["invite_link"]
    assert (one["name"], one["member_limit"], one["is_primary"], one["is_revoked"]) == ("新同事", 1, False, False)
    revoked = await local.call("revokeChatInviteLink", {"chat_id": GROUP, "invite_link": one["invite_link"]})
    assert revoked["is_revoked"] is True


async def test_a_group_has_one_link_of_its_own(local: Telegram) -> None:
    first = await local.call("exportChatInviteLink", {"chat_id": GROUP})
    assert (await local.call("getChat", {"chat_id": GROUP}))["invite_link"] == first
    second = await local.call("exportChatInviteLink", {"chat_id": GROUP})
    assert first != second
    assert local.chats[GROUP].invite_links[first]["is_revoked"] is True
    await local.call("revokeChatInviteLink", {"chat_id": GROUP, "invite_link": second})
    assert (await local.call("getChat", {"chat_id": GROUP}))["invite_link"] not in {first, second}


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"chat_id": MERCHANT}, "can't invite members to a private chat"),
        (
            {"chat_id": GROUP, "member_limit": 1, "creates_join_request": True},
            "member limit can't be specified for links requiring administrator approval",
        ),
        ({"chat_id": GROUP, "member_limit": 100_000}, "USAGE_LIMIT_INVALID"),
        ({"chat_id": GROUP, "expire_date": 1}, "EXPIRE_DATE_INVALID"),
    ],
)
async def test_links_that_make_no_sense_are_refused(local: Telegram, params: dict[str, Any], why: str) -> None:
    assert await refusal(local, "createChatInviteLink", **params) == f"Bad Request: {why}"


async def test_a_persons_menu_button_goes_before_the_common_one(local: Telegram) -> None:
    app = {"type": "web_app", "text": "看板", "web_app": {"url": "https://example.org/"}}
    assert await local.call("getChatMenuButton", {}) == {"type": "default"}
    await local.call("setChatMenuButton", {"menu_button": {"type": "commands"}})
    await local.call("setChatMenuButton", {"chat_id": MERCHANT, "menu_button": app})
    assert await local.call("getChatMenuButton", {"chat_id": MERCHANT}) == app
    assert shown_commands(local, MERCHANT, MERCHANT)["menu_button"] == app
    await local.call("setChatMenuButton", {"chat_id": MERCHANT})
    assert await local.call("getChatMenuButton", {"chat_id": MERCHANT}) == {"type": "commands"}


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"menu_button": {"type": "pizza"}}, "can't parse menu button: MenuButton has unsupported type"),
        ({"menu_button": {"type": "web_app"}}, 'can\'t parse menu button: Field "text" must be non-empty'),
        (
            {"menu_button": {"type": "web_app", "text": "看板", "web_app": {"url": "http://example.org/"}}},
            "menu button Web App URL 'http://example.org/' is invalid: Only HTTPS links are allowed",
        ),
        ({"chat_id": GROUP, "menu_button": {"type": "commands"}}, "chat not found"),
    ],
)
async def test_a_menu_button_that_no_phone_could_show_is_refused(
    local: Telegram, params: dict[str, Any], why: str
) -> None:
    assert await refusal(local, "setChatMenuButton", **params) == f"Bad Request: {why}"
