"""The query encoder: the exported model run by onnxruntime, with no torch in the process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpus.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

MODEL_FILE = "encoder.onnx"
WEIGHTS_FILE = "encoder.weights"
TOKENIZER_FILE = "tokenizer.json"
ENCODER_FILES = (MODEL_FILE, WEIGHTS_FILE, TOKENIZER_FILE)
_BATCH = 8
_LONGEST_TEXT = 20_000

Progress = Callable[[int, int], None]
Vectors = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class QueryEncoder:
    """A sentence encoder exported to ONNX.

    Args:
        model_id: name of the model it was exported from.
        dim: length of a vector.
        session, tokenizer: the loaded parts.
    """

    model_id: str
    dim: int
    session: "InferenceSession"
    tokenizer: "Tokenizer"

    def encode(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """Unit rows, (n, dim) float32, in the order of the texts; any string has one, the empty one too.

        Texts are grouped by length, so that little is padded; what exceeds the model's window is cut.

        Args:
            texts: what to encode.
            on_progress: called with (done, all) after each batch.
        """
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        for first in range(0, len(order), _BATCH):
            rows = order[first : first + _BATCH]
            vectors[rows] = self._run([texts[row] for row in rows], "embedding")
            if on_progress:
                on_progress(first + len(rows), len(order))
        return vectors

    def token_states(self, text: str) -> tuple[Vectors, tuple[tuple[int, int], ...]]:
        """The state of each token of a text, (tokens, dim) float32, and the characters that each token covers."""
        encoding = self.tokenizer.encode(_clean(text))
        return self._run([text], "tokens")[0], tuple(encoding.offsets)

    def _run(self, texts: Sequence[str], output: str) -> Vectors:
        encodings = self.tokenizer.encode_batch([_clean(text) for text in texts])
        wanted = {node.name for node in self.session.get_inputs()}
        feeds = {name: array for name, array in _arrays(encodings).items() if name in wanted}
        result: Vectors = np.asarray(self.session.run([output], feeds)[0])
        return result


def _arrays(encodings: Sequence["Encoding"]) -> dict[str, npt.NDArray[np.int64]]:
    return {
        "input_ids": np.array([item.ids for item in encodings], dtype=np.int64),
        "attention_mask": np.array([item.attention_mask for item in encodings], dtype=np.int64),
        "token_type_ids": np.array([item.type_ids for item in encodings], dtype=np.int64),
    }


def _clean(text: str) -> str:
    # A lone surrogate can't be passed to the tokenizer's Rust code; a book can, but takes seconds to be thrown away.
    return text[:_LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")


def load_query_encoder(folder: Path, *, threads: int = 0) -> QueryEncoder:
    """The query encoder that a build left in a folder.

    Args:
        folder: holds encoder.onnx, its weights and tokenizer.json.
        threads: of onnxruntime, 0 for one a core.

    Raises:
        ModelError: a file is missing or broken.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    for name in (MODEL_FILE, TOKENIZER_FILE):
        if not (folder / name).is_file():
            raise ModelError(f"{folder / name}: the query encoder is missing; build the library again to export it")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Threads that spin while they wait take the core from the word search that runs beside.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        session = onnxruntime.InferenceSession(str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    except Exception as broken:
        # onnxruntime and tokenizers each raise bare Exceptions of their own for a damaged file.
        raise ModelError(f"{folder}: the query encoder can't be read ({broken}); build the library again") from broken
    dim = int(session.get_outputs()[0].shape[1])
    model_id = session.get_modelmeta().custom_metadata_map.get("model_id", "")
    return QueryEncoder(model_id, dim, session, tokenizer)
