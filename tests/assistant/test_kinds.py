"""What a question wants to know, by the words that ask."""

import pytest

from assistant.kinds import kind_of
from assistant.types import Kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("研討會排在哪幾天？", Kind.WHEN),
        ("持卡人可以停留多久？", Kind.NUMBER),
        ("How long is the term?", Kind.NUMBER),
        ("有哪個經濟體發言回應嗎？", Kind.YES_NO),
        ("我方支不支持這個提案？", Kind.YES_NO),
        ("哪些成員表示反對？", Kind.ECONOMIES),
        ("Which United Nations bodies took part?", Kind.ORGANISATIONS),
        ("哪個執法機關派人進駐？", Kind.ORGANISATIONS),
        ("我方出面的是哪三位？", Kind.PERSON),
        ("Which diplomat spoke of containers?", Kind.PERSON),
        ("提醒要防範哪個海域的海盜？", Kind.WHERE),
        ("加拿大的 BCCC 是什麼組織？", Kind.DEFINITION),
        ("What does API mean when travellers are screened?", Kind.DEFINITION),
        ("Who will preside when the host changes?", Kind.PERSON),
        ("What did the group settle on for its chair?", Kind.DECISION),
        ("Which counsellor signed for the hosts?", Kind.PERSON),
        ("Which head of the port authority gave the tour?", Kind.PERSON),
        ("What portion of the fleet is electric?", Kind.NUMBER),
        ("What is the budget of the training project?", Kind.NUMBER),
        ("Which five volunteered to draft the guide?", Kind.ECONOMIES),
        ("The forum has two standing committees; which?", Kind.ORGANISATIONS),
        ("Which economies head the survey?", Kind.ECONOMIES),
        ("List the members that sent a written reply.", Kind.ECONOMIES),
        ("Name the WCO official who took the floor.", Kind.PERSON),
        ("Whose experts ran the exercise?", Kind.ECONOMIES),
        ("What is the Harbour Safety Group?", Kind.DEFINITION),
        ("列為觀察員的團體是哪兩個？", Kind.ORGANISATIONS),
        ("還沒繳交問卷的成員有哪些？", Kind.ECONOMIES),
        ("謝謝哪三方幫忙？", Kind.ECONOMIES),
        ("用了哪些新方法？", Kind.OTHER),
        ("系統哪時候啟用？", Kind.WHEN),
        ("哪些受邀的民間團體沒有到？", Kind.ORGANISATIONS),
        ("貨到前幾小時要申報？", Kind.NUMBER),
        ("前幾次會議談了什麼？", Kind.OTHER),
        ("這個平臺以前叫什麼名字？", Kind.DEFINITION),
        ("那位領事叫什麼名字？", Kind.PERSON),
    ],
)
def test_kind_is_what_the_asking_words_stand_before(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind
