"""VectorIndex: the nearest rows of a matrix of unit vectors, by a FAISS index chosen by its size."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Union

import numpy as np
import numpy.typing as npt

from corpus.errors import LibraryError
from embeddings.flat import FlatRows, read_flat
from embeddings.querying import Vectors

if TYPE_CHECKING:
    import faiss

Rows = npt.NDArray[np.int64]

# Up to here the exact search takes at most some milliseconds and nothing is gained by approximating.
FLAT_ROWS = 20_000
# Measured on 33,000 MiniLM vectors of abstracts and answers: HNSW is ahead of IVF in recall and in speed. Of a million
# clustered vectors, recall@10 and ms a query: 16 neighbours 0.969 and 1.5 at a width of 400 (870 MB); 32 neighbours
# 0.967 and 0.9 at 200, 0.981 and 1.4 at 400, 0.987 and 3.4 at 800 (991 MB).
_HNSW_NEIGHBOURS = 32
_HNSW_BUILD_WIDTH = 64
_HNSW_SEARCH_WIDTH = 400


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Nearest rows by inner product; of unit rows that is the cosine.

    Args:
        kind: FAISS's name of the index, for the manifest ("Flat", "HNSW32,SQfp16").
        faiss_index: the index, or the rows of an exact one.
    """

    kind: str
    faiss_index: Union["faiss.Index", FlatRows]

    @property
    def size(self) -> int:
        """Number of rows."""
        return int(self.faiss_index.ntotal)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self.faiss_index.d)

    def save(self, path: Path) -> None:
        """Writes the index to a file."""
        import faiss

        if isinstance(self.faiss_index, FlatRows):
            build_index(self.faiss_index.rows, "Flat").save(path)
        else:
            faiss.write_index(self.faiss_index, str(path))

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
        similarities, found = self.faiss_index.search(wanted, count)
        return similarities, found

    def vectors(self, rows: Rows) -> Vectors:
        """The vectors of some rows, (m, dim) float32, as exact as the index keeps them."""
        result: Vectors = self.faiss_index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return result

    def _search_among(self, queries: Vectors, k: int, rows: Rows) -> tuple[Vectors, Rows]:
        # Exact over the chosen rows: a graph index that must skip most of its nodes loses its way.
        similarities = queries @ self.vectors(rows).T
        order = np.argsort(-similarities, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(similarities, order, axis=1).astype(np.float32), rows[order]


def build_index(vectors: Vectors, kind: str = "") -> VectorIndex:
    """An index of unit vectors, (n, dim) float32.

    Args:
        vectors: unit rows.
        kind: FAISS's name of an index type; chosen by the number of rows where empty.
    """
    import faiss

    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    dim = rows.shape[1]
    kind = kind or ("Flat" if len(rows) <= FLAT_ROWS else f"HNSW{_HNSW_NEIGHBOURS},SQfp16")
    index = faiss.index_factory(dim, kind, faiss.METRIC_INNER_PRODUCT)
    if kind != "Flat":
        parameters = faiss.ParameterSpace()
        parameters.set_index_parameter(index, "efConstruction", _HNSW_BUILD_WIDTH)
        parameters.set_index_parameter(index, "efSearch", _HNSW_SEARCH_WIDTH)
        index.train(rows[: 100 * dim])
    index.add(rows)
    return VectorIndex(kind, index)


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
    import faiss

    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as broken:
        raise LibraryError(f"{path}: the vectors can't be read ({broken}); build the library again") from broken
    return VectorIndex(kind, index)
