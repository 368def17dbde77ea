"""What an official looks for in a briefing on the three topics of the BMG meetings."""

import pytest

from assistant.assistant import Assistant
from assistant.briefing.prepare import Request, prepare
from assistant.briefing.types import Briefing, State, Sure, TopicBrief
from assistant.promises import Promise
from assistant.types import Language
from corpus.errors import AttacheError
from corpus.types import Role
from index.types import Filters

DELAYS, REFERENCE, VIRTUAL = range(3)
BOCA_2022 = ("六、相關議題後續待辦事項",)


def economies(topic: TopicBrief, year: int) -> set[str]:
    return {p.economy for p in topic.positions if p.quote.source.day.year == year}


@pytest.mark.parametrize("year", [2020, 2022])
def test_delays_are_filed_under_the_economies_that_delay(briefing: Briefing, year: int) -> None:
    assert {"RU", "PG", "VN"} <= economies(briefing.topics[DELAYS], year)


def test_what_we_say_of_others_is_not_taken_for_their_own_word(briefing: Briefing) -> None:
    told = [p for p in briefing.topics[DELAYS].positions if p.economy in ("RU", "PG", "VN")]
    assert told
    assert all(p.sure is Sure.LOW and p.stance == "" for p in told)


def test_timeline_of_the_delays_goes_from_2020_to_2022(briefing: Briefing) -> None:
    events = briefing.topics[DELAYS].timeline
    years = [event.day.year for event in events]
    assert years == sorted(years)
    assert {2020, 2022} == set(years)
    for event in events:
        told = "".join(quote.text for quote in event.quotes)
        assert all(name in told for name in ("俄羅斯", "越南", "巴布亞紐幾內亞"))


def test_each_option_has_the_economies_that_chose_it(briefing: Briefing) -> None:
    chosen = {c.option: set(c.economies) for c in briefing.topics[REFERENCE].choices}
    assert chosen == {"甲案": {"TW", "US", "PG"}, "乙案": {"CN", "ID", "JP", "MY", "RU"}}


@pytest.mark.parametrize(("option", "codes"), [("甲案", "TW US PG"), ("乙案", "CN ID JP MY RU")])
def test_option_stands_in_the_cell_of_each_economy_with_its_quote(
    briefing: Briefing, option: str, codes: str
) -> None:
    for code in codes.split():
        cells = [p for p in briefing.topics[REFERENCE].positions if p.economy == code]
        naming = [p for p in cells if p.options == (option,)]
        assert len(naming) == 1, code
        assert option in naming[0].shown
        assert naming[0].sure is Sure.HIGH


def test_japan_doubts_the_virtual_card(briefing: Briefing) -> None:
    doubts = [p for p in briefing.topics[VIRTUAL].positions if p.economy == "JP"]
    assert [p.stance for p in doubts] == ["doubt"]
    assert "資訊安全" in doubts[0].shown


def test_our_reasons_against_the_virtual_card_are_there(briefing: Briefing) -> None:
    topic = briefing.topics[VIRTUAL]
    ours = [p.shown for p in topic.positions if p.economy == "TW"]
    assert any("尚未推行虛擬卡" in shown and "個人資料保護" in shown for shown in ours)
    assert any("尚未推行虛擬卡" in quote.text for quote in topic.views)
    assert any("我方" in quote.text for quote in topic.own)


def test_ledger_holds_every_follow_up_of_the_reports(briefing: Briefing) -> None:
    found = [a for a in briefing.actions if a.kind is Promise.FOLLOW_UP]
    boca = [a for a in found if a.quote.section_path[:1] == BOCA_2022]
    assert [a.quote.section_path[-1][:3] for a in boca] == [f"({n})" for n in "一二三四五六"]
    star = [a for a in found if a.quote.source.day.year == 2014]
    assert len(star) == 6
    nia = [a for a in found if a.quote.section_path[-1].startswith("六、後續辦理事項")]
    assert len(nia) == 2
    sccp = [a for a in found if "SCCP" in a.quote.source.groups]
    assert len(sccp) == 5


def test_ledger_names_the_offices(briefing: Briefing) -> None:
    offices = {office for action in briefing.actions for office in action.offices}
    assert {"財政部關務署", "原能會", "外交部國組司", "衛福部"} <= offices


def test_ledger_has_the_open_first_and_the_oldest_first(briefing: Briefing) -> None:
    states = list(State)
    order = [(states.index(a.state), a.quote.source.day) for a in briefing.actions]
    assert order == sorted(order)
    assert states[0] is State.OPEN


def test_ledger_finds_what_later_reports_take_up(briefing: Briefing) -> None:
    earlier = [a for a in briefing.actions if a.quote.source.day.year == 2020]
    taken = {a.state: "".join(b.later.text for b in earlier if b.state is a.state and b.later)
             for a in earlier}  # fmt: skip
    assert all(name in taken[State.TAKEN_UP] for name in ("俄羅斯", "越南", "移民管理"))
    assert all(name in taken[State.POSSIBLE] for name in ("PCS", "虛擬卡"))
    for action in earlier:
        assert (action.later is None) == (action.state is State.OPEN)
        if action.later is not None:
            assert action.later.source.day.year == 2022


def test_ledger_takes_nothing_of_another_group_for_a_follow_up(briefing: Briefing) -> None:
    star = [a for a in briefing.actions if a.quote.source.day.year == 2014]
    assert {a.state for a in star} == {State.OPEN}


def test_ledger_says_where_there_is_no_later_report_yet(briefing: Briefing) -> None:
    newest = [a for a in briefing.actions if a.quote.source.day.year == 2022]
    assert {a.state for a in newest} == {State.LATEST}


