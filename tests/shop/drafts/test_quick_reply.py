"""Writing a canned answer: one message or two, a new one or part of an old one."""

from shop.drafts.quick_reply import QuickReplyDraft, QuickReplyGap


def test_the_title_is_asked_first_and_then_the_text() -> None:
    draft = QuickReplyDraft()
    assert draft.first_gap() is QuickReplyGap.TITLE
    draft = draft.with_words("感谢")
    assert draft.first_gap() is QuickReplyGap.TEXT
    draft = draft.with_words("谢谢您\n欢迎再来")
    assert (draft.title, draft.text, draft.first_gap()) == ("感谢", "谢谢您\n欢迎再来", None)


def test_one_message_may_hold_both() -> None:
    draft = QuickReplyDraft().with_words("感谢\n\n谢谢您光临{店铺}\n欢迎再来")
    assert (draft.title, draft.text) == ("感谢", "谢谢您光临{店铺}\n欢迎再来")


def test_a_new_title_keeps_the_old_text() -> None:
    draft = QuickReplyDraft(text="谢谢您")
    assert draft.first_gap() is QuickReplyGap.TITLE
    assert draft.with_words("多谢\n老板") == QuickReplyDraft(title="多谢\n老板", text="谢谢您")


def test_a_new_text_keeps_the_old_title() -> None:
    assert QuickReplyDraft(title="感谢").with_words("谢谢") == QuickReplyDraft(title="感谢", text="谢谢")


def test_a_finished_one_takes_no_more_words() -> None:
    done = QuickReplyDraft(title="感谢", text="谢谢")
    assert done.with_words("别的") is done
