"""FlatRows: an exact index read from FAISS's file without FAISS, which takes a tenth of a second to import."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from embeddings.querying import Rows, Vectors

# Source: FAISS, index_write.cpp, write_index of an IndexFlatIP: name, dimensions, rows, two unused numbers, whether
# it is trained, metric (0 is the inner product), how many floats follow, the floats.
_NAME = b"IxFI"
_HEADER = np.dtype(
    [
        ("name", "S4"),
        ("d", "<i4"),
        ("rows", "<i8"),
        ("unused", "<i8", 2),
        ("trained", "u1"),
        ("metric", "<i4"),
        ("floats", "<u8"),
    ]
)


@dataclass(frozen=True, slots=True)
class FlatRows:
    """Unit rows that are searched one and all.

    Args:
        rows: (n, dim) float32.
    """

    rows: Vectors

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.rows)

    @property
    def dim(self) -> int:
        """Length of a row."""
        return int(self.rows.shape[1])

    def search(self, queries: Vectors, k: int) -> tuple[Vectors, Rows]:
        """Similarities and row numbers of the k nearest, best first; k is at most the number of rows."""
        similarities = queries @ self.rows.T
        near = np.argpartition(-similarities, k - 1, axis=1)[:, :k] if k < self.size else None
        near = np.broadcast_to(np.arange(self.size), similarities.shape) if near is None else np.sort(near, axis=1)
        found = np.take_along_axis(similarities, near, axis=1)
        order = np.argsort(-found, axis=1, kind="stable")
        return np.take_along_axis(found, order, axis=1), np.take_along_axis(near, order, axis=1).astype(np.int64)

    def similarities(self, query: Vectors, rows: Rows) -> Vectors:
        """The similarities of some rows with one query, (m,) float32."""
        similarities: Vectors = self.rows[rows] @ query
        return similarities

    def vectors(self, rows: Rows) -> Vectors:
        """Some of the rows, (m, dim)."""
        chosen: Vectors = self.rows[rows]
        return chosen

    def save(self, path: Path) -> None:
        """Write an exact index of FAISS to a file."""
        import faiss

        index = faiss.IndexFlatIP(self.dim)
        index.add(np.ascontiguousarray(self.rows))
        faiss.write_index(index, os.fspath(path))


def read_flat(path: Path) -> FlatRows | None:
    """The rows of a file that holds a whole exact index of the inner product; None for any other file."""
    try:
        head = np.fromfile(path, dtype=_HEADER, count=1)
        if not len(head) or head["name"][0] != _NAME or head["metric"][0] != 0:
            return None
        count, dim = int(head["rows"][0]), int(head["d"][0])
        rows = np.fromfile(path, dtype="<f4", offset=_HEADER.itemsize)
    except OSError:
        return None
    return FlatRows(rows.reshape(count, dim)) if dim > 0 and len(rows) == count * dim else None
