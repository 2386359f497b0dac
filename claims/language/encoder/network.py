"""The encoder and its heads: cues, what belongs to a cue, and how its source stands to that.

One pass reads a stretch of text. A tag for each piece says where a cue begins and goes on. For each
cue, a biaffine head scores every piece as source, content, cue or nothing of that cue, and every
place between two pieces as a border (Dozat and Manning 2017, with a conditional random field over
the pieces in the place of a softmax). So sources, contents in several parts, claims without a
source and claims inside claims come out of one pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from claims.model import Stance

if TYPE_CHECKING:
    from claims.language.encoder.packed import Base

NONE, SOURCE, CONTENT, CUE = range(4)
CUE_TAGS = 3  # outside, begins, goes on
STANCES = tuple(Stance)
NEVER = -1e4
BORDERS = 4  # a source begins, a source ends, a content begins, a content ends
REACH = 48


def attended(joint: Tensor, heads: int, mask: Tensor | None) -> Tensor:
    """(batch, length, hidden): what each place sees of the others, from queries, keys and values
    beside each other (batch, length, 3 * hidden)."""
    batch, length, width = joint.shape
    parts = joint.view(batch, length, 3, heads, width // (3 * heads))
    query, key, value = parts.permute(2, 0, 3, 1, 4)
    seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    return seen.transpose(1, 2).reshape(batch, length, width // 3)


class Layer(nn.Module):
    """One layer of the encoder (BERT's: norms after the sums)."""

    def __init__(self, hidden: int, inner: int, heads: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.joint = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.first_norm = nn.LayerNorm(hidden, eps=epsilon)
        self.up = nn.Linear(hidden, inner)
        self.down = nn.Linear(inner, hidden)
        self.second_norm = nn.LayerNorm(hidden, eps=epsilon)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, length, hidden) of the same; `mask` is true where a piece may be looked at."""
        seen = self.out(attended(self.joint(x), self.heads, mask))
        x = self.first_norm(x + functional.dropout(seen, self.dropout, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        return self.second_norm(x + functional.dropout(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """Contextual vectors of pieces of words, from the vectors of the pieces."""

    def __init__(
        self, hidden: int, layers: int, heads: int, inner: int, positions: int, epsilon: float,
        dropout: float = 0.1,
    ) -> None:  # fmt: skip
        super().__init__()
        self.positions = nn.Parameter(torch.zeros(positions, hidden), requires_grad=False)
        self.norm = nn.LayerNorm(hidden, eps=epsilon)
        self.layers = nn.ModuleList(
            Layer(hidden, inner, heads, epsilon, dropout) for _ in range(layers)
        )

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        """(batch, length, hidden) of `words` of the same shape; beyond `lengths` lies padding."""
        length = words.shape[1]
        mask = None
        if int(lengths.min()) < length:
            mask = (torch.arange(length)[None] < lengths[:, None])[:, None, None]
        x = self.norm(words + self.positions[:length])
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def each(self, texts: Sequence[Tensor]) -> list[Tensor]:
        """(1, length, hidden) of each of `texts`, of one text each and without padding.

        What comes out is what each gives by itself, to the last digit. All texts go through one
        layer before the next, so that its matrices are fetched from memory once for all of them.
        """
        made = [self.norm(words + self.positions[: words.shape[1]]) for words in texts]
        for layer in self.layers:
            made = [layer(x, None) for x in made]
        return made


class Network(nn.Module):
    """The encoder with its three heads."""

    def __init__(self, encoder: Encoder, hidden: int, width: int = 192) -> None:
        super().__init__()
        self.encoder = encoder
        self.cues = nn.Linear(hidden, CUE_TAGS)
        self.anchors = nn.Linear(hidden, width)
        self.pieces = nn.Linear(hidden, width)
        self.valid = nn.Linear(width, 1)
        self.stances = nn.Linear(width, len(STANCES))
        self.biaffine = nn.Parameter(torch.randn(4 + BORDERS, width + 1, width + 1) * 0.02)
        self.distance = nn.Embedding(2 * REACH + 1, 4 + BORDERS)
        nn.init.zeros_(self.distance.weight)
        self.transitions = nn.Parameter(torch.zeros(4, 4))

    def relate(
        self, vectors: Tensor, rows: Tensor, weights: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of the conditional random field of each cue, how likely it is one at all, and
        with which stance.

        `rows` (cues,) says which text a cue is in and `weights` (cues, length) which pieces make it
        up (each row sums to 1). The first result is (cues, length, 4, 4): the score of going from
        one role before a piece to another at it; the second is (cues,), the third (cues, stances),
        both in logits.
        """
        scores, valid, stances = self.scores(vectors, rows, weights)
        return self.steps(scores), valid, stances

    def scores(
        self, vectors: Tensor, rows: Tensor, weights: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """As `relate`, before `steps`: the first result is (cues, length, 4 + borders)."""
        length = vectors.shape[1]
        middle = torch.bmm(weights[:, None], vectors[rows])[:, 0]
        anchor = functional.gelu(self.anchors(middle))
        piece = functional.gelu(self.pieces(vectors))
        one = torch.cat([anchor, anchor.new_ones(len(anchor), 1)], -1)
        all_ = torch.cat([piece, piece.new_ones(*piece.shape[:2], 1)], -1)
        turned = torch.einsum("nd,kde->nke", one, self.biaffine)
        scores = torch.bmm(turned, all_[rows].transpose(1, 2)).transpose(1, 2)
        places = torch.arange(length)
        inside = weights > 0
        first = torch.where(inside, places, length).amin(1)
        last = torch.where(inside, places, -1).amax(1)
        away = torch.where(
            places[None] < first[:, None],
            places[None] - first[:, None],
            (places[None] - last[:, None]).clamp(min=0),
        ).clamp(-REACH, REACH)
        scores = scores + self.distance(away + REACH)
        return scores, self.valid(anchor)[:, 0], self.stances(anchor)

    def steps(self, scores: Tensor) -> Tensor:
        """(cues, length, 4, 4) of (cues, length, 4 + borders): from roles and borders to steps."""
        steps = scores[:, :, None, :4] + self.transitions
        # Where a role begins or ends the border scores count, once for each.
        border = scores[..., 4:]
        extra = torch.zeros_like(steps)
        for role, begins, ends in ((SOURCE, 0, 1), (CONTENT, 2, 3)):
            enter = torch.zeros(4, 4)
            enter[:, role] = 1
            enter[role, role] = 0
            extra = extra + enter * border[..., begins, None, None]
            extra = extra + enter.T * border[..., ends, None, None]
        return steps + extra


def close(steps: Tensor, lengths: Tensor) -> Tensor:
    """The scores with the text's own first piece as the start and nothing happening in padding."""
    length = steps.shape[1]
    places = torch.arange(length)[None]
    idle = torch.full((4, 4), NEVER).fill_diagonal_(0.0)
    outside = (places < 1) | (places >= lengths[:, None] - 1)
    return torch.where(outside[..., None, None], idle, steps)


def log_partition(steps: Tensor) -> Tensor:
    """(cues,): the log of the sum over all sequences, from role `NONE` before the first piece."""
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            idle = torch.full((4, 4), NEVER).fill_diagonal_(0.0)
            steps = torch.cat([steps, idle.expand(len(steps), 1, 4, 4)], 1)
        left, right = steps[:, ::2], steps[:, 1::2]
        steps = torch.logsumexp(left[..., None] + right[..., None, :, :], dim=-2)
    return torch.logsumexp(steps[:, 0, NONE], dim=-1)


def score_of(steps: Tensor, roles: Tensor) -> Tensor:
    """(cues,): the score of one sequence of roles (cues, length)."""
    before = torch.cat([torch.full_like(roles[:, :1], NONE), roles[:, :-1]], 1)
    flat = steps.reshape(*steps.shape[:2], 16)
    return flat.gather(2, (before * 4 + roles)[..., None])[..., 0].sum(1)


_RANDOM = (nn.init.kaiming_uniform_, nn.init.normal_, nn.init.uniform_)


class Unfilled(TorchFunctionMode):
    """Layers made in this block are not filled with random numbers: their weights are read from
    files anyway, and drawing 20 million numbers takes longer than that."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        given = kwargs or {}
        return given["tensor"] if func in _RANDOM else func(*args, **given)


def from_base(base: Base, layers: Sequence[int] | None = None, dropout: float = 0.1) -> Network:
    """A network whose encoder has the packed file's weights and whose heads know nothing yet.

    ``layers`` are the numbers of the layers that it has, counted from 0; all where it is None.
    """
    sizes = base.sizes
    h, f = sizes.hidden, sizes.inner
    taken = range(sizes.layers) if layers is None else layers
    encoder = Encoder(h, len(taken), sizes.heads, f, sizes.positions, sizes.epsilon, dropout)

    def get(name: str, *shape: int) -> Tensor:
        return torch.from_numpy(base.tensor(name, *shape))

    state = {
        "positions": get("emb.pos", sizes.positions, h) + get("emb.type", 2, h)[0],
        "norm.weight": get("emb.ln.w", h),
        "norm.bias": get("emb.ln.b", h),
    }
    for own, i in enumerate(taken):
        for kind, shape in (("w", (h, h)), ("b", (h,))):
            full = {"w": "weight", "b": "bias"}[kind]
            joint = [get(f"l{i}.{part}.{kind}", *shape) for part in "qkv"]
            state[f"layers.{own}.joint.{full}"] = torch.cat(joint)
            state[f"layers.{own}.out.{full}"] = get(f"l{i}.ao.{kind}", *shape)
            for short, name in (("aln", "first_norm"), ("oln", "second_norm")):
                state[f"layers.{own}.{name}.{full}"] = get(f"l{i}.{short}.{kind}", h)
        state[f"layers.{own}.up.weight"] = get(f"l{i}.fi.w", f, h)
        state[f"layers.{own}.up.bias"] = get(f"l{i}.fi.b", f)
        state[f"layers.{own}.down.weight"] = get(f"l{i}.fo.w", h, f)
        state[f"layers.{own}.down.bias"] = get(f"l{i}.fo.b", h)
    encoder.load_state_dict(state, assign=True)
    return Network(encoder, h)
