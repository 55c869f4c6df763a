from pathlib import Path
from tempfile import TemporaryDirectory

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import LibraryError
from embeddings.flat import FlatRows
from embeddings.index import FLAT_ROWS, build_index, load_index


def unit_rows(count: int, dim: int = 32, seed: int = 3) -> np.ndarray:
    rng = np.random.default_rng(seed)
    centers = np.random.default_rng(0).normal(size=(50, dim))
    rows = centers[rng.integers(0, 50, count)] + rng.normal(size=(count, dim))
    unit: np.ndarray = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def exact(vectors: np.ndarray, queries: np.ndarray, k: int) -> np.ndarray:
    order: np.ndarray = np.argsort(-(queries @ vectors.T), axis=1, kind="stable")
    return order[:, :k]


@settings(max_examples=30, deadline=None)
@given(count=st.integers(1, 200), k=st.integers(1, 250), seed=st.integers(0, 99))
def test_small_indexes_are_exact(count: int, k: int, seed: int) -> None:
    vectors, queries = unit_rows(count, seed=seed), unit_rows(3, seed=seed + 100)
    similarities, rows = build_index(vectors).search(queries, k)
    expected = exact(vectors, queries, min(k, count))
    assert rows.shape == similarities.shape == expected.shape
    assert np.allclose(similarities, np.take_along_axis(queries @ vectors.T, expected, axis=1), atol=1e-5)
    assert all(len(set(found)) == len(found) for found in rows.tolist())


@settings(max_examples=30, deadline=None)
@given(allowed=st.sets(st.integers(0, 99)), k=st.integers(1, 20))
def test_only_allowed_rows_are_found(allowed: set[int], k: int) -> None:
    vectors, queries = unit_rows(100), unit_rows(2, seed=8)
    rows = np.array(sorted(allowed), dtype=np.int64)
    similarities, found = build_index(vectors).search(queries, k, rows)
    assert found.shape == (2, min(k, len(allowed)))
    assert set(found.ravel().tolist()) <= allowed
    assert np.allclose(similarities, -np.sort(-(queries @ vectors[rows].T), axis=1)[:, :k], atol=1e-5)


@pytest.mark.parametrize("kind", ["Flat", "IVF64,PQ16x4fs"])
def test_an_index_is_the_same_after_saving(tmp_path: Path, kind: str) -> None:
    vectors = unit_rows(3000)
    index = build_index(vectors, kind)
    index.save(tmp_path / "passages.faiss")
    again = load_index(tmp_path / "passages.faiss", kind)
    assert (again.size, again.dim, again.kind) == (3000, 32, kind)
    queries = unit_rows(20, seed=5)
    assert np.array_equal(index.search(queries, 10)[1], again.search(queries, 10)[1])
    assert np.allclose(again.vectors(np.array([2, 0])), vectors[[2, 0]], atol=1e-4)


@settings(max_examples=20, deadline=None)
@given(count=st.integers(1, 60), k=st.integers(1, 80), seed=st.integers(0, 99))
def test_an_exact_index_that_is_read_without_faiss_finds_what_faiss_finds(count: int, k: int, seed: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "passages.faiss"
        vectors, queries = unit_rows(count, seed=seed), unit_rows(4, seed=seed + 1)
        build_index(vectors).save(path)
        index, theirs = load_index(path), faiss.read_index(str(path))
        assert isinstance(index.rows, FlatRows)
        assert np.allclose(index.search(queries, k)[0], theirs.search(queries, min(k, count))[0], atol=1e-5)
        assert (index.search(queries, 1)[1] == theirs.search(queries, 1)[1]).all()
        assert index.vectors(np.arange(count)).tolist() == vectors.tolist()


def test_the_index_of_many_rows_finds_what_the_exact_one_finds() -> None:
    vectors, queries = unit_rows(FLAT_ROWS + 1, dim=16), unit_rows(100, dim=16, seed=9)
    index = build_index(vectors)
    assert index.kind == "IVF566,PQ8x4fs"
    found, expected = index.search(queries, 10)[1], exact(vectors, queries, 10)
    assert np.mean([len(set(a) & set(b)) / 10 for a, b in zip(found, expected, strict=True)]) >= 0.97


def test_similarities_of_many_rows_are_exact_to_the_fourth_place() -> None:
    vectors, queries = unit_rows(FLAT_ROWS + 1, dim=16), unit_rows(20, dim=16, seed=9)
    similarities, rows = build_index(vectors).search(queries, 10)
    assert np.allclose(similarities, np.einsum("qd,qkd->qk", queries, vectors[rows]), atol=1e-4)
    assert (np.diff(similarities, axis=1) <= 0).all()


def test_a_large_index_without_its_rows_is_named(tmp_path: Path) -> None:
    build_index(unit_rows(3000), "IVF64,PQ16x4fs").save(tmp_path / "passages.faiss")
    np.save(tmp_path / "passages.npy", np.zeros((2, 32), np.int16))
    with pytest.raises(LibraryError, match=r"passages\.npy does not belong.*build the library again"):
        load_index(tmp_path / "passages.faiss")
    (tmp_path / "passages.npy").unlink()
    with pytest.raises(LibraryError, match="build the library again"):
        load_index(tmp_path / "passages.faiss")


def test_an_index_of_another_kind_is_named(tmp_path: Path) -> None:
    other = faiss.index_factory(16, "HNSW32,SQfp16", faiss.METRIC_INNER_PRODUCT)
    other.train(unit_rows(100, dim=16))
    faiss.write_index(other, str(tmp_path / "passages.faiss"))
    with pytest.raises(LibraryError, match=r"without cells.*build the library again"):
        load_index(tmp_path / "passages.faiss")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    for name, content in (("missing.faiss", None), ("broken.faiss", b"IxFInothing")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(LibraryError, match=rf"{name}.*build the library again"):
            load_index(tmp_path / name)
