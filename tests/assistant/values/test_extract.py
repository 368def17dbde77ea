"""Values read from the sentences of a small report of our own."""

import pytest

from assistant.evidence import find_evidence
from assistant.question import understand
from assistant.values.extract import extract
from index.retriever import Index, open_index
from index.update import update

REPORT = """出席港口安全工作小組會議報告

壹、會議經過

一、電子船票
智利表示已裝設 12 台閘門，其中 5 台可讀取電子船票。秘魯將驗票時間由 9 分鐘縮短至 4 分鐘。

二、會議地點
第一次會議於 3 月在雪梨舉行；第二次會議於 6 月在釜山舉行；第三次會議於 9 月在利馬舉行。

三、主席之友
除主辦國智利外，主席詢問各會員意願，加拿大、日本及泰國自願擔任主席之友。

出國人：
港務司 組長 林佩文
港務司 科長 陳士宏
港務司 科員 黃玉珍

四、燈塔計畫
燈塔計畫有效期由 3 年延長至 5 年，目前有日本、智利、秘魯等 3 個經濟體正式參加(謹註：美國及加拿大屬過渡經濟體)。

五、船舶手冊
越南於 2013 年更新船舶手冊，墨西哥則於 2015 年更新船舶手冊。
"""


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("ports")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    update([folder / "report.txt"], folder / "index")
    return open_index(folder / "index")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("哪些經濟體參加燈塔計畫？", ["日本", "智利", "秘魯"]),
        ("燈塔計畫的有效期是幾年？", ["5 年"]),
        ("智利裝了幾台閘門，其中可讀電子船票的有幾台？", ["12 台閘門", "5 台"]),
        ("秘魯的驗票時間從幾分鐘降到幾分鐘？", ["9 分鐘", "4 分鐘"]),
        ("三次會議分別在哪三個城市舉行？", ["雪梨", "釜山", "利馬"]),
        ("Where were the three meetings held?", ["Sydney", "Busan", "Lima"]),
        ("Which three volunteered to be friends of the chair?", ["Canada", "Japan", "Thailand"]),
        ("誰自願擔任主席之友？", ["加拿大", "日本", "泰國"]),
        ("港務司派出的是哪三位？", ["林佩文組長", "陳士宏科長", "黃玉珍科員"]),
        (
            "In what year did Viet Nam update the ship manual, and in what year Mexico?",
            ["2013 (2013年)", "2015 (2015年)"],
        ),
    ],
)
def test_each_part_of_a_question_and_each_of_a_stated_number_is_answered(
    ports: Index, text: str, values: list[str]
) -> None:
    question = understand(text)
    found = extract(ports, question, find_evidence(ports, question))
    assert sorted(value.text for value in found) == sorted(values)
