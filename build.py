"""Build: walk articles once, left to right, from files to the live generation of a library.

files -> articles -> passages -+-> claims -> concepts -> relations -+-> library
                               +-> vectors -> index ----------------+

What was made from a text before is taken from cache.db, so one changed article costs one article.
"""

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from os import cpu_count
from pathlib import Path

import numpy as np

from corpus.articles import Article
from corpus.cache import Cache, content_key
from corpus.errors import KinetraceError, LibraryError
from corpus.library import Manifest, live_generation, new_generation, open_generation, publish, verify_files
from corpus.passages import Passage, split_passages
from corpus.reading import MAX_BYTES, Refused, read_articles
from corpus.store import write_articles
from embeddings.encoder import DEFAULT_MODEL, identify_model, passage_window
from embeddings.exports import exported_encoder
from embeddings.index import build_index
from embeddings.lexical import write_full_text
from embeddings.querying import ENCODER_FILES, QueryEncoder, load_query_encoder
from graph.assembly import CausalGraph, assemble
from graph.claims import EXTRACTOR_VERSION, read_claims
from graph.concepts import Claim, Concept, open_named
from graph.linking import MERGE_AT, Linker, merge_open
from graph.packing import pack_claims, unpack_claims
from graph.store import StoredMention, write_graph
from graph.vocabulary import load_vocabulary

# Below this many articles a second process costs more to start (a parser of its own) than it saves.
ARTICLES_A_PROCESS = 60


