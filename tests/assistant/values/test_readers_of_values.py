"""Each reader of values on the forms that reports print."""

import pytest

from assistant.values.clauses import Anchor, anchors, clause_breaks, listed_with, nearness
from assistant.values.dates import find_days
from assistant.values.definitions import find_definitions
from assistant.values.economies import find_economies
from assistant.values.numbers import asks_unit, find_numbers, unit_asked
from assistant.values.organisations import find_organisations, suits_sort
from assistant.values.persons import find_persons
from assistant.values.places import find_places, is_asked_about, suits_place
from assistant.values.polarity import find_polarity


def test_dates_are_written_as_printed_and_in_the_international_form() -> None:
    (day,) = find_days("報告應於 111 年 10 月 7 日前提交。", None)
    assert (day.key, day.zh) == ("2022-10-07", "111年10月7日（2022-10-07）")
    assert find_days("自 9 月 30 日起", 2022)[0].key == "2022-09-30"
    assert find_days("2014 年 7 月起", None)[0].key == "2014-07"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("累計發卡 36,576 件", ["36576"]),
        ("第 3 次會議於 8 月 20 日舉行", []),
        ("COVID-19 疫情期間", []),
        ("比例降至 5% 左右", ["5%"]),
        ("兩場研討會", ["2場"]),
        ("全球 58 個主要港口，輸美貨櫃有 80% 受檢", ["58個", "80%"]),
        ("任期 2 年，時間約 30 分鐘", ["2年", "30分鐘"]),
        ("2 月 4 日上午 11 時", []),
        ("APEC 目前共有 21 個經濟體", ["21個"]),
        ("有三分之二贊成", ["三分之二"]),
        ("每年成長 3% 至 4%，約 20-30 人", ["3%至4%", "20-30人"]),
        ("十二份文件、二十三國，兩百人", ["12份", "23國", "兩百人"]),
    ],
)
def test_numbers_are_counts_and_shares_not_dates_or_ordinals(text: str, numbers: list[str]) -> None:
    assert [c.key for c in find_numbers(text)] == numbers


def test_number_is_written_with_what_it_counts() -> None:
    (airports,) = find_numbers("包含 177 個機場。")
    assert airports.zh == "177 個機場"
    assert find_numbers("約有 500 名工作人員")[0].zh == "500 名工作人員"


def test_length_of_time_answers_how_long_and_no_other_number_does() -> None:
    years, cards = find_numbers("任期 2 年、發卡 300 張")
    assert asks_unit("任期多久？", years) == 1.0
    assert asks_unit("How long is the term?", cards) == -1.0
    assert asks_unit("共發了幾張卡？", cards) == 1.0


def test_number_suits_by_the_unit_that_counts_what_is_asked() -> None:
    members, guests = find_numbers("會員體 16 個，來賓 90 名")
    assert asks_unit("How many members came?", members) == 1.0
    assert asks_unit("How many members came?", guests) == -1.0
    assert asks_unit("來了多少位專家？", guests) == 1.0


def test_date_without_a_year_is_of_the_year_just_named() -> None:
    days = find_days("在 2021 年第一次會議提出，於 2 月 25 日獲採認，次年再議", 2022)
    assert [d.key for d in days] == ["2021", "2021-02-25", "2022"]
    assert [d.key for d in find_days("10 月 16 日及 17 日", 2014)] == ["2014-10-16", "2014-10-17"]


