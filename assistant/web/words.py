"""Words of the interface, each in both languages; a word that lacks one cannot be written."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Language
from corpus.types import Role


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of the interface in Traditional Chinese, as Taiwan writes it, and in English."""

    zh: str
    en: str

    def of(self, language: Language, **values: object) -> str:
        """Give it in one language, with its ``{names}`` filled in."""
        words = self.zh if language is Language.ZH else self.en
        return words.format(**values) if values else words


TAGLINE = Words(
    "向出國報告提問，每個答案都附可查證的原文",
    "Ask the trip reports; every answer shows the passage that proves it",
)
ASK_TAB = Words("提問", "Ask")
SKIP = Words("跳到提問欄", "Skip to the question box")
OTHER_LANGUAGE = Words("English", "中文")
READ_IN_OTHER = Words("Switch to English", "切換為中文")
LOG_OUT = Words("登出", "Log out")
THEME = Words("切換深色或淺色", "Switch between dark and light")

# Read out to those who do not see the page; Gradio has no words of its own for them.
GRADIO_LACKS = {
    "complete": Words("完成", "Done"),
    "progress": Words("進度", "Progress"),
    "download_all": Words("全部下載", "Download all"),
}

# Asking
QUESTION = Words("問題", "Question")
PLACEHOLDER = Words("用中文或英文提問…", "Ask in English or Chinese…")
SEND = Words("提問", "Ask")
STOP = Words("停止", "Stop")
PENDING = Words("正在查閱報告…", "Reading the reports…")
STOPPED = Words("已停止，沒有作答。", "Stopped before an answer.")
WELCOME = Words("想從報告中知道什麼？", "What would you like to know from the reports?")
WELCOME_MORE = Words(
    "答案逐句引自報告原文。移到引註上可預覽段落，點選則在旁邊開啟全節對照。",
    "Answers quote the reports. Point at a citation to see its passage; click it to open the "
    "section beside the chat.",
)
HOLDINGS = Words(
    "目前收錄 {reports} 份報告，{passages} 個段落。",
    "Reports: {reports} · passages: {passages}",
)
TALK = Words("問答", "Questions and answers")
ANSWER_READY = Words("已回答，引註 {n} 則", "Answered, with {n} citations")
NO_ANSWER = Words("報告中沒有答案", "The reports do not say")
COPY = Words("複製", "Copy")
COPY_MORE = Words("複製答案與引註（純文字）", "Copy the answer with its citations as plain text")
COPIED = Words("已複製", "Copied")
SHARE = Words("分享連結", "Link")
SHARE_MORE = Words("複製此問題與篩選條件的連結", "Copy a link to this question with its filters")
MORE = Words("更多", "Show more")
MORE_TITLE = Words("列出更多相關段落", "Show further passages on this question")
RETRY = Words("重新回答", "Ask again")
WRONG = Words("答案有誤", "Not right")
WRONG_MORE = Words(
    "這個答案不對？告訴我們應該引用哪段文字", "Tell us which passage should have been found"
)
EXPECTED = Words(
    "應該找到的段落（可貼上原文或寫出處）",
    "The passage that should have been found (paste it, or say where it stands)",
)
SEND_FEEDBACK = Words("送出", "Send")
CANCEL = Words("取消", "Cancel")
FEEDBACK_EMPTY = Words("請先填寫應該找到的段落。", "Please say which passage was expected.")
UNDERSTOOD = Words("理解為", "Understood as")
UNSTATE = Words("取消「{name}」並重新回答", "Take off “{name}” and ask again")
ASKED_WITH = Words("篩選：{names}", "Filters: {names}")
CITATION = Words("引註 {n}：{place}", "Citation {n}: {place}")

# Conversations
CONVERSATIONS = Words("對話紀錄", "Conversations")
NEW = Words("新對話", "New chat")
NO_CONVERSATIONS = Words("問過的問題會留在這個瀏覽器。", "Past questions stay in this browser.")
DELETE = Words("刪除對話「{name}」", "Delete the conversation “{name}”")
SIDE = Words("紀錄與篩選", "History and filters")
CLOSE = Words("關閉", "Close")

