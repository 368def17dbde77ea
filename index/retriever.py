"""An index opened for reading: query and filters to hits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import AttacheError
from corpus.gazetteer import bodies, body_named, economies, economy_named
from corpus.speakers import Speakers
from corpus.types import Chunk, Report, Role
from index.encoder import load_encoder
from index.engine import Engine, TextScore
from index.expansion import identity
from index.fusion import WEIGHTS, Weights
from index.glossary import Synonyms, merged
from index.passage import passage
from index.query import Match, TextMatcher
from index.records import StoredEntry, StoredReport
from index.rerank import RERANKED, Reranker, reranked
from index.store import Generation, live, remedy, verify
from index.tables import Chunks, StoredReports, read_glossary
from index.text import fold
from index.types import Encoder, Filters, Hit, Mode

ROLE_PRIOR = {
    Role.CONTENTS: -3.0,
    Role.COVER: -1.0,
    Role.AGENDA: -1.0,
    Role.ANNEX: -1.0,
    Role.CAPTION: -0.5,
}
"""Added to the score of a chunk by the role of its section, in standard deviations of a query's
lexical scores: lists of what was to be said do not crowd out what was said."""

NO_FILTERS = Filters()


class Index:
    """The reports and chunks of one generation, and the search over them."""

    def __init__(
        self,
        generation: Generation,
        encoder: Encoder,
        reranker: Reranker | None = None,
        weights: Weights = WEIGHTS,
    ) -> None:
        self._generation = generation
        self._weights = weights
        stored = StoredReports(generation.folder)
        self._stored = stored
        self.chunks: Sequence[Chunk] = (chunks := Chunks(generation.folder, stored))
        self._chunks = chunks
        self.glossary: tuple[StoredEntry, ...] = read_glossary(generation.folder)
        self._engine = Engine.open(generation.folder, encoder, self._synonyms(), weights)
        self.encoder = encoder
        self._speakers: dict[str, Speakers] = {}
        self._reranker = reranker

    @property
    def chunk_target(self) -> int:
        """Characters that its chunks aim at."""
        return self._generation.manifest.contents.chunk_target

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """All reports, ordered by the path of their files."""
        return tuple(stored.report for stored in self._stored)

    @property
    def stored(self) -> Sequence[StoredReport]:
        """All reports with the paths of their files, in the order of ``reports``."""
        return self._stored

    def report(self, report_id: str) -> Report:
        """Give the report with this id; ``AttacheError`` when there is none."""
        for stored in self._stored:
            if stored.report.id == report_id:
                return stored.report
        raise AttacheError(
            f"no report {report_id} in the index; "
            f"expected one of {', '.join(report.id for report in self.reports[:8])}…"
        )

    def source_file(self, report_id: str) -> Path:
        """Say where the file of a report lay when it was read; ``AttacheError`` without one.

        It may have changed since, or be gone.
        """
        for stored in self._stored:
            if stored.report.id == report_id:
                return Path(stored.path)
        raise AttacheError(f"no report {report_id} in the index, expected one that it lists")

    def chunks_of(self, report_id: str) -> tuple[Chunk, ...]:
        """Give the chunks of a report, in reading order; () when it is not in the index."""
        ids = [report.id for report in self.reports]
        number = ids.index(report_id) if report_id in ids else -1
        rows = np.flatnonzero(self.report_numbers() == number).tolist()
        return tuple(self.chunks[row] for row in rows)

    def report_numbers(self) -> NDArray[np.int32]:
        """Give for each row the position of its report in ``reports``."""
        return self._chunks.report_numbers()

    def search(
        self,
        query: str,
        mode: Mode = Mode.HYBRID,
        k: int = 10,
        filters: Filters = NO_FILTERS,
    ) -> tuple[Hit, ...]:
        """Find the k best chunks that pass the filters, best first, equal ones by row.

        With a reranker the first of the hybrid mode have its scores and its order.
        """
        if self._reranker is None or mode is not Mode.HYBRID:
            return self._search(query, mode, k, filters)
        hits = self._search(query, mode, max(k, RERANKED), filters)
        best = [passage(self.report(hit.chunk.report_id), hit.chunk) for hit in hits[:RERANKED]]
        return reranked(hits, self._reranker.score(query, best))[:k]

    def _search(self, query: str, mode: Mode, k: int, filters: Filters) -> tuple[Hit, ...]:
        prior = None if filters.roles else self._prior
        try:
            found = self._engine.search(query, mode, k, self.allowed(filters), prior)
            return tuple(
                Hit(self.chunks[hit.row], rank, hit.score, hit.lexical, hit.dense)
                for rank, hit in enumerate(found, start=1)
            )
        except (IndexError, ValueError, KeyError, TypeError, RuntimeError):
            verify(self._generation, None)
            raise

    def score_texts(self, query: str, texts: Sequence[str]) -> tuple[TextScore, ...]:
        """Score texts, such as sentences of hits, as the query's passages are scored."""
        return self._engine.score(query, texts)

    def explain(self, query: str, text: str) -> tuple[Match, ...]:
        """Tell which words of the query a text holds: themselves, as synonym or as translation."""
        return self._engine.explain(query, text)

    def matcher(self, query: str) -> TextMatcher:
        """Give what reads texts for a query, where there are many to read."""
        return self._engine.matcher(query)

    def bag(self, text: str) -> Counter[str]:
        """Count the terms of a text that is read again and again."""
        return self._engine.bag(text)

    def speakers(self, report_id: str) -> Speakers:
        """Give the reader of whose statements the sentences of a report tell."""
        if report_id not in self._speakers:
            self._speakers[report_id] = Speakers(self.report(report_id))
        return self._speakers[report_id]

    def allowed(self, filters: Filters) -> NDArray[np.bool_] | None:
        """Mask the rows that pass the filters; None when all do."""
        masks = []
        of_report = (
            filters.since or filters.until or filters.groups or filters.agencies or filters.reports
        )
        if of_report:
            kept = (at for at, report in enumerate(self.reports) if passes(report, filters))
            masks.append(self._chunks.of_reports(kept))
        if filters.roles:
            masks.append(self._chunks.of_roles(filters.roles))
        if filters.economies:
            masks.append(self._chunks.of_economies(map(_economy_code, filters.economies)))
        return np.logical_and.reduce(masks) if masks else None

    @cached_property
    def _prior(self) -> NDArray[np.float64]:
        prior = np.zeros(len(self._chunks))
        for role, weight in ROLE_PRIOR.items():
            prior[self._chunks.of_roles([role])] = weight * self._weights.role_prior
        return prior

    def _synonyms(self) -> tuple[Synonyms, ...]:
        mined = merged(stored.entry for stored in self.glossary)
        return (*gazetteer_synonyms(), *mined)


