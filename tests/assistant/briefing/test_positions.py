"""Who says, chooses and does what in a sentence."""

import pytest

from assistant.assistant import Assistant
from assistant.briefing.clauses import clauses, named, titles_in, told_of_others
from assistant.briefing.positions import options_in, stance_of
from assistant.briefing.prepare import Request, prepare
from assistant.briefing.types import Sure


def subjects(sentence: str) -> set[str]:
    parts = clauses(sentence, 0, len(sentence))
    return {n.code for n in named(sentence, parts) if n.is_subject}


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("日本對發行虛擬卡仍持疑慮。", "JP"),
        ("我方、美方及巴布亞紐幾內亞傾向甲案，其餘會員體則未明確表態。", "TW US PG"),
        ("傾向甲案者為我方、美方及巴布亞紐幾內亞。", "TW US PG"),
        ("選項 A：中華臺北、美國。", "TW US"),
        ("目前我國尚未推行虛擬卡，緣於資訊安全考量。", "TW"),
        ("至於其他會員體(泰國、越南、墨西哥)均表示將更新。", "TH VN MX"),
        ("各會員體關切俄羅斯之審核速度。", ""),
        ("泰國之提案未獲共識。", ""),
    ],
)
def test_subject_of_a_clause_is_found(sentence: str, codes: str) -> None:
    assert subjects(sentence) == set(codes.split())


def test_brackets_and_quotations_part_no_clause() -> None:
    sentence = "美國提出「甲案，乙案」（任期，2 年），主席同意。"
    parts = clauses(sentence, 0, len(sentence))
    assert [sentence[p.start : p.end] for p in parts] == [
        "美國提出「甲案，乙案」（任期，2 年）",
        "主席同意",
    ]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("日本提出資訊安全之疑慮", "doubt"),
        ("俄方提出異議", "oppose"),
        ("菲律賓表達支持", "support"),
        ("我方關切審核延宕", "concern"),
        ("紐西蘭建議擴增資訊", "propose"),
        ("澳洲報告最新情形", ""),
        ("各國審核 ABTC 申請案", ""),
        ("我方將注意兩項倡議案，即「支持措施」", ""),
    ],
)
def test_stance_is_read_from_its_word(text: str, stance: str) -> None:
    assert stance_of(text) == stance


def test_titles_of_proposals_are_found() -> None:
    sentence = "賡續密注美國倡議「修改 BMG 章程」及泰國所提「包容性聲明」案，與「正體中文」版本。"
    titles = titles_in(sentence, 0, len(sentence))
    assert [sentence[t.start : t.end] for t in titles] == ["修改 BMG 章程", "包容性聲明"]


def test_who_is_absent_or_proposes_something_else_is_told_of_in_passing() -> None:
    sentence = "除墨西哥未與會外，美國倡議「修改章程」，泰國倡議「包容性聲明」，日本支持。"
    titles = titles_in(sentence, 0, len(sentence))
    parts = clauses(sentence, 0, len(sentence))
    assert told_of_others(sentence, 0, len(sentence), parts, titles[1:]) == {"MX", "TH"}


def test_options_are_read_in_their_forms() -> None:
    assert options_in("甲案、選項 B、方案二與 Option C，另甲案") == (
        "甲案",
        "選項 B",
        "方案二",
        "Option C",
    )


def test_matrix_of_reports_never_seen_before(small: Assistant) -> None:
    (topic,) = prepare(small, Request(("電子封條試辦計畫",))).topics
    stances = {(p.economy, p.quote.source.day.year): p.stance for p in topic.positions}
    assert stances[("JP", 2020)] == "support"
    assert stances[("PE", 2020)] == "doubt"
    assert {c.option: set(c.economies) for c in topic.choices} == {
        "方案一": {"JP", "KR", "TW"},
        "方案二": {"PE", "CL"},
    }
    chosen = [p for p in topic.positions if p.options]
    assert all(p.sure is Sure.HIGH for p in chosen)
    earlier, later = topic.timeline
    assert set(earlier.economies) == {"JP", "PE"}
    assert set(later.economies) == {"JP", "PE", "KR", "CL"}
    assert (earlier.options, later.options) == ((), ("方案一", "方案二"))
