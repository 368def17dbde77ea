"""Who speaks: the economy or organisation whose statement a sentence of proceedings reports.

A clause opens with its speaker (澳方, APEC 秘書處, 俄羅斯 Mr. X 專家, 主席) and has a verb of
saying (表示, 建議, 分享). What follows in the same paragraph without a subject of its own goes on
with that speaker, and so does a list that the speaker's sentence opens with a colon.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from corpus.gazetteer import bodies_in, body_named, economies_in
from corpus.sentences import Span, sentences
from corpus.types import Report, Role

CHAIR = "chair"
"""The code of a chair of whom the report does not say where he comes from."""
SECRETARIAT = "APEC Secretariat"


@dataclass(frozen=True, slots=True)
class Speaker:
    """``report.text[start:end]`` names who speaks, in the sentence itself or before it."""

    code: str
    """TW, AU, …; the acronym of an organisation; ``APEC Secretariat``; ``chair``."""
    start: int
    end: int


_SILENT = frozenset(
    {Role.COVER, Role.CONTENTS, Role.PURPOSE, Role.AGENDA, Role.ANNEX, Role.CAPTION}
)
"""Roles of sections that report no statements."""
_OWN_WORDS = frozenset({Role.OPINION, Role.FOLLOW_UP, Role.DECISIONS})
"""Roles of sections in the writer's own words: a sentence there states its speaker or has none."""

