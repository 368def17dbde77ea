"""Why something was refused, in the page's language. What our errors say is written in English."""

from __future__ import annotations

import re

from assistant.types import Language

_IN_CHINESE = (
    (r"a file of type (\S+), expected one of (.+?);", "不支援 {0} 檔；可用的格式為 {1}。"),
    (r"a file of type (\S+)", "不支援 {0} 檔。"),
    (
        r"a file of ([\d,]+) MB, expected at most ([\d,]+) MB",
        "檔案有 {0} MB，上限為 {1} MB；請分成數份。",
    ),
    (r"an empty file|only white space", "檔案是空的；請確認內容後再上傳。"),
    (r"password", "檔案設有密碼；請取消密碼、另存後再上傳。"),
    (
        r"pictures? (?:of text|without text|that could not)|is a picture",
        "檔案中有無法辨識文字的圖片頁；請安裝 Tesseract 或提供有文字的檔案。",
    ),
    (r"no text|pages without text|page without text", "檔案中找不到文字。"),
    (r"no PDF heading", "這不是 PDF 檔；請確認副檔名是否正確。"),
    (r"a ZIP archive without|no sound (?:Word|text) document", "檔案內容與副檔名不符，或已毀損。"),
    (r"binary data|in no encoding we know", "這不是文字檔，或編碼無法辨識；請存成 UTF-8。"),
    (
        r"damaged or cut-off|broken or nested|crashed on it|its parser does not expect",
        "檔案已毀損或不完整；請用原來的程式開啟並重新存檔。",
    ),
    (r"longer than (\d+) seconds", "讀取超過 {0} 秒仍未完成；請分成數份，或重新匯出。"),
    (
        r"([\d,]+) characters of text, expected a report of at most ([\d,]+)",
        "文字有 {0} 字，上限為 {1} 字；請分成數份。",
    ),
    (r"unpacks? (?:from|to)|more memory|endless nesting", "檔案展開後過大；請改存成 PDF。"),
    (r"XML entity declarations", "檔案含有不允許的 XML 宣告；請用文書軟體重新存檔。"),
    (r"another process is writing", "另一個程式正在更新索引；請稍候再試。"),
    (r"left without a report", "這是最後一份報告，不能移除。"),
    (r"its file is no longer there|found nothing there", "原檔已不存在；請重新上傳。"),
    (r"no report \w+ (?:is|was)", "這份報告已不在清單中。"),
    (r"cannot write the index", "無法寫入；請檢查磁碟空間與權限。"),
    # Questions
    (
        r"the question has ([\d,]+) characters; expected ([\d,]+)",
        "問題有 {0} 字，上限為 {1} 字；請一次問一件事。",
    ),
    (r"the index in .* cannot be opened", "報告資料無法開啟；請通知管理者。"),
    # Briefings
    (r"no topic is given", "請至少填寫一個議題，例如「ABTC 審核延宕」。"),
    (r"(\d+) topics are given; expected (\d+)", "議題有 {0} 個，上限為 {1} 個。"),
    (r"none of the (\d+) reports passes", "{0} 份報告都不符合篩選條件；請放寬條件。"),
    (r"the meeting is ''", "請填寫會議的小組與年份，例如「BMG, SOM 3 2023」。"),
    (
        r"the meeting is '?(.*?)'?; expected a group",
        "看不出「{0}」是哪場會議；請填寫小組與年份，例如「BMG, SOM 3 2023」。",
    ),
    (
        r"no report of (\S+) before (.+?); the reports are of (.+)",
        "沒有更早的 {0} 會議報告；現有報告的小組：{2}。",
    ),
    (r"'?(.+?)'? is no day", "「{0}」不是日期；請填寫如 2023-08-20。"),
    (r"(?:since|until) is '(.*?)'", "「{0}」不是年份或年月；請填寫如 2022 或 2022-08。"),
    (r"(?:make the briefing|load the page) anew", "草稿已過期或毀損；請重新彙編。"),
    (r"a PDF needs a font", "伺服器沒有中文字型，無法製作 PDF；請改下載 ODT 或 Word。"),
    # Question sets
    (
        r'([^\s/]+), line (\d+), field "([^"]+)"',
        "{0} 第 {1} 行的「{2}」欄有誤；請對照說明文件中的題組格式。",
    ),
    (r"([^\s/]+), line (\d+)", "{0} 第 {1} 行不是 JSON 物件；題組檔須每行一個。"),
    (
        r"cannot read the questions in ([^\s/]+)",
        "無法讀取 {0}；題組檔須為 UTF-8，每行一個 JSON 物件。",
    ),
    (r"([^\s/]+) holds no question", "{0} 裡沒有題目；題組檔須每行一個 JSON 物件。"),
    (r'no question has "split"', "題組中沒有標示分組（split）的題目。"),
    (r"cannot write the question set", "無法存入題組；請檢查磁碟空間與權限。"),
    (r"cannot write", "無法製作檔案；請檢查磁碟空間與權限。"),
    (r"could not be stored|cannot be read", "無法儲存或讀取檔案；請檢查權限。"),
)


def refusal(reason: str, language: Language) -> str:
    """Tell what an error says; what has no words of ours yet is given as the error has it."""
    if language is Language.EN:
        return reason[:1].upper() + reason[1:]
    for pattern, words in _IN_CHINESE:
        found = re.search(pattern, reason)
        if found is not None:
            return words.format(*found.groups())
    return f"無法完成（{reason}）。"
