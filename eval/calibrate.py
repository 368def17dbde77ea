"""Fit the weights by which evidence and answers are judged: ``python -m eval.calibrate``.

Two logistic regressions over the tuning part of a question set: does a sentence overlap a gold,
and is a question answerable? They are written to ``assistant/weights.py``. Figures by
cross-validation over questions are printed, so that what is learnt is not what is measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import assistant.weights
from assistant.evidence import Evidence, find_evidence, probability
from assistant.question import understand
from assistant.samples import index_path
from assistant.sureness import answer_signals
from assistant.types import Question
from assistant.values.extract import extract
from assistant.weights import Weights
from eval.dataset import QUESTIONS, Labelled, Place, Split, locate, of_split, read_questions
from index.retriever import Index, open_index

FOLDS = 5
REFUSED = 0.05
"""Share of the answerable questions that the threshold may refuse."""
OFF_TOPIC = (
    "太陽系有幾顆行星？",
    "紅樓夢的作者是誰？",
    "台北今天天氣如何？",
    "光合作用的過程是什麼？",
    "紅燒牛肉麵怎麼煮？",
    "哪一隊贏得去年的職棒總冠軍？",
    "比特幣現在值多少錢？",
    "感冒要吃什麼藥？",
    "玉山有多高？",
    "鋼琴有幾個鍵？",
    "量子電腦的原理是什麼？",
    "恐龙什么时候灭绝？",
    "Who won the football world cup in 2018?",
    "What is the price of pork in Denmark?",
    "How do plants make sugar?",
    "Who wrote Hamlet?",
    "What is the capital of Mongolia?",
    "How many strings has a violin?",
    "When did the dinosaurs die out?",
    "What causes the tides?",
    "How do I change a bicycle tyre?",
    "Which planet has rings?",
    "What is the recipe for onion soup?",
    "How tall is Mount Everest?",
    "月球離地球多遠？",
    "珍珠奶茶是誰發明的？",
    "貓為什麼會打呼嚕？",
    "哪些動物會冬眠？",
    "怎麼種番茄？",
    "台灣最長的河流是哪一條？",
    "李白是哪個朝代的人？",
    "圍棋棋盤有幾條線？",
    "水在幾度會沸騰？",
    "小孩發燒要不要看醫生？",
    "哪一部電影得了奧斯卡獎？",
    "吉他怎麼調音？",
    "為什麼天空是藍色的？",
    "金字塔蓋在哪裡？",
    "鯨魚是不是魚？",
    "什麼是黑洞？",
    "牙痛的時候該吃什麼？",
    "馬拉松要跑幾公里？",
    "哪一家餐廳的火鍋最好吃？",
    "莎士比亞寫了哪些劇本？",
    "咖啡豆怎麼烘焙？",
    "颱風是怎麼形成的？",
    "哪些水果含維他命C最多？",
    "手機螢幕破了怎麼修？",
    "梵谷什么时候画了向日葵？",
    "为什么企鹅不会飞？",
    "一打鸡蛋有几个？",
    "Who painted the Mona Lisa?",
    "When was the printing press invented?",
    "Where do penguins live?",
    "Why is the sea salty?",
    "How far away is the moon?",
    "How many legs has a spider?",
    "Which instruments play in a string quartet?",
    "Is a tomato a fruit?",
    "What is a black hole?",
    "Which team won the last champions league final?",
    "How long should I boil an egg?",
    "What did Newton discover about gravity?",
    "Which novels did Jane Austen write?",
    "Who composed the Ninth Symphony?",
    "Should I water a cactus every day?",
    "How does a refrigerator work?",
    "Where does the Danube begin?",
    "What is the boiling point of water?",
    "Which birds migrate in winter?",
    "How do I remove a wine stain from a shirt?",
    "When is the best time to plant tulips?",
    "Who was the first person on the moon?",
    "What are the rules of chess?",
    "Which vitamins are in oranges?",
    "How many players are in a basketball team?",
    "Why do cats purr?",
    "What is photosynthesis?",
)
"""Questions of another world, which a question set over the reports does not hold."""
_NUMBERS = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question of the tuning part with what was found for it."""

    labelled: Labelled
    question: Question
    evidence: tuple[Evidence, ...]
    relevant: tuple[bool, ...]
    """For each piece of evidence, whether it overlaps a gold."""


def main() -> None:
    """Fit, print the figures, write the weights."""
    index = open_index(index_path(None))
    cases = list(read_cases(index, of_split(read_questions(QUESTIONS), Split.TUNE)))
    sentence = fit_sentences(cases)
    answer, threshold = fit_answers(index, cases, sentence)
    write(sentence, answer, threshold)


def read_cases(index: Index, questions: Sequence[Labelled]) -> Sequence[Case]:
    """Find the evidence of each question, follow-ups in their conversation."""
    places = locate(questions, index.reports).places
    asked: dict[str, Question] = {}
    cases = []
    for labelled in questions:
        previous = asked.get(labelled.after) if labelled.after else None
        question = understand(labelled.text, previous=previous, reports=index.reports)
        asked[labelled.id] = question
        evidence = tuple(find_evidence(index, question))
        golds = places.get(labelled.id, ())
        relevant = tuple(any(_overlaps(e, place) for place in golds) for e in evidence)
        cases.append(Case(labelled, question, evidence, relevant))
    return cases


