"""The words of a briefing in both languages; quotes keep their own."""

from __future__ import annotations

from assistant.types import Language

_WORDS = {
    "title": {"zh": "會前準備資料", "en": "Meeting briefing"},
    "title_of": {"zh": "{meeting} 會前準備資料", "en": "Briefing for {meeting}"},
    "meeting": {"zh": "會議：{meeting}", "en": "Meeting: {meeting}"},
    "date": {"zh": "日期：{day}", "en": "Date: {day}"},
    "as_of": {"zh": "資料截至：{day}", "en": "Reports up to: {day}"},
    "contents": {"zh": "目次", "en": "Contents"},
    "prepared_from": {
        "zh": "依據 {n} 份出國報告彙編：",
        "en": "Prepared from {n} trip reports:",
    },
    "prepared_from_one": {"zh": "依據 1 份出國報告彙編：", "en": "Prepared from 1 trip report:"},
    "made_by": {
        "zh": "本文由 Attaché 自出國報告摘錄彙編。引文均為報告原文，一字未改，註號對應出處。灰色或斜體的文字"
        "是 Attaché 的說明，不是報告內容。",
        "en": "Compiled by Attaché from trip reports. Quotes are the reports' own words, unchanged; each "
        "mark leads to its source. Words in grey or italics are Attaché's own and stand in no report.",
    },
    "summary": {"zh": "摘要", "en": "Summary"},
    "topics": {"zh": "各議題", "en": "Topics"},
    "answer": {"zh": "重點", "en": "In brief"},
    "positions": {"zh": "各經濟體立場", "en": "Positions by economy"},
    "timeline": {"zh": "歷次討論", "en": "Timeline"},
    "own": {"zh": "我方發言", "en": "Our own statements"},
    "views": {"zh": "報告作者意見", "en": "Views of the reports' authors"},
    "views_note": {
        "zh": "以下出自報告的心得與建議，是撰寫人的意見，不是會議紀錄。",
        "en": "From the reports' reflections and recommendations: opinions of their authors, "
        "not records of a meeting.",
    },
    "ledger": {"zh": "後續事項追蹤", "en": "Follow-up ledger"},
    "people": {"zh": "曾接觸人員", "en": "People met"},
    "terms": {"zh": "名詞與縮寫", "en": "Terms and abbreviations"},
    "sources": {"zh": "引用出處", "en": "Sources"},
    "economy": {"zh": "經濟體", "en": "Economy"},
    "when": {"zh": "時間與報告", "en": "When, and who reports"},
    "said": {"zh": "報告所載", "en": "What the report says"},
    "changed": {"zh": "變化", "en": "What changed"},
    "first": {"zh": "首次提及", "en": "First raised"},
    "last": {"zh": "最近一次", "en": "Last said"},
    "again": {"zh": "續談", "en": "Taken up again"},
    "only": {"zh": "僅此一次", "en": "Raised once"},
    "new_economies": {"zh": "新見：{names}", "en": "Newly named: {names}"},
    "still_economies": {"zh": "仍見：{names}", "en": "Still named: {names}"},
    "new_options": {"zh": "新方案：{names}", "en": "New options: {names}"},
    "high": {"zh": "明載", "en": "stated"},
    "medium": {"zh": "依上文", "en": "from context"},
    "low": {"zh": "他方提及", "en": "told by others"},
    "sure_note": {
        "zh": "確度：明載，引文明指該經濟體；依上文，前句指明發言者；他方提及，係他方談及該經濟體。空白表示報告中"
        "未見。",
        "en": "Sureness: stated, the quote names the economy as acting or speaking; from context, the "
        "sentence before names the speaker; told by others, somebody else speaks of it. Empty where "
        "the reports say nothing.",
    },
    "support": {"zh": "支持", "en": "supports"},
    "oppose": {"zh": "反對", "en": "opposes"},
    "doubt": {"zh": "疑慮", "en": "doubts"},
    "concern": {"zh": "關切", "en": "concerned"},
    "propose": {"zh": "建議／要求", "en": "proposes / asks"},
    "item": {"zh": "事項", "en": "Item"},
    "follow-up": {"zh": "後續辦理", "en": "Follow-up"},
    "recommendation": {"zh": "建議", "en": "Recommendation"},
    "report": {"zh": "報告", "en": "Report"},
    "office": {"zh": "承辦單位", "en": "Office"},
    "undertaking": {"zh": "會中承諾或請求", "en": "Said or asked in the meeting"},
    "listed_in": {"zh": "類別與報告", "en": "Kind and report"},
    "later": {"zh": "較晚報告所載", "en": "What a later report says"},
    "all_open": {"zh": "未見後續（{n} 項）", "en": "Open ({n})"},
    "all_latest": {"zh": "最近一次會議所列（{n} 項）", "en": "Of the latest meetings ({n})"},
    "all_possible": {
        "zh": "可能已有後續，請判斷（{n} 項）",
        "en": "Possibly taken up; please judge ({n})",
    },
    "all_taken-up": {"zh": "已有後續（{n} 項）", "en": "Taken up ({n})"},
    "n_open": {"zh": "未見後續 {n} 項", "en": "{n} open"},
    "n_latest": {"zh": "最近一次會議所列 {n} 項", "en": "{n} of the latest meetings"},
    "n_possible": {"zh": "可能已有後續 {n} 項", "en": "{n} possibly taken up"},
    "n_taken-up": {"zh": "已有後續 {n} 項", "en": "{n} taken up"},
    "ledger_note": {
        "zh": "依報告逐項列出，未結者在前，由舊至新。「未見後續」表示較晚的報告中找不到接續的段落，不代表未辦理；"
        "「最近一次會議所列」表示尚無較晚的報告可查。",
        "en": "Every item of the reports, open ones first, oldest first. “Open” means that no later "
        "report searched comes back to it, not that nothing was done; of the latest meetings there "
        "is no later report yet.",
    },
    "no_actions": {"zh": "報告中沒有後續事項。", "en": "The reports name no follow-up."},
    "counted": {"zh": "後續事項 {n} 項：{states}。", "en": "{n} follow-up items: {states}."},
    "name": {"zh": "姓名", "en": "Name"},
    "post": {"zh": "職稱", "en": "Office"},
    "term": {"zh": "縮寫", "en": "Abbreviation"},
    "full": {"zh": "全稱", "en": "Full name"},
    "nothing": {
        "zh": "所查 {n} 份報告均未提及此議題。",
        "en": "None of the {n} reports searched tells of this topic.",
    },
    "other_topics": {
        "zh": "本頁取答案最明確者；其他議題見貳：{names}。",
        "en": "This page has the surest answers; the other topics stand in part 2: {names}.",
    },
    "no_years": {
        "zh": "{years} 年無報告。",
        "en": "No report covers {years}.",
    },
    "confidence": {"zh": "答案信心 {n}", "en": "Confidence of the answer: {n}"},
    "untitled": {"zh": "（無標題）{file}", "en": "(untitled) {file}"},
    "page": {"zh": "第 {n} 頁", "en": "p. {n}"},
    "report_n": {"zh": "報告 {n}", "en": "Report {n}"},
    "undated": {"zh": "日期不詳", "en": "undated"},
    "edited": {"zh": "（經人工修改）", "en": "(edited by hand)"},
    "author": {"zh": "（作者意見）", "en": "(author's view)"},
}


def words(name: str, language: Language, **values: object) -> str:
    """Give the words for ``name`` in a language."""
    return _WORDS[name][language.value].format(**values)