def open_index(
    folder: Path | str,
    encoder: Encoder | None = None,
    reranker: Reranker | None = None,
    weights: Weights = WEIGHTS,
) -> Index:
    """Open the live generation of an index.

    The encoder is the one that the index was built with, unless one is given. ``AttacheError``
    when there is no index, or it is damaged, of another version, or built with another encoder.
    """
    home = Path(folder)
    generation = live(home)
    verify(generation)
    contents = generation.manifest.contents
    encoder = load_encoder(contents.encoder_name) if encoder is None else encoder
    if identity(encoder) != contents.encoder_id:
        raise AttacheError(
            f"the index in {home} was built with the encoder {contents.encoder_id}; "
            f"found {identity(encoder)}; {remedy(home)}"
        )
    try:
        return Index(generation, encoder, reranker, weights)
    except (OSError, ValueError, KeyError, TypeError, IndexError, RuntimeError) as error:
        verify(generation, None)
        raise AttacheError(
            f"the index in {home} cannot be opened ({error}); {remedy(home)}"
        ) from error


def passes(report: Report, filters: Filters) -> bool:
    """Tell whether a report passes the filters that concern reports."""
    metadata = report.metadata
    written = metadata.report_date
    begins = metadata.event_start or metadata.event_end or written
    ends = metadata.event_end or metadata.event_start or written
    return (
        (filters.since is None or (ends is not None and _not_before(ends.value, filters.since)))
        and (filters.until is None or (begins is not None and begins.value <= filters.until))
        and (not filters.reports or report.id in filters.reports)
        and _any_shared(filters.groups, (fact.value for fact in metadata.groups), _group)
        and (
            not filters.agencies
            or any(
                fold(a) in fold(fact.value) for a in filters.agencies for fact in metadata.agencies
            )
        )
    )


def gazetteer_synonyms() -> tuple[Synonyms, ...]:
    """Give the names of economies and bodies that the gazetteer knows."""
    named = [(economy.en, economy.zh, *economy.forms) for economy in economies()]
    named += [(body.acronym, body.en, body.zh, *body.forms) for body in bodies()]
    return tuple(Synonyms(_distinct(forms)) for forms in named)


def _distinct(forms: Sequence[str]) -> tuple[str, ...]:
    return tuple({fold(form): form for form in forms if len(form) > 1}.values())


def _not_before(day: date, since: date) -> bool:
    return day >= since


def _any_shared(wanted, found, key) -> bool:  # type: ignore[no-untyped-def]
    return not wanted or bool({key(name) for name in wanted} & {key(name) for name in found})


def _group(name: str) -> str:
    body = body_named(name)
    return fold(name) if body is None else fold(body.acronym)


def _economy_code(name: str) -> str:
    economy = economy_named(name)
    if economy is None:
        known = ", ".join(economy.en for economy in economies())
        raise AttacheError(f"no economy is called {name!r}; expected one of {known}")
    return economy.code