_VERB = re.compile(
    r"表(?:示|達|態|明)|說(?:明|以)|指(?:出|示)|裁示|(?:坦|忠)言|建議|強調|提(?:醒|及|到|議|案|報|名|出|供報告)|談(?:到|及)"
    r"|重申|反映|關切|要求|(?<![申邀聲])請(?![帖柬])|分享|簡報|報告|介紹|簡介|答(?:復|覆|稱|以)|回(?:應|復|覆|答)|復以"
    r"|詢(?:問|及)|徵詢|(?:感|致)謝|謝意|呼籲|倡議|主張|支持|反對|譴責|期(?:望|盼|許|待|能)|盼|希望|認為|同意|承諾"
    r"|更新(?=[^，。；]{0,14}「|自費)|闡述|詳[述細]|敦促|鼓勵|總結|致(?:[^，。；]{0,4})詞|告(?:知|稱|以)|坦告"
    r"|(?<![簡名俗通號職統下人])稱(?!為|之|呼|謂)|肯定|讚揚|質疑|附議|陳述|傳達|布達|宣布|歡迎(?!酒會|晚宴|會|式)|揭示|注(?:及|意到)|(?<!參與)發言|述及|提醒|舉例"
    r"|列舉|聲明(?!」)|保證|澄清|補充|指摘|抗議|異議|疑慮|贊同|贊成|祝賀|推薦|通報|描述|概述|回顧"
)
_NOUN_TAIL = re.compile(
    r"之(?![餘後際外])|的(?!是)|[書案國方者]|單(?!一)|人員|資料|表(?!示|達|明)|事項"
)
_NOUN_HEAD = ("之", "的", "所", "受", "獲", "被")
_ASIDE = re.compile(r"「[^」]*」|[（(][^（）()]*[)）]|[A-Za-z.,'’-]+ ?")
"""Quotations, brackets and foreign names: they do not part a verb from its subject."""
_FARTHEST = 400
"""Characters from a subject to its verb, quotations and all."""
_INVITED = re.compile(r"邀[請集]|會請|洽請")
"""Behind these, others speak."""
_GUESTS = re.compile(r"邀請(?:國際)?(?:非營利)?(?:組織)?\s?")
_INTENDED = re.compile(r"將[^，。；]{0,12}$")
"""What is to be reported is not said yet."""
_LEAD = re.compile(
    r"(?:[（(]?(?:謹?註|註)[：:])?(?:另外?|此外|惟|嗣後?|其[中後間次]|最後|首先|隨[後即]|接著|之後|會[中後]|並|且|而|又|再|至於"
    r"|同時|亦|則|爰|因此|然而?|據|依據?|由|席間|復|屆時|結果|目前|現|本年|我則|不過|但|後)*(?:[，,\s])?"
)
_TAIL = re.compile(
    r"(?:[^，。；：「」]{0,30}?)(?:地主國|主辦[國方]|主辦(?:經濟|會員)體|召集[方人]|倡議國|主政國|主席國|東道主)\s?$"
)
_NOT_SUBJECT = re.compile(
    r"\s?(?:之|的|所|籍|境內|製|版|與會(?:人員|代表)?[，。]|等案|各?會員|成員|會議|活動|優先|策略|系統|計畫)"
)
_JOINED = re.compile(r"\s?(?:[（(][^（）()]{0,90}[)）])?\s?(?:[、,/]|及|與|和|暨|以及|並)\s?")
_GLOSS = re.compile(r"\s?[（(][^（）()]{0,120}[)）]")
_AFTER_APEC = re.compile(r"(?:\s?之)?\s?")
_OURS = re.compile(
    r"我(?:方|國|與會(?:代表|人員)?)|本署|職[局署]|我(?=[另亦再]|表示|建議|提[醒出]|說明)"
    r"|內政部移民署|外交部領事事務局|(?:財政部)?關務署|行政院國土安全辦公室"
)
_SECRETARIAT = re.compile(r"(?:APEC\s?)?秘書處|APEC Secretariat")
_CHAIR = re.compile(
    r"(?<![下副])(?:會議|大會)?(?:主席|召集[人方])(?!之友|人選|辦公室|團|國|報告[（(])"
)
_ITS_CHAIR = re.compile(r"(?:\s?[（(][^（）()]{0,60}[)）])?\s?(?:主席|召集人)(?!之友|國|辦公室)")
_PERSON_BEFORE_CHAIR = re.compile(r"(?:(?:Mr|Ms|Mrs|Dr)\.? )?(?:[A-Z][A-Za-z.]+ ){1,4}$")
_UNKNOWN = re.compile(
    r"(?P<n>[A-Z][A-Z0-9&]{1,9}) ?(?=(?:另|亦|也|並|均|再|則|在簡報中)?(?P<v>.{1,4}))"
)
_NOT_SPEAKING = frozenset(
    ("APEC", "ABTC", "COVID", "PCS", "APA", "SOM", "AMM", "AELM", "MRT", "FTAAP")
)
_OTHER_SUBJECT = re.compile(
    r"(?:各(?=會員|經濟|國|方(?!面)|業|簡報|相關|主辦)|全體|多國|雙方|會員|與會|其[餘他]|部分|大會|多數|所有|有關|本[案次會屆]|主辦方|會議(?!主席|召集))"
)
_EXAMPLES = re.compile(r"包[括含]|內容|例?如(?!次|下)")
"""Clauses that list what is meant, and say nothing themselves."""
_OPENS_LIST = re.compile(r"(?:：|:|如[下次后後]|包括|計有)[：:]?$")

# 召集人澳洲…, 主席兼印尼駐…, 主席：Mr. Chaiyut Kumkun(泰國海關)
_FROM = re.compile(
    r"[：: ]\s?(?:Mr|Ms|Mrs|Dr)\.? [^，。；（(\n]{2,40}(?:[（(]|，來自)|(?:兼|為|[：:（(])?\s?"
)
# 由泰國外交部國經司司長 … 擔任主席; 澳洲為 BMG 常設召集方; 澳洲…官員、現任 BMG 召集人
_TAKES_CHAIR = re.compile(r"(?:擔任|為|(?:官員|代表)、現任)[^，。；\n]{0,14}(?<!屆)(?<!副)$")
_CLAUSE_STOP = re.compile(r"[，。；\n]")
_BEFORE_CHAIR = 60


