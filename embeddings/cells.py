"""CellRows: many unit rows in cells; coarse codes find what may be near, the rows themselves decide.

A search looks into the cells whose middles are nearest, ranks what is in them by four-bit codes, and measures the best
of these by rows of 16-bit integers. How many cells it takes is measured on the rows themselves when the index is built:
they tell as many as questions do (on 22,329 MiniLM vectors 98 in 100 of the nearest passages of 213 real questions
stand in the nearest 80 of 600 cells, those of passages in 125).
"""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from embeddings.querying import Rows, Vectors

if TYPE_CHECKING:
    import faiss

# Share of the ten nearest rows that the chosen cells hold.
_COVERED = 0.99
_NEAREST = 10
_ASKED = 500
_CHUNK = 20_000
# How many rows a cell takes to find its middle.
_TRAINED = 40
# How many rows are measured exactly: so many times what is asked for, and at least.
_MEASURED = 4
_LEAST_MEASURED = 600
_LARGEST = np.iinfo(np.int16).max


@dataclass(frozen=True)
class CellRows:
    """Unit rows that are searched by cells.

    Args:
        index: FAISS's cells with the codes of their rows.
        integers: the rows, each scaled to use all of 16 bits, (n, dim) int16; that a row has length 1 gives it back.
        probes: how many cells a search looks into.
        measured: how many rows of them it measures exactly, at least.
    """

    index: "faiss.IndexIVF"
    integers: npt.NDArray[np.int16]
    probes: int
    measured: int = _LEAST_MEASURED

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.integers)

    @property
    def dim(self) -> int:
        """Length of a row."""
        return int(self.integers.shape[1])

    def search(self, queries: Vectors, k: int) -> tuple[Vectors, Rows]:
        """Similarities and row numbers of the k nearest, best first; -1 where the cells hold fewer than k."""
        near = self.index.search(queries, min(self.size, max(_MEASURED * k, self.measured)), params=self._parameters)[1]
        similarities, found = np.full((len(queries), k), -1, np.float32), np.full((len(queries), k), -1, np.int64)
        for place, query in enumerate(queries):
            rows = near[place][near[place] >= 0]
            measured = self.similarities(query, rows)
            best = np.argsort(-measured, kind="stable")[:k]
            similarities[place, : len(best)], found[place, : len(best)] = measured[best], rows[best]
        return similarities, found

    def similarities(self, query: Vectors, rows: Rows) -> Vectors:
        """The similarities of some rows with one query, (m,) float32."""
        chosen = self.integers[rows].astype(np.float32)
        similarities: Vectors = (chosen @ query) / np.sqrt(np.einsum("rd,rd->r", chosen, chosen))
        return similarities

    def vectors(self, rows: Rows) -> Vectors:
        """Some of the rows, (m, dim) float32."""
        chosen = self.integers[rows].astype(np.float32)
        chosen /= np.linalg.norm(chosen, axis=1, keepdims=True)
        return chosen

    def save(self, path: Path) -> None:
        """Write the cells to a file and the rows to one beside it."""
        import faiss

        faiss.write_index(self.index, os.fspath(path))
        np.save(rows_path(path), self.integers, allow_pickle=False)

    @cached_property
    def _parameters(self) -> "faiss.SearchParametersIVF":
        import faiss

        parameters = faiss.SearchParametersIVF()
        parameters.nprobe = self.probes
        return parameters


def rows_path(path: Path) -> Path:
    """The file of the rows that belongs to a file of cells."""
    return path.with_suffix(".npy")


def build_cells(vectors: Vectors, kind: str) -> CellRows:
    """Unit rows in cells.

    Args:
        vectors: unit rows, (n, dim) float32.
        kind: FAISS's name of an index of cells, "IVF600,PQ192x4fs".
    """
    import faiss

    index = cast("faiss.IndexIVF", faiss.index_factory(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT))
    chosen = np.random.default_rng(0).permutation(len(vectors))[: _TRAINED * index.nlist]
    index.train(vectors[np.sort(chosen)])
    index.add(vectors)
    index.nprobe = _enough_cells(index, vectors)
    return CellRows(index, _integers(vectors), index.nprobe)


def read_cells(path: Path) -> CellRows:
    """The rows of two files that `save` wrote.

    Raises:
        RuntimeError, OSError, ValueError: one of them is missing or broken.
    """
    import faiss

    index = faiss.read_index(os.fspath(path), faiss.IO_FLAG_MMAP_IFC)
    if not isinstance(index, faiss.IndexIVF):
        raise ValueError("an index without cells")
    integers = np.load(rows_path(path), mmap_mode="r", allow_pickle=False)
    if integers.dtype != np.int16 or integers.shape != (index.ntotal, index.d):
        raise ValueError(f"{rows_path(path).name} does not belong to it")
    return CellRows(index, integers, index.nprobe)


def _integers(vectors: Vectors) -> npt.NDArray[np.int16]:
    integers = np.empty(vectors.shape, np.int16)
    for first in range(0, len(vectors), _CHUNK):
        rows = vectors[first : first + _CHUNK]
        np.rint(
            rows * (_LARGEST / np.abs(rows).max(axis=1, keepdims=True)),
            casting="unsafe",
            out=integers[first : first + _CHUNK],
        )
    return integers


def _enough_cells(index: "faiss.IndexIVF", vectors: Vectors) -> int:
    """How many of a row's nearest cells hold the share _COVERED of its nearest rows, on some rows drawn at random."""
    drawn = np.random.default_rng(1).choice(len(vectors), min(_ASKED, len(vectors)), replace=False)
    asked = vectors[drawn]
    near = nearest_rows(asked, vectors, _NEAREST + 1)
    other = near != drawn[:, None]
    asking, others = np.nonzero(other)[0], near[other]
    order = index.quantizer.search(asked, index.nlist)[1]
    cells = index.quantizer.search(vectors[others], 1)[1]
    ranks = np.argmax(order[asking] == cells, axis=1)
    return int(np.quantile(ranks, _COVERED, method="higher")) + 1


def nearest_rows(queries: Vectors, vectors: Vectors, k: int) -> Rows:
    """The k nearest rows of each query by inner product, exactly, in no order: (n, k) int64.

    Args:
        queries, vectors: unit rows, (n, dim) and (m, dim) float32; vectors are gone through some at a time.
        k: at most m.
    """
    best, rows = np.full((len(queries), k), -2, np.float32), np.zeros((len(queries), k), np.int64)
    for first in range(0, len(vectors), _CHUNK):
        near = queries @ vectors[first : first + _CHUNK].T
        values = np.concatenate((best, near), axis=1)
        numbers = np.concatenate((rows, np.broadcast_to(np.arange(near.shape[1]) + first, near.shape)), axis=1)
        chosen = np.argpartition(-values, k - 1, axis=1)[:, :k]
        best, rows = np.take_along_axis(values, chosen, axis=1), np.take_along_axis(numbers, chosen, axis=1)
    return rows