class BuildCancelledError(KinetraceError):
    """The build was stopped by its user; the library is as it was before."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one stage of a build is: `done` of `total` pieces of work."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build depends on beside its articles.

    Args:
        model: name or path of a sentence-transformers model, "" for the default.
        vocabulary: a TOML file that adds to or overrides the built-in vocabulary.
        max_bytes: larger files are refused.
    """

    model: str = ""
    vocabulary: Path | None = None
    max_bytes: int = MAX_BYTES


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: the live manifest, what was left out, and whether anything had changed since the last one."""

    manifest: Manifest
    refused: tuple[Refused, ...]
    changed: bool


OnProgress = Callable[[Progress], None]


def build(
    paths: Sequence[Path],
    library: Path,
    *,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Report:
    """Read all articles under the paths and make them the library's live generation.

    Args:
        paths: files and folders.
        library: its folder; made where missing.
        settings: defaults where None.
        on_progress: called after each piece of work.
        cancelled: asked after each piece of work; true ends the build and leaves the library as it was.

    Raises:
        LibraryError: no article could be read, or the folder can't be written, or another build is at work.
        VocabularyError, ModelError: the settings name a broken one.
        BuildCancelledError: the user stopped it.
    """
    settings = settings or Settings()
    report = _reporter(on_progress, cancelled)
    vocabulary = load_vocabulary(settings.vocabulary)
    reading = read_articles(paths, max_bytes=settings.max_bytes, on_progress=report("reading articles"))
    if not reading.articles:
        raise LibraryError(_nothing_to_read(paths, reading.refused))
    model_id, model_sha256 = identify_model(settings.model or DEFAULT_MODEL)
    manifest = Manifest(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        settings={"model": settings.model, "vocabulary": str(settings.vocabulary or "")},
        sources=tuple(str(path) for path in paths),
        content=_content_hash(reading.articles),
        model_id=model_id,
        model_sha256=model_sha256,
        extractor_version=f"{EXTRACTOR_VERSION}+{_code_hash()}",
        vocabulary_version=vocabulary.version,
    )
    live = live_generation(library)
    if live is not None and _same_inputs(manifest, live.manifest) and not verify_files(live):
        return Report(live.manifest, reading.refused, changed=False)
    with new_generation(library) as folder, Cache(library / "cache.db") as cache:
        encoder = _query_encoder(settings, folder, report("preparing the encoder"))
        manifest = _write_generation(folder, manifest, reading.articles, Linker(vocabulary), encoder, cache, report)
        cache.keep_only((_claims_producer(manifest), manifest.model_id))
        publish(library, folder, manifest)
    return Report(open_generation(library).manifest, reading.refused, changed=True)


Reporter = Callable[[str], Callable[[int, int], None]]


def _reporter(on_progress: OnProgress | None, cancelled: Callable[[], bool] | None) -> Reporter:
    """Makes the callback of one stage; each call passes progress on and ends a cancelled build."""

    def stage(name: str) -> Callable[[int, int], None]:
        def report(done: int, total: int) -> None:
            if cancelled is not None and cancelled():
                raise BuildCancelledError("build stopped; the library is as it was before")
            if on_progress is not None:
                on_progress(Progress(name, done, total))

        return report

    return stage


def _nothing_to_read(paths: Sequence[Path], refused: Sequence[Refused]) -> str:
    where = ", ".join(str(path) for path in paths) or "no path"
    why = "".join(f"\n  {one.path}: {one.reason}" for one in refused[:20])
    return f"{where}: no article to read (.txt, .md, .html, .docx); the library is as it was{why}"


def _content_hash(articles: Iterable[Article]) -> str:
    digest = sha256()
    for article in articles:
        digest.update(json.dumps(asdict(article), sort_keys=True).encode())
    return digest.hexdigest()


def _code_hash() -> str:
    """Of everything that decides what a build makes of a text, so that no new rule meets old results."""
    root = Path(__file__).parent
    files = (path for package in ("corpus", "graph", "embeddings") for path in (root / package).rglob("*"))
    digest = sha256(Path(__file__).read_bytes())
    for path in sorted(files):
        if path.suffix in {".py", ".toml", ".txt", ".json", ".npz", ".onnx"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _same_inputs(new: Manifest, old: Manifest) -> bool:
    def inputs(manifest: Manifest) -> tuple[object, ...]:
        versions = (manifest.model_id, manifest.extractor_version, manifest.vocabulary_version)
        return manifest.content, dict(manifest.settings), manifest.sources, versions

    return inputs(new) == inputs(old)


def _query_encoder(settings: Settings, folder: Path, report: Callable[[int, int], None]) -> QueryEncoder:
    """The exported encoder, in the new generation's folder.

    Passages are encoded with the export too: it agrees with the model to a cosine of 0.9999997, and a build
    that finds it exported doesn't wait for torch.
    """
    report(0, 1)
    exported = exported_encoder(settings.model or DEFAULT_MODEL)
    for name in ENCODER_FILES:
        shutil.copy2(exported / name, folder / name)
    encoder = load_query_encoder(folder)
    report(1, 1)
    return encoder


def _write_generation(
    folder: Path,
    manifest: Manifest,
    articles: Sequence[Article],
    linker: Linker,
    encoder: QueryEncoder,
    cache: Cache,
    report: Reporter,
) -> Manifest:
    """Fill a generation's folder; the manifest comes back with what was counted."""
    passages = [passage for article in articles for passage in split_passages(article)]
    found = _claims(articles, manifest, linker, cache, report("reading claims"))
    windows = [passage_window(passage) for passage in passages]
    vectors = _vectors(windows, encoder, manifest, cache, report("encoding passages"))
    merged = _merged_open(found, encoder, manifest, cache, report("joining open concepts"))
    claims = [_renamed(claim, merged) for claim in found]
    mentions = _mentions(articles, claims, linker)
    graph = assemble(claims, _concepts(claims, mentions, linker))
    index = build_index(vectors)
    index.save(folder / "passages.faiss")
    names = [graph.concepts[id].name for id in sorted(graph.concepts)]
    if names:
        named = _vectors(names, encoder, manifest, cache, report("encoding concepts"))
        build_index(named).save(folder / "concepts.faiss")
    _write_database(folder / "library.db", articles, passages, graph, mentions, claims, report("writing the library"))
    return replace(manifest, index_kind=index.kind, counts=_counts(articles, passages, graph, claims))


def _claims_producer(manifest: Manifest) -> str:
    return f"claims {manifest.extractor_version} {manifest.vocabulary_version}"


