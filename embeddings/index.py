"""VectorIndex: the nearest rows of a matrix of unit vectors, by an index chosen by its size."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import LibraryError
from embeddings.cells import CellRows, build_cells, read_cells
from embeddings.flat import FlatRows, read_flat
from embeddings.querying import Rows, Vectors

# Up to here the exact search takes at most some milliseconds and nothing is gained by approximating.
FLAT_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Nearest rows by inner product; of unit rows that is the cosine.

    Args:
        kind: FAISS's name of the index, for the manifest ("Flat", "IVF4000,PQ192x4fs").
        rows: what is searched.
    """

    kind: str
    rows: FlatRows | CellRows

    @property
    def size(self) -> int:
        """Number of rows."""
        return self.rows.size

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self.rows.dim

    def save(self, path: Path) -> None:
        """Write the index to a file; the rows of a large one to a second file beside it."""
        self.rows.save(path)

    def search(self, queries: Vectors, k: int, rows: Rows | None = None) -> tuple[Vectors, Rows]:
        """Similarities, (n, k) float32, best first, and row numbers, (n, k) int64; -1 where there are fewer than k.

        Args:
            queries: unit rows, (n, dim) float32.
            k: how many of the nearest.
            rows: only these rows may be found, (m,) int64; all where None.
        """
        count = min(k, self.size if rows is None else len(rows))
        if count < 1 or not len(queries):
            return np.zeros((len(queries), 0), np.float32), np.zeros((len(queries), 0), np.int64)
        wanted = np.ascontiguousarray(queries, dtype=np.float32)
        if rows is not None:
            return self._search_among(wanted, count, np.asarray(rows, dtype=np.int64))
        similarities, found = self.rows.search(wanted, count)
        return similarities, found

    def vectors(self, rows: Rows) -> Vectors:
        """The vectors of some rows, (m, dim) float32, as exact as the index keeps them."""
        return self.rows.vectors(np.asarray(rows, dtype=np.int64))

    def similarities(self, query: Vectors, rows: Rows) -> Vectors:
        """The similarities of some rows with one query, (dim,) float32: (m,) float32."""
        return self.rows.similarities(query, rows)

    def _search_among(self, queries: Vectors, k: int, rows: Rows) -> tuple[Vectors, Rows]:
        # Exact over the chosen rows: the nearest cells may hold none of them.
        similarities = queries @ self.vectors(rows).T
        order = np.argsort(-similarities, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(similarities, order, axis=1).astype(np.float32), rows[order]


def build_index(vectors: Vectors, kind: str = "") -> VectorIndex:
    """An index of unit vectors, (n, dim) float32.

    Args:
        vectors: unit rows.
        kind: "Flat" or FAISS's name of an index of cells; chosen by the number of rows where empty.
    """
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    kind = kind or _kind_for(*rows.shape)
    return VectorIndex(kind, FlatRows(rows) if kind == "Flat" else build_cells(rows, kind))


def _kind_for(count: int, dim: int) -> str:
    # As many cells as rows in a cell, times sixteen: finding the cells then costs about what searching them costs.
    return "Flat" if count <= FLAT_ROWS else f"IVF{round(4 * count**0.5)},PQ{dim // 2}x4fs"


def load_index(path: Path, kind: str = "") -> VectorIndex:
    """The index of a file.

    Args:
        path: written by `VectorIndex.save`.
        kind: its name in the manifest.

    Raises:
        LibraryError: the file is missing or broken.
    """
    flat = read_flat(path)
    if flat is not None:
        return VectorIndex(kind, flat)
    try:
        return VectorIndex(kind, read_cells(path))
    except (RuntimeError, OSError, ValueError) as broken:
        raise LibraryError(f"{path}: the vectors can't be read ({broken}); build the library again") from broken