@dataclass(frozen=True, slots=True)
class _Actor:
    start: int
    end: int
    code: str
    kind: str
    """economy, body, chair"""


@dataclass(frozen=True, slots=True)
class _Chair:
    """That a meeting's chair comes from an economy, and the group where it is named beside him."""

    code: str
    start: int
    group: str


def speaker_of(report: Report, start: int, end: int) -> Speaker | None:
    """Whose statement the sentence ``report.text[start:end]`` reports; the first, if several."""
    found = Speakers(report).of_sentence(start, end)
    return found[0] if found else None


class Speakers:
    """The speakers of a report's sentences; what precedes a sentence is read with it."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.text = report.text

    def of_sentence(self, start: int, end: int) -> tuple[Speaker, ...]:
        """Who speaks in the sentence, in the order in which they do."""
        starts, all_of = self._by_sentence
        first = max(0, bisect_right(starts, start) - 1)
        last = bisect_left(starts, end)
        found: dict[str, Speaker] = {}
        for number in range(first, last):
            span, speakers = all_of[number]
            if span.end > start:
                for speaker in speakers:
                    found.setdefault(speaker.code, speaker)
        return tuple(found.values())

    def codes(self, start: int, end: int) -> tuple[str, ...]:
        """The codes of all who speak in ``report.text[start:end]``, in order."""
        return tuple(speaker.code for speaker in self.of_sentence(start, end))

    @cached_property
    def _by_sentence(self) -> tuple[list[int], list[tuple[Span, tuple[Speaker, ...]]]]:
        found = list(self._read())
        return [span.start for span, _ in found], found

    def _read(self) -> Iterator[tuple[Span, tuple[Speaker, ...]]]:
        report = self._report
        opened: dict[int, tuple[Speaker, ...]] = {}
        """By section: who opened the list that its children are."""
        for number, section in enumerate(report.sections):
            above = opened.get(section.parent, ()) if section.parent is not None else ()
            if section.role in _SILENT or section.own_end <= section.start:
                continue
            walk = _Walk(self, number, section.role in _OWN_WORDS, above)
            for span in sentences(self.text, section.start, section.own_end):
                yield span, walk.sentence(span)
            if walk.opens:
                opened[number] = walk.opens

    # -- who is named where --------------------------------------------------------------------

    @cached_property
    def actors(self) -> tuple[_Actor, ...]:
        """All names of those who may speak, in reading order, none within another."""
        text = self.text
        found = [_Actor(m.start, m.end, m.code, "economy") for m in economies_in(text)]
        found += [_Actor(m.start, m.end, m.acronym, "body") for m in bodies_in(text)]
        found += [_Actor(*m.span(), "TW", "economy") for m in _OURS.finditer(text)]
        found += [_Actor(*m.span(), SECRETARIAT, "body") for m in _SECRETARIAT.finditer(text)]
        found += [_Actor(*m.span(), CHAIR, "chair") for m in _CHAIR.finditer(text)]
        kept: list[_Actor] = []
        for actor in sorted(found, key=lambda a: (a.start, -a.end)):
            if not kept or actor.start >= kept[-1].end:
                kept.append(actor)
        return tuple(kept)

    @cached_property
    def _starts(self) -> list[int]:
        return [actor.start for actor in self.actors]

    def heading(self, section: int) -> str:
        """The heading of a section, which states nothing."""
        return self._report.sections[section].heading

    def actor_at(self, start: int) -> _Actor | None:
        """Who is named by the words that begin here."""
        number = bisect_left(self._starts, start)
        if number < len(self.actors) and self.actors[number].start == start:
            return self.actors[number]
        return None

    def actors_within(self, start: int, end: int) -> tuple[_Actor, ...]:
        """Who is named here."""
        return self.actors[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def chairs(self) -> tuple[_Chair, ...]:
        """Where the report says who chairs, in reading order."""
        found: list[_Chair] = []
        for before, chair in pairwise((_Actor(0, 0, "", ""), *self.actors)):
            if chair.kind != "chair":
                continue
            is_side = before.kind == "economy" and before.end == chair.start  # 澳方主席 Kimberlee
            named = before if is_side and self.text[chair.end : chair.end + 1] == " " else None
            named = named or self._comes_from(chair) or self._is_taken_by(chair)
            if named is not None:
                around = self.text[max(0, chair.start - 24) : chair.end + 24]
                groups = [m.acronym for m in bodies_in(around, groups_only=True)]
                group = groups[-1] if groups and not is_side else ""
                found.append(_Chair(named.code, chair.start, group))
        return tuple(found)

    def _comes_from(self, chair: _Actor) -> _Actor | None:
        """The economy that is named behind the chair: 召集人澳洲, 主席：Mr. X(泰國海關)."""
        behind = _FROM.match(self.text, chair.end)
        named = self.actor_at(behind.end()) if behind is not None else None
        return named if named is not None and named.kind == "economy" else None

    def _is_taken_by(self, chair: _Actor) -> _Actor | None:
        """The economy that is said to take the chair: 澳洲為 BMG 常設召集方."""
        begin = max(0, chair.start - _BEFORE_CHAIR)
        stops = list(_CLAUSE_STOP.finditer(self.text, begin, chair.start))
        begin = stops[-1].end() if stops else begin
        taken = _TAKES_CHAIR.search(self.text[begin : chair.start])
        if taken is None:
            return None
        before = self.actors_within(begin, begin + taken.start())
        return next((a for a in reversed(before) if a.kind == "economy"), None)

    def chair(self, section: int, group: str = "") -> str:
        """The code of who chairs the meeting, or that group, that the section reports on."""
        report = self._report
        is_asked = group != ""
        for number in report.ancestors(section):
            here = report.sections[number]
            heading = {m.acronym for m in bodies_in(here.heading, groups_only=True)}
            group = group or next(iter(sorted(heading)), "")
            named = [c for c in self.chairs if here.start <= c.start < here.end]
            fitting = [c for c in named if c.group == group] if group else []
            if not fitting and (group in heading or not (group or number == 0)):
                fitting = [c for c in named if not c.group]
            if fitting and (group or len({c.code for c in fitting}) == 1):
                return fitting[0].code
        body = body_named(group) if is_asked else None
        if body is not None and not body.is_group:
            return CHAIR  # CTI, SOM: no meeting that officials report on
        codes = {c.code for c in self.chairs if not (is_asked and c.group not in {"", group})}
        return codes.pop() if len(codes) == 1 else CHAIR


@dataclass(slots=True)
class _Clauses:
    """What a sentence says of its speaker."""

    found: list[Speaker] = field(default_factory=list)
    subject: Speaker | None = None
    """Whom the first clause that names somebody names, speaking or not."""
    is_saying: bool = False
    """Whether a clause without a subject has a verb of saying."""
    other: bool = False
    """Whether the sentence opens with somebody else: 各會員體, 全體."""


class _Walk:
    """Reads the sentences of one section in order."""

    def __init__(
        self, speakers: Speakers, section: int, own_words: bool, above: tuple[Speaker, ...]
    ) -> None:
        self._all = speakers
        self._text = speakers.text
        self._section = section
        self._heading = speakers.heading(section)
        self._own_words = own_words
        self._current = above
        """Who speaks until somebody else does."""
        self._list = above
        """Who opened the list that goes on over the lines."""
        self._weak: Speaker | None = None
        """The subject of a sentence that states nothing: what follows may."""
        self._before: Span | None = None
        self.opens: tuple[Speaker, ...] = ()

    def sentence(self, span: Span) -> tuple[Speaker, ...]:
        """Who speaks in the next sentence of the section."""
        text = self._text
        new_line = self._before is None or "\n" in text[self._before.end : span.start]
        if new_line:
            self._current, self._weak = self._list, None
        self._before = span
        read = self._clauses(span)
        found = read.found
        if not found and not self._own_words:
            found = self._goes_on(read)
        if found:
            joint = len({s.code for s in found}) == 1 or self._is_joint(found)
            self._current = tuple(found) if joint else ()
            self._weak = read.subject or self._weak
        elif read.subject is not None or read.other:
            self._current, self._weak = (), read.subject
        if self._own_words:
            return tuple(found)
        if found and _OPENS_LIST.search(text[span.start : span.end]):
            self._list = self.opens = tuple(found)
        elif (
            new_line
            and read.subject is not None
            and found
            and found[0].code not in {speaker.code for speaker in self._list}
        ):
            self._list = self.opens = ()
        return tuple(found)

    def _goes_on(self, read: _Clauses) -> list[Speaker]:
        """Who spoke before, when the sentence names nobody else."""
        if read.other:
            return []
        if read.subject is not None:
            return [s for s in self._current if s.code == read.subject.code]
        if read.is_saying and self._weak is not None:
            return [self._weak]
        return list(self._current)

    def _is_joint(self, found: list[Speaker]) -> bool:
        """Whether they are named in one breath: 日本、新加坡及韓國."""
        return found[-1].end - found[0].start <= 12 * len(found)

    def _clauses(self, span: Span) -> _Clauses:
        """What the clauses of a sentence say of its speaker, each read by itself."""
        read = _Clauses()
        heading = self._heading
        if heading and self._text[span.start : span.end].rstrip("：:").endswith(heading):
            read.other = True
            return read
        for number, (start, end) in enumerate(_clause_spans(self._text, span)):
            begin = _skip_lead(self._text, start, end)
            named, behind = self._subject(begin, end)
            guests = _GUESTS.search(self._text, begin, end)
            if guests is not None:
                invited, after = self._subject(guests.end(), end)
                if invited and self._says(after, end, nearest=70):
                    named, behind = invited, after
            if named:
                read.subject = read.subject or named[0]
                is_saying = self._says(behind, end, nearest=70) or self._is_label(behind)
                if is_saying and not (self._own_words and self._is_no_guest(named[0])):
                    codes = {speaker.code for speaker in read.found}
                    read.found += [s for s in named if s.code not in codes]
            elif _EXAMPLES.match(self._text, begin, end):
                continue
            elif _OTHER_SUBJECT.match(self._text, begin, end):
                read.other = read.other or number == 0
            elif self._says(begin, end, nearest=6):
                read.is_saying = True
                is_own = read.subject is not None and not (read.found or read.other)
                if is_own and not self._own_words and read.subject is not None:
                    read.found.append(read.subject)
        return read

    def _is_no_guest(self, speaker: Speaker) -> bool:
        """The writer's own side, or the meeting: in the writer's words they plan, they tell not."""
        body = body_named(speaker.code)
        return speaker.code == "TW" or (body is not None and body.is_group)

    def _is_label(self, behind: int) -> bool:
        """Whether the name is a label before what is said: 澳方：將於明年."""
        return self._text[behind : behind + 1] in {"：", ":"} and not self._own_words

    def _says(self, start: int, end: int, *, nearest: int) -> bool:
        """Whether a verb of saying stands in the clause, near enough, and not as a noun."""
        text = self._text
        for verb in _VERB.finditer(text, start, end):
            between = text[start : verb.start()]
            if len(between) > _FARTHEST:
                return False
            if len(between) > nearest and len(_ASIDE.sub("", between)) > nearest:
                return False
            if _INVITED.search(between):
                return False
            if between[-1:] in _NOUN_HEAD or _INTENDED.search(between):
                continue
            if _NOUN_TAIL.match(text, verb.end(), end):
                continue
            return True
        return False

    # -- subjects ------------------------------------------------------------------------------

    def _subject(self, start: int, end: int) -> tuple[list[Speaker], int]:
        """Who is named at the head of the clause, and where what they do begins."""
        text, everyone = self._text, self._all
        actor = everyone.actor_at(start)
        if actor is None:
            return self._later_subject(start, end)
        actor = self._within_apec(actor)
        if actor.code == "APEC":
            return self._later_subject(start, end)
        named = [self._speaker(actor, end)]
        at = actor.end
        while True:
            joint = _JOINED.match(text, at, end)
            joined = everyone.actor_at(joint.end()) if joint is not None else None
            if joined is None:
                break
            joined = self._within_apec(joined)
            named.append(self._speaker(joined, end))
            at = joined.end
        gloss = _GLOSS.match(text, at, end)
        at = gloss.end() if gloss is not None else at
        if actor.kind != "economy":
            # SCCP 活動主辦國美國, 召集方澳洲: the economy is the one that speaks
            for other in everyone.actors_within(at, min(end, at + 24)):
                is_apposed = other.start == at and actor.kind == "chair"
                if other.kind == "economy" and (
                    is_apposed or _TAIL.fullmatch(text, at, other.start) is not None
                ):
                    return [self._speaker(other, end)], other.end
        if _NOT_SUBJECT.match(text, at, end):
            return [], at
        return named, at

    def _within_apec(self, actor: _Actor) -> _Actor:
        """The body that APEC is only the first word of: APEC 政策支援小組."""
        if actor.code != "APEC":
            return actor
        behind = _AFTER_APEC.match(self._text, actor.end)
        following = self._all.actor_at(behind.end() if behind is not None else actor.end)
        return actor if following is None or following.kind == "economy" else following

    def _later_subject(self, start: int, end: int) -> tuple[list[Speaker], int]:
        """A subject behind other words: 地主國泰國, Harry Purwanto 主席, an unknown acronym."""
        text, everyone = self._text, self._all
        for actor in everyone.actors_within(start, min(end, start + 34)):
            before = text[start : actor.start]
            if before[:1] in "與和向對請讓使為就將在於":
                break
            if _VERB.search(before):
                break
            if actor.kind == "economy" and _TAIL.fullmatch(before):
                return [self._speaker(actor, end)], actor.end
            if actor.kind == "chair" and _PERSON_BEFORE_CHAIR.fullmatch(before):
                return [self._speaker(actor, end)], actor.end
            if actor.kind != "body":
                break
        unknown = _UNKNOWN.match(text, start, end)
        if unknown is not None and unknown["n"] not in _NOT_SPEAKING and _VERB.match(unknown["v"]):
            return [Speaker(unknown["n"], *unknown.span("n"))], unknown.end("n")
        return [], start

    def _speaker(self, actor: _Actor, end: int) -> Speaker:
        code, finish = actor.code, actor.end
        if actor.kind == "chair":
            code = self._all.chair(self._section)
        elif actor.kind == "body" and code != SECRETARIAT:
            behind = _ITS_CHAIR.match(self._text, actor.end, end)
            if behind is not None:
                chair = self._all.chair(self._section, code)
                code = code if chair == CHAIR else chair
                finish = behind.end()
        return Speaker(code, actor.start, finish)


def _skip_lead(text: str, start: int, end: int) -> int:
    lead = _LEAD.match(text, start, end)
    begin = lead.end() if lead is not None else start
    while begin < end and text[begin] in " （(，,、":
        begin += 1
    return begin


def _clause_spans(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The sentence cut at commas, colons and semicolons outside brackets and quotation marks."""
    depth, begin = 0, span.start
    for position in range(span.start, span.end):
        char = text[position]
        if char in "（(「『《":
            depth += 1
        elif char in "）)」』》":
            depth = max(0, depth - 1)
        elif depth == 0 and char in "，；：;":
            if position > begin:
                yield begin, position
            begin = position + 1
    if begin < span.end:
        yield begin, span.end
