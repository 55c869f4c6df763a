"""The network of the tagger of claims, in torch: layers, pair arithmetic, and how both are trained and written."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file
from torch import nn

from bench.marked import UNKNOWN, Example
from graph.claims.shapes import LABELS, ROWS
from graph.claims.tagger import PARTS, STRENGTHS, embed, model_folder

WIDTH, HEADS, INNER = 384, 12, 1536
# How much a text of each strength counts: conditional ones are few, and the measure takes all four as equal.
SCARCE = torch.tensor([1.0, 1.0, 3.0, 1.0])


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the network is made and trained.

    Args:
        layers: how many of the encoder's layers it keeps.
        epochs: rounds over all texts.
        body_rate, head_rate: largest learning rates.
        pieces: word pieces of a batch, about.
        weights: how much a text of a set counts, 1 where the set is not named.
        seed: of every random number.
    """

    layers: int = 5
    epochs: int = 4
    body_rate: float = 1.5e-4
    head_rate: float = 1.5e-3
    pieces: int = 1000
    weights: dict[str, float] = field(default_factory=dict)
    seed: int = 20261123


class Layer(nn.Module):
    """One layer of BERT, with the names of its weights."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.joined, self.inner, self.outer = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.first, self.second = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, states: torch.Tensor, hidden: torch.Tensor) -> torch.Tensor:
        """The states after the layer, (b, n, 384); `hidden` is -10000 at padding, (b, 1, 1, n)."""
        size = states.shape[0], -1, HEADS, WIDTH // HEADS
        query, key, value = (part(states).view(size).transpose(1, 2) for part in (self.query, self.key, self.value))
        attention = (query @ key.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + hidden).softmax(-1)
        mixed = (self.drop(attention) @ value).transpose(1, 2).reshape(states.shape)
        states = self.first(states + self.drop(self.joined(mixed)))
        changed: torch.Tensor = self.second(states + self.drop(self.outer(nn.functional.gelu(self.inner(states)))))
        return changed


_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "joined": "attention.output.dense",
    "first": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "second": "output.LayerNorm",
}


class Body(nn.Module):
    """The layers, and the projections of their states that the pair arithmetic takes."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.parts = nn.Linear(WIDTH, sum(PARTS.values()))
        self.look = nn.Linear(WIDTH, 1)
        self.pool = nn.Linear(2 * WIDTH, PARTS["cause"])
        self.told = nn.Linear(PARTS["cause"], 1 + len(STRENGTHS))
        stored = load_file(model_folder() / "model.safetensors")
        for number, layer in enumerate(self.layers):
            for own, name in _NAMES.items():
                for kind in ("weight", "bias"):
                    getattr(getattr(layer, own), kind).data = stored[f"encoder.layer.{number}.{name}.{kind}"].clone()

    def forward(self, vectors: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Parts of each piece, (b, n, d); of each text what it adds to its pairs and its logits, (b, d)."""
        hidden = ((1 - mask) * -10000.0)[:, None, None, :]
        states = vectors
        for layer in self.layers:
            states = layer(states, hidden)
        looks = (self.look(states)[:, :, 0] + hidden[:, 0, 0]).softmax(-1)
        seen = (looks[:, :, None] * states).sum(1)
        pooled = nn.functional.relu(self.pool(torch.cat([states[:, 0], seen], -1)))
        return self.parts(states), torch.cat([pooled, self.told(pooled)], -1)


class Pairing(nn.Module):
    """The pair arithmetic; `graph/claims/tagger.py` does the same in numpy."""

    def __init__(self) -> None:
        super().__init__()
        width = PARTS["cause"]
        self.labels = nn.Parameter(torch.randn(3, 2 * LABELS, width) * 0.05)
        self.columns = nn.Embedding(ROWS, width)
        nn.init.normal_(self.columns.weight, std=0.05)
        self.middle, self.out = nn.Linear(width, 48), nn.Linear(48, 2)
        self.out.bias.data = torch.tensor([-2.5, 0.0])
        self.drop = nn.Dropout(0.15)

    def forward(self, states: torch.Tensor, pooled: torch.Tensor, batch: "Batch") -> torch.Tensor:
        """Logits of (claim, raises) of all pairs of a batch, (p, 2)."""
        parts = dict(zip(PARTS, torch.split(states, list(PARTS.values()), -1), strict=True))
        total = self.columns(batch.columns).sum(1) + pooled[batch.text]
        ends = (batch.cause, batch.effect, batch.joint)
        for role, (name, at) in enumerate(zip(("cause", "effect", "joint"), ends, strict=True)):
            own = parts[name] + self.labels[role][batch.labels].sum(1)
            total = total + own[at]
        hidden = nn.functional.relu(self.middle(self.drop(nn.functional.relu(total))))
        logits: torch.Tensor = self.out(self.drop(hidden))
        match = (parts["key"][batch.cause] * parts["lock"][batch.effect]).sum(-1, keepdim=True)
        return torch.cat([logits[:, :1] + match / 8, logits[:, 1:]], -1)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some examples as tensors; token indices count over the batch."""

    vectors: torch.Tensor
    mask: torch.Tensor
    words: torch.Tensor
    labels: torch.Tensor
    cause: torch.Tensor
    effect: torch.Tensor
    joint: torch.Tensor
    columns: torch.Tensor
    text: torch.Tensor
    right: torch.Tensor
    raises: torch.Tensor
    holds: torch.Tensor
    strength: torch.Tensor
    weight: torch.Tensor


class Net(nn.Module):
    """Body and pair arithmetic."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.body, self.pairing = Body(recipe.layers), Pairing()

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of the pairs, (p, 2), and of the texts, (b, 5)."""
        parts, pooled = self.body(batch.vectors, batch.mask)
        states = parts.reshape(-1, parts.shape[-1])[batch.words]
        width = PARTS["cause"]
        return self.pairing(states, pooled[:, :width], batch), pooled[:, width:]


def batch_of(examples: Sequence[Example], weights: dict[str, float]) -> Batch:
    """The examples as one batch."""
    vectors, mask = embed([e.pieces for e in examples])
    longest, first = vectors.shape[1], 0
    joined: dict[str, list[npt.NDArray[np.int64]]] = {}
    for row, e in enumerate(examples):
        own = {"words": e.words + row * longest, "labels": e.labels}
        for name in ("cause", "effect", "joint"):
            own[name] = np.concatenate([getattr(e.free, name), getattr(e.tied, name)]) + first
        own["columns"] = np.concatenate([e.free.columns, e.tied.columns])
        own["right"] = np.concatenate([e.free_right, e.tied_right]).astype(np.int64)
        own["raises"] = np.concatenate([e.free_signs, e.tied_signs]).astype(np.int64)
        own["text"] = np.full(len(own["right"]), row)
        for name, array in own.items():
            joined.setdefault(name, []).append(array)
        first += len(e.words)
    tensors = {name: torch.from_numpy(np.concatenate(arrays)) for name, arrays in joined.items()}
    return Batch(
        vectors=torch.from_numpy(vectors),
        mask=torch.from_numpy(mask),
        holds=torch.tensor([e.holds for e in examples]),
        strength=torch.tensor([e.strength for e in examples]),
        weight=torch.tensor([weights.get(e.name, 1.0) for e in examples]),
        **tensors,
    )


def batches_of(examples: Sequence[Example], pieces: int, order: np.random.Generator | None) -> list[list[int]]:
    """Indices of examples of about the same length, in random order where an order is given."""
    noise = order.uniform(0, 4, len(examples)) if order is not None else np.zeros(len(examples))
    lengths = np.array([len(e.pieces) for e in examples])
    batches: list[list[int]] = [[]]
    for i in np.argsort(lengths + noise, kind="stable"):
        if batches[-1] and (len(batches[-1]) + 1) * lengths[i] > pieces:
            batches.append([])
        batches[-1].append(int(i))
    if order is not None:
        order.shuffle(batches)
    return batches


def loss_of(net: Net, batch: Batch) -> torch.Tensor:
    """The joint loss: pairs, signs, texts that hold a claim, strength."""
    pairs, texts = net(batch)
    bce, size = nn.functional.binary_cross_entropy_with_logits, len(batch.weight)
    parts = []
    for column, labels, scale in ((0, batch.right, 1 / size), (1, batch.raises, 2 / size)):
        known = labels != UNKNOWN
        each = bce(pairs[known, column], labels[known].float(), reduction="none")
        parts.append((each * batch.weight[batch.text[known]]).sum() * scale)
    known = batch.holds != UNKNOWN
    each = bce(texts[known, 0], batch.holds[known].float(), reduction="none")
    parts.append((each * batch.weight[known]).sum() / size)
    known = batch.strength != UNKNOWN
    told = nn.functional.cross_entropy(texts[known, 1:], batch.strength[known], SCARCE, reduction="sum")
    parts.append(told / size)
    return torch.stack(parts).sum()


def train(examples: Sequence[Example], recipe: Recipe, net: Net | None = None) -> Net:
    """A network trained on the examples: a new one, or `net` further."""
    torch.manual_seed(recipe.seed)
    torch.set_flush_denormal(True)
    order = np.random.default_rng(recipe.seed)
    net = net or Net(recipe)
    layers = list(net.body.layers.parameters())
    rest = [p for p in net.parameters() if all(p is not other for other in layers)]
    groups = [{"params": layers, "lr": recipe.body_rate}, {"params": rest, "lr": recipe.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    plans = [batches_of(examples, recipe.pieces, order) for _ in range(recipe.epochs)]
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        max_lr=[recipe.body_rate, recipe.head_rate],
        total_steps=sum(map(len, plans)),
        pct_start=0.1,
        anneal_strategy="linear",
    )
    net.train()
    for number, plan in enumerate(plans, start=1):
        total = 0.0
        for rows in plan:
            loss = loss_of(net, batch_of([examples[i] for i in rows], recipe.weights))
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {number}: loss {total / len(plan):.4f}", flush=True)
    return net.eval()


@dataclass(frozen=True, slots=True)
class Judged:
    """What a network says of one example, as probabilities."""

    free: npt.NDArray[np.float32]
    free_raises: npt.NDArray[np.float32]
    tied: npt.NDArray[np.float32]
    tied_raises: npt.NDArray[np.float32]
    holds: float
    strength: npt.NDArray[np.float32]


def judge(net: Net, examples: Sequence[Example]) -> list[Judged]:
    """What the network says of each example."""
    found: dict[int, Judged] = {}
    with torch.no_grad():
        for rows in batches_of(examples, 4000, None):
            batch = batch_of([examples[i] for i in rows], {})
            pairs, texts = net(batch)
            claims, texts_told = pairs.sigmoid().numpy(), texts
            start = 0
            for row, i in enumerate(rows):
                free = start + len(examples[i].free.cause)
                end = free + len(examples[i].tied.cause)
                found[i] = Judged(
                    claims[start:free, 0], claims[start:free, 1], claims[free:end, 0], claims[free:end, 1],
                    float(texts_told[row, 0].sigmoid()), texts_told[row, 1:].softmax(-1).numpy(),
                )  # fmt: skip
                start = end
    return [found[i] for i in range(len(examples))]
