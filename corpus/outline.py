"""Text to section tree: levels from the order in which the marks nest in this report.

The stack holds the sections that are open. Each remembers, for every style of mark, the last value
among its children. A mark goes to the deepest open section whose list it continues; a style that no
open section uses opens one level deeper. Headings without a number go where their words, the table
of contents and the mark that follows them allow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.contents import find_contents, line_key
from corpus.headings import (
    capital_heading,
    caption_shape,
    caption_words,
    contents_heading,
    heading_of,
    known_heading,
    own_role,
)
from corpus.normalise import Line, Normalised
from corpus.numbering import DECIMAL, DIGIT, FORMAL, IDEOGRAPH, ITEM, PHOTOGRAPH, Mark, mark_at
from corpus.script import glue, is_chinese, width
from corpus.types import Role, Section

COVER = "封面"
"""Path label of a cover, which prints no heading."""

_JUMP = 3
"""How far a numbering may jump and still be the same list: authors leave numbers out."""
_NAMED_ONLY = 80
"""Characters behind its label up to which an annex is only named in a list."""
_COVER_LABEL = re.compile(
    r"出國報告|服務機關|姓\s?名|姓名職稱|派赴國家|出國[期地人]|會議期間|報告日期|主辦機關"
)
_TOP_STYLES = frozenset({FORMAL, IDEOGRAPH, DIGIT, "章"})


@dataclass(slots=True, eq=False)
class _Node:
    """A section as it grows."""

    number: str
    heading: str
    label: str
    start: int
    kind: str
    """root, cover, contents, numbered, row (opened by a table row), known, title (in capitals),
    marked (a Markdown heading), caption, more (text behind a caption or table)."""
    parent: _Node | None = None
    level: int = 0
    position: int = 0
    style: str = ""
    value: int = 0
    hashes: int = 0
    role: Role | None = None
    last_child: dict[str, int] = field(default_factory=dict)


def outline(document: Normalised) -> tuple[Section, ...]:
    """The sections of the text in reading order, the root first; their own parts tile the text."""
    return _Outliner(document).sections()


class _Outliner:
    def __init__(self, document: Normalised) -> None:
        self._text = document.text
        self._lines = document.lines
        self._cover_lines = document.cover_lines
        self._texts = [document.text[line.start : line.end] for line in document.lines]
        self._marks = [
            None if line.table else mark_at(text)
            for line, text in zip(self._lines, self._texts, strict=True)
        ]
        self._next_mark = self._following_marks()
        self._contents = find_contents(self._texts)
        self._repeated = self._running_heads()
        self._root = _Node("", "", "", 0, "root", role=Role.PROCEEDINGS)
        self._nodes = [self._root]
        self._stack = [self._root]
        self._agenda: set[_Node] = set()

    def sections(self) -> tuple[Section, ...]:
        first = self._open_cover()
        for number in range(first, len(self._lines)):
            self._read(number)
        self._settle_roles()
        return self._finished()

    # -- lines ---------------------------------------------------------------------------------

    def _read(self, number: int) -> None:
        line, text = self._lines[number], self._texts[number]
        contents = self._contents
        if contents is not None and contents.first <= number < contents.last:
            if number == contents.first:
                heading = text.rstrip("：:") if contents_heading(text) else ""
                self._open(
                    _Node("", heading, heading or "目次", line.start, "contents"), self._root
                )
            return
        is_behind = self._top.kind in {"contents", "cover"}
        if is_behind:
            self._close_to(self._root)
        count = len(self._nodes)
        self._read_body(number, line, text)
        if is_behind and len(self._nodes) == count:
            # text behind the cover or the contents is no part of them
            self._open(_Node("", "", "", line.start, "more"), self._root)

    def _read_body(self, number: int, line: Line, text: str) -> None:
        if line.table:
            self._read_row(line, text)
            return
        if text in self._repeated:
            return
        mark = self._marks[number]
        if mark is not None and self._open_numbered(line, text, mark, row=False):
            return
        if self._open_unnumbered(number, line, text):
            return
        self._read_plain(number, line, text)

    def _read_row(self, line: Line, text: str) -> None:
        cell = next(cell for cell in text.split("\t") if cell)
        mark = mark_at(cell)
        if mark is not None and mark.style == ITEM:
            self._open_numbered(line, cell, mark, row=True)

    def _read_plain(self, number: int, line: Line, text: str) -> None:
        """A line that is no heading: a caption, or text that its section ends before."""
        agenda = next((node for node in self._stack if node.kind == "title"), None)
        if agenda is not None and (
            self._top.kind == "row" or (is_chinese(text) and not is_chinese(agenda.heading))
        ):
            # behind the rows of an agenda, or in another language: no part of it any more
            heading = text.rstrip("：:。") if width(text) <= 90 else ""
            node = _Node("", heading, heading, line.start, "more")
            self._open(node, agenda.parent or self._root)
            return
        in_annex = any(node.role is Role.ANNEX for node in self._stack)
        if self._top.kind == "caption":
            if not in_annex and (text[-1] in "。；" or len(text) > 80) and not caption_words(text):
                parent = self._top.parent or self._root
                self._open(_Node("", "", "", line.start, "more"), parent)
            return
        if self._top.kind == "more" and in_annex:
            return
        if line.gap == 0 and number > 0 and not self._lines[number - 1].table:
            return  # a caption's first line has a gap before it
        block = self._block(number)
        if self._is_caption(line, block, in_annex):
            joined = glue_lines(block)
            heading = joined if len(joined) <= 60 else next(filter(caption_words, block), block[0])
            heading = heading.rstrip("。：:")
            heading = heading if len(heading) <= 80 else ""
            node = _Node("", heading, heading, line.start, "caption", role=Role.CAPTION)
            self._open(node, self._top)

    def _is_caption(self, line: Line, block: list[str], in_annex: bool) -> bool:
        if self._top.kind == "cover" or len(self._nodes) == 1 or len(block) > 5:
            return False
        if any(text.startswith(("- ", "• ")) for text in block):
            return False
        if any(caption_words(text) for text in block):
            return in_annex or all(len(text) <= 80 for text in block)
        return line.gap >= 3 and len(block) <= 3 and all(caption_shape(text) for text in block)

    def _block(self, number: int) -> list[str]:
        """The line and those that follow it without a gap, as far as they are plain lines."""
        last = number + 1
        while last < len(self._lines) and last - number < 6:
            line = self._lines[last]
            if line.gap or line.table or line.hashes or self._marks[last] is not None:
                break
            last += 1
        return self._texts[number:last]

    def _running_heads(self) -> set[str]:
        """Short lines printed three times or more: heads of pages, which neither open nor close."""
        counts: dict[str, int] = {}
        for line, text, mark in zip(self._lines, self._texts, self._marks, strict=True):
            if not (line.table or line.hashes) and len(text) <= 60 and mark is None:
                counts[text] = counts.get(text, 0) + 1
        return {text for text, count in counts.items() if count >= 3 and not known_heading(text)}

    # -- cover ---------------------------------------------------------------------------------

    def _open_cover(self) -> int:
        """Open the cover, if there is one; the number of the first line behind it."""
        first = self._cover_lines or self._first_heading()
        if first == 0 or not any(_COVER_LABEL.search(text) for text in self._texts[:first]):
            return 0
        self._open(_Node("", "", COVER, 0, "cover", role=Role.COVER), self._root)
        return first

    def _first_heading(self) -> int:
        for number, text in enumerate(self._texts):
            if self._contents is not None and number == self._contents.first:
                return number
            if self._lines[number].table:
                continue
            mark = self._marks[number]
            if mark is not None and (mark.is_strong or mark.readings[0][1] == 1):
                return number
            if known_heading(text) or "。" in text:
                return number
        return 0

    # -- numbered ------------------------------------------------------------------------------

    def _open_numbered(self, line: Line, text: str, mark: Mark, *, row: bool) -> bool:
        if self._ends_summary(text, mark):
            found: tuple[_Node, str, int] | None = (self._root, *mark.readings[0])
        else:
            found = self._place(mark)
        if found is None:
            return False
        parent, style, value = found
        rest = text[mark.end :]
        heading = heading_of(rest, annex=style.startswith("附"))
        printed = text[mark.start : mark.end].strip()
        label = _label(mark, printed, heading)
        node = _Node(mark.number, heading, label, line.start, "row" if row else "numbered")
        node.style, node.value, node.hashes = style, value, line.hashes
        if style in {PHOTOGRAPH, "相片", "圖片"}:
            node.role = Role.CAPTION
        self._open(node, parent)
        parent.last_child[style] = value
        if style == ITEM or mark.start:
            self._agenda.update(node for node in self._stack if node.kind == "title")
        return True

    def _ends_summary(self, text: str, mark: Mark) -> bool:
        """Whether the first chapter begins here: it stands beside 摘要, not below it."""
        top = self._top
        return (
            top.kind == "known"
            and top.parent is self._root
            and own_role(top.heading, None) is Role.SUMMARY
            and mark.style in _TOP_STYLES
            and mark.readings[0][1] == 1
            and (mark.style in {FORMAL, "章"} or known_heading(text[mark.end :]))
        )

    def _place(self, mark: Mark) -> tuple[_Node, str, int] | None:
        """The section that the mark belongs under, by the reading of it that fits; None if none."""
        open_nodes = self._open_nodes()
        for style, value in mark.readings:
            parent = self._continued(open_nodes, style, value, mark)
            if parent is not None:
                return parent, style, value
        for style, value in mark.readings:
            parent = self._begun(open_nodes, style, value, mark)
            if parent is not None:
                return parent, style, value
        return None

    def _continued(
        self, open_nodes: list[_Node], style: str, value: int, mark: Mark
    ) -> _Node | None:
        jump = _JUMP if not mark.is_strong else 2 * _JUMP
        for node in reversed(open_nodes):
            last = node.last_child.get(style)
            if last is None or (mark.prefix and not _holds(node, mark.prefix)):
                continue
            if last < value <= last + jump:
                return node
            if mark.is_strong and 1 < value <= last:  # misnumbered: (四) twice
                return node
        return None

    def _begun(self, open_nodes: list[_Node], style: str, value: int, mark: Mark) -> _Node | None:
        first = value <= 1 or (mark.is_strong and value <= 20)
        if not first:
            return None
        same = next((node for node in reversed(open_nodes) if node.style == style), None)
        if mark.prefix:
            holder = next((n for n in reversed(open_nodes) if _holds(n, mark.prefix)), None)
            if holder is not None:
                return holder
            if mark.prefix[-1] > 1:
                return None
        if same is not None and same.parent is not None:
            return same.parent  # the list starts again: beside the one that is open
        return open_nodes[-1]

    # -- unnumbered ----------------------------------------------------------------------------

    def _open_unnumbered(self, number: int, line: Line, text: str) -> bool:
        known = known_heading(text)
        title = capital_heading(text)
        agenda = next((node for node in self._stack if node.kind == "title"), None)
        if known and agenda is not None and text.strip("：: ").casefold() in {"agenda", "議程"}:
            self._agenda.add(agenda)
            return True
        if line.hashes and self._is_report_title(number):
            return True
        if not (known or title or line.hashes):
            return False
        heading = text.rstrip("：: ")
        if title and not known:
            node = _Node("", heading, heading, line.start, "title", hashes=line.hashes)
            parent = self._annex() or self._parent_of_marked(line, self._needed(number))
        elif known:
            node = _Node("", heading, heading, line.start, "known", hashes=line.hashes)
            parent = self._parent_of_known(line, self._needed(number))
        else:
            node = _Node("", heading, heading, line.start, "marked", hashes=line.hashes)
            listed = self._contents is not None and line_key(text) in self._contents.keys
            needed = self._needed(number)
            if listed and needed is None:
                parent = self._parent_of_known(line, needed)
            else:
                parent = self._parent_of_marked(line, needed)
        self._open(node, parent)
        if node.kind == "known" and own_role(heading, None) is Role.ANNEX:
            node.role = Role.ANNEX
        return True

    def _is_report_title(self, number: int) -> bool:
        """Whether this heading is the one # of a Markdown report, above ## for all the rest."""
        if len(self._nodes) > 2 or self._lines[number].hashes != 1:
            return False
        levels = [line.hashes for line in self._lines if line.hashes]
        return levels.count(1) == 1 and len(levels) > 2 and not known_heading(self._texts[number])

    def _needed(self, number: int) -> _Node | None:
        """The open section whose list the next mark continues: it must stay open."""
        mark = self._next_mark[number]
        if mark is None or mark.readings[0][1] <= 1:
            return None
        for style, value in mark.readings:
            for node in reversed(self._open_nodes()):
                last = node.last_child.get(style)
                if last is not None and last < value <= last + _JUMP:
                    return node if node.level else None
        return None

    def _following_marks(self) -> list[Mark | None]:
        """For each line the first mark on a line behind it."""
        following: list[Mark | None] = []
        upcoming: Mark | None = None
        for mark in reversed(self._marks):
            following.append(upcoming)
            upcoming = mark or upcoming
        following.reverse()
        return following

    def _parent_of_known(self, line: Line, needed: _Node | None) -> _Node:
        if needed is not None:
            return needed
        if line.hashes > 1 and not self._numbers_the_top():
            return self._above(line.hashes)
        return self._root

    def _parent_of_marked(self, line: Line, needed: _Node | None) -> _Node:
        if not self._numbers_the_top() and needed is None:
            return self._above(line.hashes) if line.hashes else self._root
        open_nodes = self._open_nodes()
        beside = next((n for n in reversed(open_nodes) if n.kind in {"marked", "title"}), None)
        if beside is not None and beside.parent is not None:
            deeper = line.hashes > beside.hashes > 0
            return beside if deeper else beside.parent
        return next(
            (n for n in reversed(open_nodes) if n.hashes or (n.heading and not line.hashes)),
            open_nodes[-1],
        )

    def _above(self, hashes: int) -> _Node:
        """The deepest open heading with fewer # than this one; numbered ones bow to it."""
        return next((n for n in reversed(self._open_nodes()) if 0 < n.hashes < hashes), self._root)

    def _numbers_the_top(self) -> bool:
        return any(style in _TOP_STYLES for style in self._root.last_child)

    def _annex(self) -> _Node | None:
        return next(
            (
                node
                for node in self._stack[1:]
                if node.role is Role.ANNEX or own_role(node.heading, None) is Role.ANNEX
            ),
            None,
        )

    # -- the stack -----------------------------------------------------------------------------

    @property
    def _top(self) -> _Node:
        return self._stack[-1]

    def _open_nodes(self) -> list[_Node]:
        """The open sections that may have children: captions and the like may not."""
        return [n for n in self._stack if n.kind not in {"caption", "more", "contents", "cover"}]

    def _close_to(self, node: _Node) -> None:
        while self._top is not node:
            self._stack.pop()

    def _open(self, node: _Node, parent: _Node) -> None:
        self._close_to(parent)
        node.parent, node.level, node.position = parent, parent.level + 1, len(self._nodes)
        if parent.role is Role.ANNEX and node.role is None and node.kind == "numbered":
            node.role = Role.ANNEX
        elif node.role is None and node.kind == "numbered":
            annex = own_role(node.heading, None) is Role.ANNEX and parent is self._root
            node.role = Role.ANNEX if annex else None
        self._nodes.append(node)
        self._stack.append(node)

    # -- roles and the result ------------------------------------------------------------------

    def _settle_roles(self) -> None:
        for node in self._nodes[1:]:
            parent = node.parent or self._root
            if node.kind == "contents":
                node.role = Role.CONTENTS
            elif node in self._agenda:
                node.role = Role.AGENDA
            elif node.role is None and node.kind == "more" and parent.role is Role.ANNEX:
                own = self._own_text(node)
                is_caption = is_chinese(own) and any(caption_words(t) for t in own.split("\n"))
                node.role = Role.CAPTION if is_caption else Role.ANNEX
            elif node.role is None:
                node.role = own_role(node.heading, parent.role) or parent.role
            elif node.role is Role.ANNEX and parent.role is Role.ANNEX:
                node.role = self._annex_role(node)

    def _annex_role(self, node: _Node) -> Role:
        """What an annex is by its name, if it is printed in full and not only listed."""
        end = next(
            (n.start for n in self._nodes[node.position + 1 :] if n.level <= node.level),
            len(self._text),
        )
        if end - node.start > len(node.label) + _NAMED_ONLY:
            if node.heading.endswith("照片"):
                return Role.CAPTION
            if "議程" in node.heading or "agenda" in node.heading.casefold():
                return Role.AGENDA
        return Role.ANNEX

    def _own_text(self, node: _Node) -> str:
        following = node.position + 1
        end = self._nodes[following].start if following < len(self._nodes) else len(self._text)
        return self._text[node.start : end]

    def _finished(self) -> tuple[Section, ...]:
        count, length = len(self._nodes), len(self._text)
        own_ends = [node.start for node in self._nodes[1:]] + [length]
        ends = [length] * count
        open_at: list[int] = []
        paths: list[tuple[str, ...]] = []
        for number, node in enumerate(self._nodes):
            while open_at and self._nodes[open_at[-1]].level >= node.level:
                ends[open_at.pop()] = node.start
            open_at.append(number)
            above = paths[node.parent.position] if node.parent is not None else ()
            paths.append((*above, node.label) if node.label else above)
        return tuple(
            Section(
                number=node.number,
                heading=node.heading,
                level=node.level,
                parent=None if node.parent is None else node.parent.position,
                role=node.role or Role.PROCEEDINGS,
                path=path,
                start=node.start,
                own_end=own_end,
                end=end,
            )
            for node, path, own_end, end in zip(self._nodes, paths, own_ends, ends, strict=True)
        )


def glue_lines(lines: list[str]) -> str:
    """Lines of one caption or title as one line."""
    joined = ""
    for line in lines:
        joined += glue(joined, line, spaced=True) + line
    return joined


def _label(mark: Mark, printed: str, heading: str) -> str:
    """How the section is named in a path: as printed, with a space where it reads better."""
    if not heading:
        return mark.number
    space = "" if printed[-1] in "、：．" or (printed[-1] == mark.number[-1] == "章") else " "
    return f"{printed}{space}{heading}"


def _holds(node: _Node, prefix: tuple[int, ...]) -> bool:
    """Whether 5.1 may stand under the node: it is 5., Item 5 or, for 5.1.1, 5.1."""
    if len(prefix) > 1:
        return node.style == f"{DECIMAL}{len(prefix)}" and node.value == prefix[-1]
    return node.style in {DIGIT, ITEM, "章", IDEOGRAPH} and node.value == prefix[0]