def _claims(
    articles: Sequence[Article], manifest: Manifest, linker: Linker, cache: Cache, report: Callable[[int, int], None]
) -> list[Claim]:
    """The claims of all articles in their order; only articles that the cache doesn't know are read."""
    producer = _claims_producer(manifest)
    keys = {article.id: content_key(article.id, json.dumps(asdict(article), sort_keys=True)) for article in articles}
    kept = dict(cache.get_many(keys.values(), producer))
    missing = [article for article in articles if keys[article.id] not in kept]
    report(len(articles) - len(missing), len(articles))
    processes = max(1, min(cpu_count() or 1, len(missing) // ARTICLES_A_PROCESS))
    read = read_claims(missing, linker=linker, processes=processes)
    for done, (article, claims) in enumerate(read, len(articles) - len(missing) + 1):
        kept[keys[article.id]] = pack_claims(claims)
        cache.put_many({keys[article.id]: kept[keys[article.id]]}, producer)
        report(done, len(articles))
    return [claim for article in articles for claim in unpack_claims(kept[keys[article.id]])]


def _vectors(
    texts: Sequence[str],
    encoder: QueryEncoder,
    manifest: Manifest,
    cache: Cache,
    report: Callable[[int, int], None],
) -> np.ndarray:
    """Unit rows, (n, dim) float32; only texts that the cache doesn't know are encoded."""
    keys = [content_key(text) for text in texts]
    kept = cache.get_many(keys, manifest.model_id)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    known = len(texts) - len(missing)
    report(known, len(texts))
    fresh = encoder.encode(list(missing.values()), on_progress=lambda done, _: report(known + done, len(texts)))
    new = {key: row.tobytes() for key, row in zip(missing, fresh, strict=True)}
    cache.put_many(new, manifest.model_id)
    rows = b"".join(new[key] if key in new else kept[key] for key in keys)
    return np.frombuffer(rows, dtype=np.float32).reshape(len(texts), encoder.dim)


def _merged_open(
    claims: Sequence[Claim],
    encoder: QueryEncoder,
    manifest: Manifest,
    cache: Cache,
    report: Callable[[int, int], None],
) -> Mapping[str, str]:
    """Open concept id -> id of the more frequent paraphrase that it is merged into."""
    counted = Counter(id for claim in claims for id in (claim.cause_concept, claim.effect_concept))
    ids = [id for id, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])) if id.startswith("open/")]
    if not ids:
        return {}
    vectors = _vectors([open_named(id).name for id in ids], encoder, manifest, cache, report)
    return merge_open(ids, vectors, MERGE_AT)


def _renamed(claim: Claim, merged: Mapping[str, str]) -> Claim:
    cause, effect = claim.cause_concept, claim.effect_concept
    return replace(claim, cause_concept=merged.get(cause, cause), effect_concept=merged.get(effect, effect))


def _mentions(articles: Iterable[Article], claims: Iterable[Claim], linker: Linker) -> list[StoredMention]:
    """Where concepts are named: the vocabulary's in the running text, open ones in the claims that made them."""
    mentions = {
        StoredMention(article.id, found.start, found.end, found.concept.id, found.pole)
        for article in articles
        for found in linker.mentions(article.text)
    }
    for claim in claims:
        for phrase, concept in ((claim.cause, claim.cause_concept), (claim.effect, claim.effect_concept)):
            if concept.startswith("open/"):
                mentions.add(StoredMention(claim.article, phrase.start, phrase.end, concept, 1))
    return sorted(mentions, key=lambda mention: (mention.article, mention.start, mention.end, mention.concept))


def _concepts(claims: Iterable[Claim], mentions: Iterable[StoredMention], linker: Linker) -> dict[str, Concept]:
    ids = {mention.concept for mention in mentions}
    ids |= {id for claim in claims for id in (claim.cause_concept, claim.effect_concept)}
    return {id: linker.concept(id) or open_named(id) for id in sorted(ids)}


def _write_database(
    path: Path,
    articles: Sequence[Article],
    passages: Sequence[Passage],
    graph: CausalGraph,
    mentions: Sequence[StoredMention],
    claims: Sequence[Claim],
    report: Callable[[int, int], None],
) -> None:
    with closing(sqlite3.connect(path)) as db:
        write_articles(db, articles, passages)
        report(1, 3)
        write_full_text(db, passages)
        report(2, 3)
        write_graph(db, graph.concepts.values(), mentions, claims, graph.relations.values())
        report(3, 3)


def _counts(
    articles: Sequence[Article], passages: Sequence[Passage], graph: CausalGraph, claims: Sequence[Claim]
) -> dict[str, int]:
    return {
        "articles": len(articles),
        "words": sum(len(article.text.split()) for article in articles),
        "passages": len(passages),
        "claims": len(claims),
        "concepts": len(graph.concepts),
        "open concepts": sum(concept.kind == "open" for concept in graph.concepts.values()),
        "relations": len(graph.relations),
    }
