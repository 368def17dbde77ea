import pytest

from index.glossary import Entry, Synonyms, merged, mine


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        (
            "「商務人士移動小組」(Business Mobility Group, BMG)會議",
            ("BMG", "Business Mobility Group", "商務人士移動小組"),
        ),
        (
            "商務人士移動小組（Business Mobility Group，BMG）",
            ("BMG", "Business Mobility Group", "商務人士移動小組"),
        ),
        ("出席「安全旅行任務小組」（SPTF）", ("SPTF", "安全旅行任務小組")),
        ("the Business Mobility Group (BMG) met", ("BMG", "Business Mobility Group")),
        ("BMG (Business Mobility Group)", ("BMG", "Business Mobility Group")),
        ("ABTC（商務旅行卡）", ("ABTC", "商務旅行卡")),
        ("世界衛生組織(World Health Organisation, 簡稱 WHO)", None),
    ],
)
def test_definitions_are_read_in_both_bracket_styles_and_orders(
    text: str, forms: tuple[str, ...] | None
) -> None:
    expected = forms or ("WHO", "World Health Organisation", "世界衛生組織")
    (entry,) = mine(text)
    assert entry.forms == expected


def test_an_entry_keeps_the_span_it_was_read_from() -> None:
    text = "出席「安全旅行任務小組」(SPTF)會議"
    (entry,) = mine(text)
    assert (
        text[entry.start : entry.end] == "SPTF)"
        or "安全旅行任務小組" in text[entry.start : entry.end]
    )


@pytest.mark.parametrize(
    "text",
    [
        "會議(8 月 20 日)",
        "發卡(共 3,000 張)",
        "我方（見附件）等",
        "出席(2022)",
        "the map (see below)",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert mine(text) == ()


def test_a_chinese_name_begins_where_most_different_words_stand_before_it() -> None:
    text = (
        "我國出席商務人士移動小組會議。本屆商務人士移動小組由澳洲召集。"
        "由商務人士移動小組(BMG)決定。商務人士移動小組的會員"
    )
    (entry,) = mine(text)
    assert entry.forms == ("BMG", "商務人士移動小組")


def test_entries_that_share_a_name_are_joined_and_generic_names_dropped() -> None:
    entries = [
        Entry(("BMG", "商務人士移動小組"), 0, 1),
        Entry(("BMG", "Business Mobility Group"), 0, 1),
        Entry(("Business Mobility Group", "商務移動小組"), 0, 1),
        Entry(("BMG", "工作小組"), 0, 1),
        Entry(("HWG", "衛生工作小組"), 0, 1),
        Entry(("HWG", "工作小組"), 0, 1),
        Entry(("HWG", "結合衛生工作小組"), 0, 1),
    ]
    assert merged(entries) == (
        Synonyms(("BMG", "Business Mobility Group", "商務人士移動小組", "商務移動小組")),
        Synonyms(("HWG", "衛生工作小組")),
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("COVID-19 係嚴重特殊傳染性肺炎(COVID-19)。", "嚴重特殊傳染性肺炎"),
        (
            "會議主要成果為亞太自由貿易區(Free Trade Area of the Asia-Pacific, FTAAP)。",
            "亞太自由貿易區",
        ),
        ("，例如徵收增值稅(Value-Added Tax, VAT)等。", "增值稅"),
    ],
)
def test_what_is_said_of_a_name_is_no_part_of_it(text: str, name: str) -> None:
    (entry,) = mine(text)
    assert name in entry.forms
