from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import ModelError
from corpus.passages import Passage
from embeddings.encoder import (
    DEFAULT_SHA256,
    Encoder,
    QueryEncoder,
    export_query_encoder,
    identify_model,
    load_encoder,
    load_query_encoder,
    passage_window,
)

TEXTS = [
    "Tight hip flexors tip the pelvis forward.",
    "hips",
    "",
    "Ein müder Läufer läuft krumm. 🏃‍♀️",
    "A long walk along the river, slow and easy, is what I did when my calf was sore. " * 20,
    "\x00 \u2028 <script>alert(1)</script>",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def query_encoder(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> QueryEncoder:
    folder = tmp_path_factory.mktemp("encoder")
    export_query_encoder(encoder, folder)
    return load_query_encoder(folder)


def test_the_export_agrees_with_the_model(encoder: Encoder, query_encoder: QueryEncoder) -> None:
    cosines = (encoder.encode(TEXTS) * query_encoder.encode(TEXTS)).sum(axis=1)
    assert cosines.min() >= 0.9999
    assert (query_encoder.dim, query_encoder.model_id) == (encoder.dim, encoder.model_id) == (384, encoder.model_id)


def test_a_vector_does_not_depend_on_the_texts_beside_it(query_encoder: QueryEncoder) -> None:
    together = query_encoder.encode(TEXTS)
    alone = np.concatenate([query_encoder.encode([text]) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-5
    assert np.array_equal(together, query_encoder.encode(TEXTS))


def test_meaning_counts_not_words(query_encoder: QueryEncoder) -> None:
    asked, same, other = query_encoder.encode(["my back is sore", "an aching spine", "the price of bread"])
    assert asked @ same > asked @ other + 0.2


def test_progress_ends_at_all(encoder: Encoder) -> None:
    seen: list[tuple[int, int]] = []
    encoder.encode(["one", "two", "three"] * 9, on_progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (27, 27)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_token_states_cover_the_words(query_encoder: QueryEncoder) -> None:
    text = "weak glutes"
    states, offsets = query_encoder.token_states(text)
    assert states.shape == (len(offsets), 384)
    assert next(text[start:end] for start, end in offsets if end > start) == "weak"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_has_a_unit_vector(query_encoder: QueryEncoder, text: str) -> None:
    assert np.linalg.norm(query_encoder.encode([text])[0]) == pytest.approx(1.0, abs=1e-4)


def test_ten_thousand_characters_and_lone_surrogates_are_encoded(query_encoder: QueryEncoder) -> None:
    assert query_encoder.encode(["x" * 10_000, "\ud800 back pain"]).shape == (2, 384)


def test_the_default_is_identified_by_the_published_checksum() -> None:
    model_id, sha256 = identify_model()
    assert sha256 == DEFAULT_SHA256
    assert model_id == "all-MiniLM-L6-v2@53aa51172d14"


def test_a_changed_default_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embeddings.encoder.DEFAULT_SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"expected 0000.*pip install"):
        load_encoder()


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04")
    with pytest.raises(ModelError, match="safetensors"):
        load_encoder(str(tmp_path))


def test_a_model_that_is_not_here_is_named() -> None:
    with pytest.raises(ModelError, match="no-such-model-anywhere"):
        load_encoder("no-such-model-anywhere")


def test_a_missing_or_broken_export_says_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="build the library again"):
        load_query_encoder(tmp_path)
    (tmp_path / "encoder.onnx").write_bytes(b"nothing")
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="build the library again"):
        load_query_encoder(tmp_path)


def test_a_window_says_what_its_passage_is_about() -> None:
    passage = Passage("a#0", "a", "Sore backs", "It starts at the desk", 0, 9, "It aches.")
    assert passage_window(passage) == "Sore backs - It starts at the desk: It aches."
    assert passage_window(Passage("a#0", "a", "", "", 0, 9, "It aches.")) == "It aches."
