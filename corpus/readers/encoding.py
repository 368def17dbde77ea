"""Bytes of a text file to characters: Unicode where it says so, else the likeliest encoding.

Chinese text in an old encoding carries no mark of it, and most byte strings are valid in several.
What decides is how many common characters a reading gives; detectors that count byte pairs fail on
a cover of forty characters, this does not.
"""

from __future__ import annotations

import codecs
import re

from corpus.errors import AttacheError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
"""Bytes that an encoding is chosen by; the rest is decoded alike."""
_ENOUGH = 0.25
"""Least score of a reading, of at most 1 for each character beyond ASCII."""
_LONGEST_SEQUENCE = 3
_ALLOWED_CONTROL = frozenset("\t\n\r\v\f\x1b\x85")
_MOST_CONTROL = 0.05

# The 480 commonest characters of Traditional Chinese (Taiwan's laws, everyday sentences and our
# own digests, each weighing the same), and the Simplified forms of those that have one.
_TRADITIONAL = (
    "我的之一他了你人不有會在關是定國及或應第為這以機事個們行業法項經得者其要本年湯姆與理時她作用"
    "主管議務上員於所資嗎公請下十條中規麼來能前日方發很期並到分二出大對證可三地辦天明報生說去計體"
    "依工全保合沒該裡成書提告子學自由開相想內動間好後件部那申各設任外什看知物政交給安過認意點處加"
    "月做等同新家表多情車就起受查道實金進通電次運信核檢區小程濟使建利五構正都組施長文列畫現產最歡"
    "性如指款易重商四海見未把司題喜和更驗境代營市名權式已讓案力回將當常備專無問供至入品民別結制具"
    "場險收立目著費因限委語原參執每從記度照向貨料職話數六標準高面必審持助美位服再但打被際果續心非"
    "單許西太置需投院何訴額附比總視席形決託澳水貿旅吃取還止士容教確訊百護也口化接改今稱調些變完協"
    "臺兒門真樣除候格校集師輸亞則孩約包航放直晚住財價反研此麗量基域英種統解而論支預算房親監路共流"
    "訂示哪例展感少央跟它手簡討採疫強券活試登瑪移選卡系先效序技空醫錢氣特害達官元防聽快買七稅球送"
    "考東早益屬網整適陸幫影須存船始泰織邊付責造昨八轉兩求色友級領身科類識製走父覺府平怎修望策補字"
    "留配股女九團戶評土離術擔優洲予係停器片幾"
)
_SIMPLIFIED = (
    "会关国应为这机个们业项经汤与时议务员于资吗请条规么来发并对证办报说计体没该里书学开内动间后设给"
    "过认点处车实电运检区济组构长画现产欢见题验营权让将当备专无问别结场险着费语参执从记货职话数标准"
    "审际续单许诉额总视决托贸还确讯护称调变协台儿门样师输亚则约财价丽种统论预亲监订简讨采强试玛选医"
    "钱气达听买税东属网适陆帮须织边责转两级领类识觉补团户评离术优进几"
)
_MARKS = (
    "，。、；：？！「」『』（）《》〈〉【】─—…．·‧～／％＋－＝０１２３４５６７８９１○●◎　〇※“”‘’"
)
_COMMON = frozenset(_TRADITIONAL + _SIMPLIFIED + _MARKS)
_WESTERN = frozenset("‘’“”–—…•·°©®€£§éèêëàâäáãçñóôöòúüùûíîïßÉÄÖÜ\xa0½×")
_UNREADABLE = re.compile("\ufffd+")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_BIG5_FREQUENT = (0xA4, 0xC6)
_GB_FREQUENT = (0xB0, 0xD7)
"""First bytes of the part of Big5, and of GB 2312, that holds the frequent characters."""


def decode(content: bytes, name: str, declared: str | None = None) -> str:
    """The text of a file.

    A byte order mark decides; then UTF-8, if the bytes are; then the encoding that the file
    itself declares; then the likeliest of Big5 (CP950, HKSCS), GB 18030, UTF-16 and CP1252. A byte
    that stays unreadable in an otherwise sound text becomes U+FFFD. AttacheError when no reading
    looks like text.
    """
    text = _decoded(content, name, declared)
    sample = text[:_SAMPLE]
    control = sum(char < " " and char not in _ALLOWED_CONTROL for char in sample)
    if control > _MOST_CONTROL * len(sample):
        raise AttacheError(
            f"{name}: found binary data (control characters), expected text; "
            "give the file its true suffix"
        )
    return text


