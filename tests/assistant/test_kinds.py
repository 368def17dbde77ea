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
    ],
)
def test_kind_is_what_the_asking_words_stand_before(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind
