"""Words of the interface, each in both languages; a word that lacks one cannot be written."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Language


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of the interface in Traditional Chinese, as Taiwan writes it, and in English."""

    zh: str
    en: str

    def of(self, language: Language, **values: object) -> str:
        """Give it in one language, with its ``{names}`` filled in."""
        words = self.zh if language is Language.ZH else self.en
        return words.format(**values) if values else words


TAGLINE = Words(
    "向出國報告提問，每個答案都附可查證的原文",
    "Ask the trip reports; every answer shows the passage that proves it",
)
ASK_TAB = Words("提問", "Ask")
SKIP = Words("跳到提問欄", "Skip to the question box")
OTHER_LANGUAGE = Words("English", "中文")
READ_IN_OTHER = Words("Switch to English", "切換為中文")
THEME = Words("切換深色或淺色", "Switch between dark and light")