# Filters
FILTERS = Words("篩選", "Filters")
FILTERS_MORE = Words(
    "用於之後的問題；數字為報告數 · 段落數",
    "For the next questions; counts are reports · passages",
)
YEARS = Words("會議年份", "Year")
FROM_YEAR = Words("從", "from")
TO_YEAR = Words("至", "to")
ALL_YEARS = Words("不限", "any")
UNTIL = Words("{since} 至 {until}", "{since} to {until}")
COUNTED = Words("{reports} 份報告，{passages} 個段落", "{reports} reports, {passages} passages")
CLEAR_FILTERS = Words("清除全部篩選", "Clear all filters")
REMOVE_FILTER = Words("移除篩選「{name}」", "Remove the filter “{name}”")
FACETS = {
    "groups": Words("會議小組", "Meeting group"),
    "agencies": Words("服務機關", "Agency"),
    "economies": Words("經濟體", "Economy"),
    "roles": Words("段落性質", "Role of passage"),
    "reports": Words("報告", "Report"),
}
ROLES = {
    Role.COVER: Words("封面", "cover"),
    Role.CONTENTS: Words("目次", "contents"),
    Role.SUMMARY: Words("摘要", "summary"),
    Role.PURPOSE: Words("目的", "purpose"),
    Role.PROCEEDINGS: Words("會議過程", "proceedings"),
    Role.AGENDA: Words("議程", "agenda"),
    Role.DECISIONS: Words("決議", "decisions"),
    Role.FOLLOW_UP: Words("後續辦理", "follow-up"),
    Role.OPINION: Words("心得與建議", "opinion"),
    Role.ANNEX: Words("附件", "annex"),
    Role.CAPTION: Words("照片說明", "photo caption"),
}
ROLES_MEAN = {
    Role.OPINION: Words("報告作者的意見", "the author's view, not a fact of the meeting"),
    Role.AGENDA: Words("預定議程，不代表實際發言", "what was planned, not what was said"),
    Role.DECISIONS: Words("會議決議", "what the meeting decided"),
    Role.FOLLOW_UP: Words("預定後續辦理的事項", "what is to be done afterwards"),
}
FACT = Words("會議事實", "fact of the meeting")

# The source
SOURCE = Words("報告原文", "Source")
OUTLINE = Words("大綱", "Outline")
SHOW_OUTLINE = Words("顯示或隱藏大綱", "Show or hide the outline")
TEXT_VIEW = Words("文字", "Text")
PAGE_VIEW = Words("頁面影像", "Page")
PREVIOUS_SECTION = Words("上一節", "Previous section")
NEXT_SECTION = Words("下一節", "Next section")
PREVIOUS_PAGE = Words("上一頁", "Previous page")
NEXT_PAGE = Words("下一頁", "Next page")
TO_QUOTE = Words("回到引文", "Back to the quote")
COPY_LINK = Words("複製連結", "Copy link")
PAGE_OF = Words("《{title}》第 {n} 頁的影像", "Picture of page {n} of “{title}”")
NOT_MARKED = Words(
    "這一頁的文字無法定位，因此未能標示引文。",
    "The text of this page could not be located, so the quote is not marked.",
)
NOT_ON_PAGE = Words("引文不在這一頁。", "The quote is not on this page.")
FILE_GONE = Words(
    "找不到原始檔案 {name}，無法顯示頁面影像；仍可查閱文字。",
    "The file {name} is no longer where it was read, so its pages cannot be shown; the text can.",
)
FILE_CHANGED = Words(
    "原始檔案 {name} 在讀取後已變更，頁面影像可能與文字不符，因此不顯示。",
    "The file {name} has changed since it was read, so its pages are not shown.",
)
REPORT_GONE = Words(
    "這份報告已移除或更新，以下是作答時引用的段落。",
    "This report was removed or replaced; this is the passage as it was quoted.",
)
REPORT_REMOVED = Words(
    "這份報告已移除或更新，不再用於作答；以下是作答時的內容。",
    "This report was removed or replaced and is no longer searched; this is how it was then.",
)
REPORT_UNKNOWN = Words(
    "沒有這份報告；可能已移除或更新。",
    "There is no such report; it may have been removed or replaced.",
)
PLACE_UNKNOWN = Words(
    "這個連結指向的位置不存在。", "The place that this link points to does not exist."
)

# Why this passage
WHY = Words("為何找到這段", "Why this passage")
FOR_QUESTION = Words("問題", "Question")
MATCHED = Words("相符的字詞", "Words that matched")
TRANSLATED = Words("譯詞或別名", "Translations and other names")
NO_MATCHES = Words("沒有相同的字詞；依語意找到。", "No word in common; found by its meaning.")
RANKS = Words("排名", "Rank")
BY_WORDS = Words("字詞", "by words")
BY_MEANING = Words("語意", "by meaning")
TOGETHER = Words("合併後", "together")
RANK = Words("第 {n}", "{n}")
UNRANKED = Words("未入前 {n}", "not in the first {n}")
SPEAKER = Words("發言者", "Speaker")
ROLE = Words("性質", "Role")
DATED = Words("日期", "Date")
