"""What measures and faults are called on the page, in Traditional Chinese and in English."""

from __future__ import annotations

from assistant.web.words import Words
from eval.scores import Fault, Measure
from index.types import Mode

MODES = {
    Mode.HYBRID: Words("混合", "hybrid"),
    Mode.LEXICAL: Words("詞彙", "lexical"),
    Mode.DENSE: Words("語意", "dense"),
}

MEASURES = {
    Measure.NDCG_10: Words(
        "前十名排序品質", "golds among the first ten, counted more the higher they stand"
    ),
    Measure.RECALL_5: Words("前五名找到的比例", "share of the golds among the first five"),
    Measure.RECALL_10: Words("前十名找到的比例", "share of the golds among the first ten"),
    Measure.RECIPROCAL_RANK_10: Words("首個正解名次的倒數", "one over the first gold's rank"),
    Measure.SUCCESS_1: Words("第一名即正解", "the first passage is a gold"),
    Measure.VALUE_RECALL: Words("該答的值答出的比例", "wanted values that are given"),
    Measure.VALUE_PRECISION: Words("答出的值正確的比例", "given values that are wanted"),
    Measure.CITATION_RECALL: Words("正解獲引用的比例", "golds that are cited"),
    Measure.CITATION_PRECISION: Words("引用命中正解的比例", "citations that are golds"),
    Measure.ABSTENTION_RECALL: Words("無解題正確拒答的比例", "unanswerable questions refused"),
    Measure.ABSTENTION_PRECISION: Words("拒答中確實無解的比例", "refusals that are right"),
    Measure.ANSWERABLE_REFUSED: Words(
        "有解題誤拒的比例（越低越好）",
        "answerable questions refused (lower is better)",
    ),
    Measure.QUOTES_EXACT: Words("引文逐字相符的比例", "quotes equal to the report, byte for byte"),
}

FAULTS = {
    Fault.NOT_FOUND: Words("未找到", "not found"),
    Fault.FOUND_LOW: Words("名次太低", "found low"),
    Fault.NOT_CITED: Words("未引用", "not cited"),
    Fault.VALUE_MISSED: Words("漏了值", "value missed"),
    Fault.VALUE_WRONG: Words("值有誤", "value wrong"),
    Fault.REFUSED: Words("誤拒", "refused"),
    Fault.FALSE_ANSWER: Words("無解卻答", "false answer"),
}