def test_unit_is_read_from_the_question() -> None:
    assert unit_asked("發了幾張卡") == "張"
    assert unit_asked("How many cards") is None


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("由主席 Mr. Harry Purwanto 大使主持", ["harry purwanto"]),
        ("官員 Matthew Bannon 及 Sally McLean", ["matthew bannon", "sally mclean"]),
        ("商務人士移動小組(Business Mobility Group, BMG)", []),
        ("唐松根參贊全程參與", ["唐松根"]),
        ("劉副組長麗霞代表致詞", ["劉麗霞"]),
        ("原定指派王分析師崇道赴泰，但王分析師行前染疫", ["王崇道"]),
        ("移民署傅隊長詢問進展", ["傅"]),
        ("資深研究員 (Senior Researcher) Emmanuel San Andres", ["emmanuel san andres"]),
        ("出國人：劉麗霞，任關務署副組長", ["劉麗霞"]),
        ("澳方代表同意", []),
        ("副組長\t劉麗霞\n辦事員 柯佩君", ["劉麗霞", "柯佩君"]),
        ("由菲律賓擔任下屆主席，另由澳洲出任副主席", []),
    ],
)
def test_persons_are_named_with_an_office(text: str, persons: list[str]) -> None:
    assert [c.key for c in find_persons(text)] == persons


def test_economies_are_written_in_the_language_of_the_answer() -> None:
    russia = find_economies("俄方未派員")[0]
    assert (russia.zh, russia.en) == ("俄羅斯", "Russia")


def test_office_is_shown_with_the_person() -> None:
    (person,) = find_persons("歡迎詞由中國大陸外交部司長 Liu Guangyuan 發表")
    assert person.zh == "Liu Guangyuan（中國大陸外交部司長）"
    assert find_persons("劉副組長麗霞")[0].zh == "劉麗霞副組長"


def test_office_is_without_what_others_do() -> None:
    (host,) = find_persons("應邀參加港務局副司長 Anong Chaiyo 舉行之酒會")
    assert host.zh == "Anong Chaiyo（港務局副司長）"


def test_countries_beyond_apec_are_read_too() -> None:
    assert [c.en for c in find_economies("以色列、巴基斯坦及澳洲")] == [
        "Israel",
        "Pakistan",
        "Australia",
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "邀請衛生福利部國際合作組、交通部觀光局共同組成",
            ["衛生福利部國際合作組", "交通部觀光局"],
        ),
        (
            "中國大陸的中國遠洋運輸集團（COSCO）與同方威視公司",
            ["中國遠洋運輸集團（COSCO）", "同方威視公司"],
        ),
        ("外交部研究設計會與行政院國土安全辦公室", ["外交部研究設計會", "行政院國土安全辦公室"]),
        (
            "JWD InfoLogistics（JWD）及 INSEE Ecocycle（INSEE）",
            ["JWD InfoLogistics（JWD）", "INSEE Ecocycle（INSEE）"],
        ),
        ("平均牽涉 11 個政府部門", []),
        (
            "包括船舶檢驗機關、港口檢疫機關及海事仲裁機關",
            ["船舶檢驗機關", "港口檢疫機關", "海事仲裁機關"],
        ),
        ("由 3 個港務機關合辦", []),
        ("ACME 簡報該公司願景", ["ACME"]),
        ("宜請原能會協助", ["原能會"]),
        ("財政部關務署（下稱關務署）", ["財政部關務署", "關務署"]),
        ("依 TFA 辦理", []),
    ],
)
def test_organisations_are_read_with_their_parts_and_brackets(text: str, names: list[str]) -> None:
    assert [c.zh for c in find_organisations(text)] == names


def test_body_suits_a_question_that_names_its_sort() -> None:
    office, company = find_organisations("交通部觀光局、長榮海運公司")
    assert suits_sort("有哪些公司？", company) > suits_sort("有哪些公司？", office)
    body, firm = find_organisations("World Trade Organization (WTO)、Acme Port Logistics")
    assert suits_sort("Which firms?", firm) > suits_sort("Which firms?", body)
    assert suits_sort("which offices", office) > suits_sort("which offices", company)


def test_organisations_are_known_ones_and_those_that_end_like_one() -> None:
    names = {c.key for c in find_organisations("邀請衛生福利部、ABAC 及國家發展委員會參加")}
    assert names >= {"ABAC", "國家發展委員會"}


def test_place_is_what_stands_where_something_is_held() -> None:
    assert [c.zh for c in find_places("研討會將在台北舉行")] == ["台北"]
    assert [c.zh for c in find_places("會議在長灘島召開，下次在宿霧市舉行")] == ["長灘島", "宿霧市"]


def test_site_is_more_exact_than_its_city() -> None:
    assert [c.zh for c in find_places("地點為克拉克自由港區；移至貨櫃集散站之專屬拆檢區詳查")] == [
        "克拉克自由港區",
        "貨櫃集散站",
        "專屬拆檢區",
    ]
    assert find_places("強調南海區域的防範")[0].zh == "南海"


def test_city_is_written_with_its_economy_and_suits_a_question_of_cities() -> None:
    text = "會議在秘魯利馬舉行，並參觀「Pisco Sur」酒莊"
    city, estate = find_places(text)
    assert (city.zh, city.en, estate.zh) == ("秘魯利馬", "Lima", "Pisco Sur")
    assert suits_place("在哪個城市？", text, city) == 1.0
    assert suits_place("在哪個城市？", text, estate) == -1.0


def test_economy_is_a_place_where_something_is_in_it() -> None:
    text = "日本表示會議將在韓國舉行"
    japan, korea = find_places(text)
    assert suits_place("在哪裡舉行？", text, japan) < suits_place("在哪裡舉行？", text, korea)


def test_place_of_the_sort_that_something_is_sought_of_is_asked_about() -> None:
    (site,) = find_places("於海港訓練中心舉行")
    assert is_asked_about(site, "那個中心設在哪裡？")
    assert not is_asked_about(site, "在哪個中心舉行？")


def test_words_behind_in_are_no_place_unless_they_end_like_one() -> None:
    assert find_places("使用在製作上的要求") == ()
    assert [c.zh for c in find_places("位於綠能專區，")] == ["綠能專區"]


def test_denial_is_no() -> None:
    assert find_polarity("墨西哥缺席")[0].key == "no"
    assert find_polarity("澳方表示同意")[0].key == "yes"
    assert find_polarity("會員均無異議", "有人反對嗎？")[0].key == "no"
    assert find_polarity("會員均無異議", "大家都贊成嗎？")[0].key == "yes"
    assert find_polarity("則不是主要的問題")[0].key == "no"


def test_who_takes_part_by_video_does_not_come_in_person() -> None:
    assert find_polarity("智利以視訊參加", "智利有派人到場嗎？")[0].key == "no"
    assert find_polarity("智利以視訊參加", "智利有參加嗎？")[0].key == "yes"


def test_definition_gives_the_other_names() -> None:
    text = "加國設置邊境商務諮詢委員會(Border Commercial Consultative Committee, BCCC)以檢討機制。"
    names = [c.zh for c in find_definitions(text, "BCCC 是什麼組織？")]
    assert "Border Commercial Consultative Committee" in names
    assert any(name.endswith("邊境商務諮詢委員會") for name in names)


def test_nearer_value_wins_and_another_clause_counts_less() -> None:
    text = "日本表示疑慮，澳洲表示支持"
    economies = find_economies(text)
    places = anchors(text, [("支持", 1.0)])
    breaks = clause_breaks(text)
    assert places == [Anchor(11, 13, 1.0)]
    assert breaks == [6]
    japan, australia = (nearness(c, places, breaks) for c in economies)
    assert australia > japan > 0


def test_marks_inside_brackets_and_numbers_end_no_clause() -> None:
    assert clause_breaks("發卡 36,576 件（含虛擬卡，另計）") == []


def test_members_of_one_enumeration_are_taken_together() -> None:
    text = "傾向甲案者為我方、美方及巴布亞紐幾內亞，選擇乙案者為日本、俄羅斯"
    economies = find_economies(text)
    chosen = next(c for c in economies if c.key == "US")
    assert [c.key for c in listed_with(chosen, economies, text)] == ["TW", "US", "PG"]


def test_number_of_a_list_is_no_count() -> None:
    text = "1、我方報告發卡情形\n2. 審核情形\n(3) 累計發卡 36,576 件"
    assert [candidate.key for candidate in find_numbers(text)] == ["36576"]