def test_ledger_holds_what_was_said_and_asked_in_the_meetings(briefing: Briefing) -> None:
    said = [a for a in briefing.actions if a.kind is Promise.UNDERTAKING]
    told = "".join(a.shown for a in said)
    assert all(words in told for words in ("PCS", "教育訓練", "關切", "召集", "樂意"))
    assert all(a.shown in a.quote.text for a in said)


def test_other_proposals_are_kept_out_of_the_terms_of_reference(briefing: Briefing) -> None:
    topic = briefing.topics[REFERENCE]
    codes = {p.economy for p in topic.positions}
    assert codes == {"TW", "US", "PG", "CN", "ID", "JP", "MY", "RU", "AU"}, "no TH, no absent MX"


def test_people_met_have_their_office_and_economy(briefing: Briefing) -> None:
    met = {person.name: person for person in briefing.people}
    assert {"Matthew Bannon", "Sally McLean", "Narong Boonsatheanwong"} <= set(met)
    assert met["Matthew Bannon"].economy == "AU"
    assert met["Narong Boonsatheanwong"].office == "泰國外交部領務司副司長"
    assert not any("蕭" in name or "柯" in name for name in met), "our own people"


def test_terms_are_explained(briefing: Briefing) -> None:
    terms = {term.forms[0]: term.forms for term in briefing.terms}
    assert "APEC Business Travel Card" in terms["ABTC"]
    assert "Business Mobility Group" in terms["BMG"]


def test_every_quote_is_word_for_word(briefing: Briefing, asked: Assistant) -> None:
    quotes = [q for t in briefing.topics for q in (*t.answer, *t.own, *t.views)]
    quotes += [p.quote for t in briefing.topics for p in t.positions]
    quotes += [q for t in briefing.topics for e in t.timeline for q in e.quotes]
    quotes += [a.quote for a in briefing.actions]
    quotes += [x.quote for x in (*briefing.people, *briefing.terms)]
    assert len(quotes) > 100
    for quote in quotes:
        text = asked.index.report(quote.source.report_id).text
        assert text[quote.start : quote.end] == quote.text
    for topic in briefing.topics:
        assert all(p.shown in p.quote.text for p in topic.positions)
    assert all(action.shown in action.quote.text for action in briefing.actions)


def test_author_views_come_from_the_opinions_alone(briefing: Briefing) -> None:
    for topic in briefing.topics:
        assert all(quote.role is Role.OPINION for quote in topic.views)
        assert all(quote.role is not Role.OPINION for quote in topic.own)


def test_english_topics_find_the_same_economies(assistant: Assistant) -> None:
    request = Request(("ABTC approval delays",), Language.EN)
    (topic,) = prepare(assistant, request).topics
    assert {"RU", "PG", "VN"} <= economies(topic, 2020) & economies(topic, 2022)


def test_agenda_is_no_answer(briefing: Briefing) -> None:
    for topic in briefing.topics:
        assert len(topic.answer) >= 2
        assert all(quote.role not in (Role.AGENDA, Role.ANNEX) for quote in topic.answer)


def test_topic_that_no_report_knows_is_empty(assistant: Assistant) -> None:
    (topic,) = prepare(assistant, Request(("木星的衛星",))).topics
    assert topic.is_empty
    assert topic.positions == ()
    assert topic.own == ()


def test_filters_hold_for_every_part(assistant: Assistant) -> None:
    briefing = prepare(assistant, Request(("虛擬卡",), filters=Filters(groups=("SCCP",))))
    assert {s.file for s in briefing.sources} == {"2022-sccp2-customs.md"}
    assert {a.quote.source.file for a in briefing.actions} == {"2022-sccp2-customs.md"}
    (topic,) = briefing.topics
    quoted = [q for event in topic.timeline for q in event.quotes]
    quoted += [*topic.answer, *(p.quote for p in topic.positions)]
    assert {quote.source.file for quote in quoted} <= {"2022-sccp2-customs.md"}


def test_same_request_gives_the_same_briefing(assistant: Assistant, digests: Briefing) -> None:
    again = prepare(assistant, Request(tuple(topic.topic for topic in digests.topics)))
    assert again == digests


def test_years_without_a_report_are_named(digests: Briefing) -> None:
    assert digests.years_without == (2015, 2016, 2017, 2018, 2019, 2021)


@pytest.mark.parametrize(
    ("topics", "told"),
    [((), "no topic"), (("  ",), "no topic"), (tuple(map(str, range(31))), "31 topics")],
)
def test_wrong_topics_are_told(assistant: Assistant, topics: tuple[str, ...], told: str) -> None:
    with pytest.raises(AttacheError, match=told):
        prepare(assistant, Request(topics))


def test_filters_that_leave_no_report_are_told(assistant: Assistant) -> None:
    with pytest.raises(AttacheError, match="none of the 5 reports"):
        prepare(assistant, Request(("虛擬卡",), filters=Filters(groups=("TPTWG",))))


def test_progress_is_told_for_each_stage(small: Assistant) -> None:
    told: list[tuple[str, int, int]] = []
    prepare(small, Request(("電子封條", "無紙化貿易")), lambda *stage: told.append(stage))
    assert told[0] == ("topics", 0, 2)
    assert ("topics", 2, 2) in told
    assert told[-1][0] == "actions"
    assert told[-1][1] == told[-1][2]


def test_characters_that_no_file_may_hold_are_left_out(small: Assistant) -> None:
    briefing = prepare(small, Request(("電子\x07封條\ud800",), title="題\x00目"))
    assert briefing.topics[0].topic == "電子封條"
    assert briefing.title == "題目"