def _decoded(content: bytes, name: str, declared: str | None) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace").removeprefix("\ufeff")
    has_nul = b"\0" in content
    whole = None if has_nul else _whole_utf8(content)
    if whole is not None and not _is_doubtful(whole):
        return whole
    if declared is not None and not has_nul:
        text = _strictly(content, declared)
        if text is not None:
            return text
    best = _likeliest(content)
    if best is not None:
        return content.decode(best, errors="replace")
    if whole is not None:
        return whole
    if has_nul:
        raise AttacheError(
            f"{name}: found binary data (NUL bytes), expected text; give the file its true suffix"
        )
    raise AttacheError(
        f"{name}: found bytes that read as text in no encoding we know, expected UTF-8, UTF-16, "
        "Big5 or GB 18030; save it as UTF-8"
    )


def _whole_utf8(content: bytes) -> str | None:
    """UTF-8 text, which may be cut within its last character; None when it is no UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if (
            error.start
            and len(content) - error.start <= _LONGEST_SEQUENCE
            and "end" in error.reason
        ):
            return content[: error.start].decode("utf-8")
        return None


def _is_doubtful(text: str) -> bool:
    """Whether UTF-8 may be chance: 目录 in GB 2312 looks like two odd letters."""
    beyond = _BEYOND.findall(text[:_SAMPLE])
    return bool(beyond) and all(char < "\u0800" and char not in _WESTERN for char in beyond)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _likeliest(content: bytes) -> str | None:
    sample = content[:_SAMPLE]
    wide = b"\0" in content
    candidates = (
        ("utf-16-le", "utf-16-be") if wide else ("utf-8", "cp950", "big5hkscs", "gb18030", "cp1252")
    )
    best, most = None, _ENOUGH
    for encoding in candidates:  # the first of equals: CP950 is what Taiwan writes
        score = _score(sample, encoding)
        if score > most:
            best, most = encoding, score
    return best


def _score(sample: bytes, encoding: str) -> float:
    """How much like text the sample reads, from below 0 to 1."""
    text = _UNREADABLE.sub("\ufffd", sample.decode(encoding, errors="replace"))
    # the sample's end may cut a character, which says nothing against it
    text = text[:-1] if len(sample) == _SAMPLE and text.endswith("\ufffd") else text
    beyond = _BEYOND.findall(text)
    if encoding.startswith("utf-16"):
        plain = sum(c.isalnum() or c in " \r\n\t,.-" for c in text) - len(beyond)
        good = plain + sum(c in _COMMON for c in beyond)
        return (good - 4 * (text.count("\ufffd") + text.count("\0"))) / max(len(text), 1)
    if not beyond:
        return 0
    if encoding == "cp1252":
        # every byte is a character of its own here: a Western text has few of them
        western = sum(c in _WESTERN for c in beyond) / len(beyond)
        return western if len(beyond) < 0.1 * len(text) else western - 0.8
    points = 0.0
    for char in beyond:
        if char in _COMMON:
            points += 1
        elif char == "\ufffd":
            points -= 6
        elif "一" <= char <= "鿿":
            points += 0.4 if _is_frequent(char, encoding) else -0.1
        elif "\ue000" <= char <= "\uf8ff":
            points -= 2
        else:
            points -= 0.5
    return points / len(beyond)


def _is_frequent(char: str, encoding: str) -> bool:
    """Whether the encoding itself lists the character among the frequent ones."""
    if encoding == "utf-8":
        return True
    code = char.encode(encoding, errors="replace")
    low, high = _GB_FREQUENT if encoding == "gb18030" else _BIG5_FREQUENT
    if encoding == "gb18030" and len(code) == 2 and code[1] < 0xA1:
        return False
    return len(code) == 2 and low <= code[0] <= high