def fit_sentences(cases: Sequence[Case]) -> Weights:
    """Fit whether a sentence overlaps a gold, over the answerable questions."""
    answerable = [case for case in cases if case.labelled.answerable and case.evidence]
    signals = np.array([astuple(e.signals) for c in answerable for e in c.evidence], dtype=float)
    relevant = np.array([r for c in answerable for r in c.relevant])
    groups = np.repeat(np.arange(len(answerable)), [len(c.evidence) for c in answerable])
    likely = _cross_validated(signals, relevant, groups)
    for lang in ("zh", "en"):
        firsts = [
            relevant[rows[np.argmax(likely[rows])]]
            for at, case in enumerate(answerable)
            if case.labelled.lang.startswith(lang)
            for rows in [np.flatnonzero(groups == at)]
        ]
        print(f"{lang}: first sentence overlaps a gold {np.mean(firsts):.3f} of {len(firsts)}")
    return _weights(_fitted(signals, relevant))


def fit_answers(index: Index, cases: Sequence[Case], sentence: Weights) -> tuple[Weights, float]:
    """Fit whether a question is answerable; give the threshold that refuses few that are."""
    from sklearn.metrics import roc_auc_score

    far = [understand(text, reports=index.reports) for text in OFF_TOPIC]
    pairs = [
        (c.question, _judged(c.evidence, sentence), c.labelled.answerable)
        for c in cases
        if c.evidence
    ]
    near = len(pairs)
    pairs += [(q, e, False) for q in far if (e := _judged(find_evidence(index, q), sentence))]
    signals = np.array(
        [
            astuple(answer_signals(index, asked, found, extract(index, asked, found)))
            for asked, found, _ in pairs
        ],
        dtype=float,
    )
    answerable = np.array([label for *_, label in pairs])
    sure = _cross_validated(signals, answerable, np.arange(len(pairs)), balanced=True)
    cut = float(np.quantile(sure[answerable], REFUSED))
    print(
        f"answerable or not: area under the curve {roc_auc_score(answerable[:near], sure[:near]):.3f}"
        f"; refusing {REFUSED:.0%} of the answerable abstains on "
        f"{np.mean(sure[:near][~answerable[:near]] < cut):.3f} of those near the reports and on "
        f"{np.mean(sure[near:] < cut):.3f} of those far from them"
    )
    model = _fitted(signals, answerable, balanced=True)
    final = model.predict_proba(signals)[:, 1]
    return _weights(model), float(np.quantile(final[answerable], REFUSED))


def _judged(evidence: Sequence[Evidence], sentence: Weights) -> tuple[Evidence, ...]:
    """Judge evidence by other weights, likeliest first."""
    judged = (replace(e, likely=probability(sentence, e.signals)) for e in evidence)
    return tuple(sorted(judged, key=lambda e: -e.likely))


def write(sentence: Weights, answer: Weights, threshold: float) -> None:
    """Put the weights in place of those of the module that holds them."""
    path = Path(assistant.weights.__file__)
    head = path.read_text(encoding="utf-8").split("SENTENCE = ")[0]
    path.write_text(
        f"{head}SENTENCE = {_source(sentence)}\nANSWER = {_source(answer)}\n"
        f"THRESHOLD = {threshold:.3f}\n"
        '"""Below this confidence the assistant abstains; one in twenty answerable ones is."""\n',
        encoding="utf-8",
    )


def _fitted(signals: _NUMBERS, labels: NDArray[np.bool_], balanced: bool = False) -> Any:
    from sklearn.linear_model import LogisticRegression

    weight = "balanced" if balanced else None
    return LogisticRegression(C=1.0, max_iter=5000, class_weight=weight).fit(signals, labels)


def _cross_validated(
    signals: _NUMBERS, labels: NDArray[np.bool_], groups: NDArray[np.int_], balanced: bool = False
) -> _NUMBERS:
    from sklearn.model_selection import GroupKFold

    likely = np.zeros(len(labels))
    for train, test in GroupKFold(FOLDS).split(signals, labels, groups):
        model = _fitted(signals[train], labels[train], balanced)
        likely[test] = model.predict_proba(signals[test])[:, 1]
    return likely


def _weights(model: Any) -> Weights:
    return Weights(float(model.intercept_[0]), tuple(float(w) for w in model.coef_[0]))


def _source(weights: Weights) -> str:
    """Write weights as the formatter leaves them."""
    listed = "".join(f"        {w:.3f},\n" for w in weights.signals)
    return f"Weights(\n    {weights.bias:.3f},\n    (\n{listed}    ),\n)"


def _overlaps(evidence: Evidence, place: Place) -> bool:
    report = evidence.hit.chunk.report_id
    return any(
        span.report_id == report and evidence.start < span.end and span.start < evidence.end
        for span in place.spans
    )


if __name__ == "__main__":
    main()
