"""The steps from a folder of treebanks to a folder of models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
import torch

from claims.language.conventions import NAME as CONVENTIONS
from claims.language.entities import MODEL as RECOGNISER
from claims.language.pipelines import BUNDLED
from training.conllu import read_trees
from training.folds import join, sentences, split, write_sentences
from training.lemmas import lemma_rows, write_rows
from training.lemmatizing import train_lemmatizer
from training.packing import pack
from training.parsing import train_parser
from training.recipe import Kind, Recipe, Round
from training.running_text import labelled, paragraphs, unpunctuated, write_running_text
from training.steps import Workshop
from training.tagging import Corpus, tag, train_tagger
from training.tokenizing import Print, train_tokenizer
from training.vectors import embed, frequent_words, reduced, write_pretrain

PARAGRAPH = 40
"""Sentences of a paragraph of bare text: long, so that hardly any stands at a paragraph's end."""

PRINTED = (1, 2, 3, 4, 5, 6)
"""Sentences of a paragraph of text with its marks: one of these, drawn at random."""


class Making:
    """Makes the models of one language in a workshop, from treebanks, as a recipe says."""

    def __init__(
        self, recipe: Recipe, treebanks: Path, workshop: Workshop, start: Path = BUNDLED
    ) -> None:
        self.recipe = recipe
        self.treebanks = treebanks
        self.workshop = workshop
        self.folder = workshop.folder
        self.files = [treebanks / one.file for one in recipe.treebanks]
        self.held_out = treebanks / recipe.held_out
        self.bundled = BUNDLED / recipe.language
        self.start = start / recipe.language

    def all(self, new_vectors: bool = False) -> Path:
        """Every step; the folder with the packed models."""
        if new_vectors:
            self.vectors()
        else:
            self.bundled_vectors()
        self.tokenizer()
        self.lemmatizer()
        self.tagger()
        self.parser(self.predicted())
        return self.packed()

    def bundled_vectors(self) -> None:
        """The word vectors of the bundled models, in single precision for the training."""
        out = self.folder / "pretrain.pt"

        def make() -> None:
            content = torch.load(self.bundled / "pretrain.pt", weights_only=True)
            content["emb"] = content["emb"].float()
            torch.save(content, out)

        self.workshop.step("vectors", [self.bundled / "pretrain.pt"], {}, [out], make)

    def vectors(self) -> None:
        """New word vectors, of the commonest words of the treebanks."""
        out = self.folder / "pretrain.pt"
        options = {"words": self.recipe.words, "dimensions": self.recipe.dimensions}

        def make() -> None:
            trees = [tree for path in self.files for tree in read_trees(path)]
            words = frequent_words(trees, self.recipe.words)
            rows = embed(words, self.workshop.note)
            write_pretrain(words, reduced(np.asarray(rows), self.recipe.dimensions), out)

        self.workshop.step("vectors", self.files, options, [out], make)

    def tokenizer(self) -> None:
        """Text of every kind, then the tokenizer, round after round."""
        part = self.recipe.tokenizer
        prints = [self._print(kind) for kind in self.recipe.kinds]
        rounds = part.all_rounds()
        start: Path | None = None
        for number, one in enumerate(rounds, 1):
            out = self.folder / ("tokenize.pt" if one is rounds[-1] else f"tokenize-{number}.pt")
            shares = one.shares or [each.share for each in prints]
            used = [
                replace(each, share=share)
                for each, share in zip(prints, shares, strict=True)
                if share
            ]
            files = [path for each in used for path in (each.text, each.labels)]
            options = one.model_dump() | {"shares": shares}
            make = partial(self._tokenizer, used, out, one, start)
            name = f"tokenizer-{number}"
            self.workshop.step(name, [*files, *_there(start)], options, [out], make)
            start = out

    def _tokenizer(self, used: Sequence[Print], out: Path, one: Round, start: Path | None) -> None:
        options = {"lr0": one.rate} | one.options
        language, note = self.recipe.language, self.workshop.note
        train_tokenizer(used, out, language, options, one.descent, note, start)

    def _print(self, kind: Kind) -> Print:
        if not kind.bare and not kind.printed:
            text, labels = (self.treebanks / f"{kind.name}{end}" for end in (".txt", ".lab"))
            return Print(text, labels, kind.share)
        text, labels = (self.folder / f"{kind.name}{end}" for end in (".txt", ".lab"))
        sources = [self.treebanks / name for name in (*kind.bare, *kind.printed)]

        def make() -> None:
            random = Random(self.recipe.bare_seed)
            blocks = []
            for name in kind.bare:
                bare = (unpunctuated(t, random) for t in read_trees(self.treebanks / name))
                trees = [tree for tree in bare if tree is not None and len(tree.tokens) > 1]
                for at in range(0, len(trees), PARAGRAPH):
                    blocks.append(labelled(trees[at : at + PARAGRAPH]))
            for name in kind.printed:
                trees = read_trees(self.treebanks / name)
                blocks += [labelled(one) for one in paragraphs(trees, random, PRINTED)]
            write_running_text(blocks, text, labels)

        options = {"seed": self.recipe.bare_seed, "paragraph": PARAGRAPH, "printed": PRINTED}
        self.workshop.step(f"text-{kind.name}", sources, options, [text, labels], make)
        return Print(text, labels, kind.share)

    def lemmatizer(self) -> None:
        """Rows of words, then the lemmatizer."""
        recipe, out = self.recipe, self.folder / "lemma.pt"
        sources = [self.treebanks / name for name in recipe.rows]

        def make() -> None:
            rows = self.folder / "lemma-rows.conllu"
            write_rows(lemma_rows(t for path in sources for t in read_trees(path)), rows)
            options, seed = recipe.lemmatizer, recipe.lemmatizer_seed
            train_lemmatizer(rows, self.held_out, out, recipe.language, options, seed)

        self.workshop.step("lemmatizer", sources, recipe.lemmatizer, [out], make)

    def tagger(self) -> None:
        """The tagger, round after round."""
        part = self.recipe.tagger
        start = self.start / "pos.pt" if part.go_on else None
        inputs = [*self.files, self.folder / "pretrain.pt"]
        rounds = part.all_rounds()
        for number, one in enumerate(rounds, 1):
            out = self.folder / ("pos.pt" if one is rounds[-1] else f"pos-{number}.pt")
            make = partial(self._tagger, self.files, out, one, start)
            name = f"tagger-{number}"
            self.workshop.step(name, [*inputs, *_there(start)], one.model_dump(), [out], make)
            start = out

    def _tagger(self, files: Sequence[Path], out: Path, one: Round, start: Path | None) -> None:
        shares = one.shares or [treebank.share for treebank in self.recipe.treebanks]
        used = [(path, share) for path, share in zip(files, shares, strict=True) if share]
        train_tagger(
            Corpus([path for path, _ in used], [share for _, share in used]),
            out,
            self.recipe.language,
            self.folder / "pretrain.pt",
            {"lr": one.rate} | one.options,
            one.descent,
            self.workshop.note,
            start,
        )

    def predicted(self) -> list[Path]:
        """Each treebank with the tags that a tagger gives it."""
        knife = self.recipe.jackknife
        blocks = [sentences(path) for path in self.files]
        vectors = self.folder / "pretrain.pt"
        if knife is None:
            inputs = [*self.files, self._own_tagger()]
        else:
            inputs = [self._fold(part, blocks) for part in range(knife.parts)]
        outs = [self.folder / f"predicted-{number}.conllu" for number in range(len(self.files))]

        def make() -> None:
            for number, out in enumerate(outs):
                write_sentences(self._tagged(number, vectors), out)

        self.workshop.step("predicted", inputs, {}, outs, make)
        return outs

    def _own_tagger(self) -> Path:
        return (self.start if self.recipe.tagger.go_on else self.folder) / "pos.pt"

    def _tagged(self, number: int, vectors: Path) -> list[str]:
        knife = self.recipe.jackknife
        if knife is None:
            out = self.folder / f"tagged-{number}.conllu"
            tag(self._own_tagger(), self.files[number], vectors, out)
            return sentences(out)
        distinct = self._distinct(number)
        inside = []
        for part in range(knife.parts):
            out = self.folder / f"fold{part}-{number}.conllu"
            model = self.folder / f"fold{part}.pt"
            tag(model, self.folder / f"fold{part}-in-{number}.conllu", vectors, out)
            inside.append(sentences(out))
        return join(inside, len(sentences(self.files[number])), distinct)

    def _fold(self, part: int, blocks: Sequence[list[str]]) -> Path:
        knife = self.recipe.jackknife
        assert knife is not None
        out = self.folder / f"fold{part}.pt"
        outside = [self.folder / f"fold{part}-out-{n}.conllu" for n in range(len(blocks))]

        def make() -> None:
            for number, own in enumerate(blocks):
                rest, inside = split(own, part, knife.parts, self._distinct(number))
                write_sentences(rest, outside[number])
                write_sentences(inside, self.folder / f"fold{part}-in-{number}.conllu")
            changes = {"steps": knife.steps, "seed": knife.seed + part}
            self._tagger(outside, out, self.recipe.tagger.model_copy(update=changes), None)

        options = knife.model_dump() | self.recipe.tagger.model_dump()
        inputs = [*self.files, self.folder / "pretrain.pt"]
        self.workshop.step(f"fold{part}", inputs, options, [out], make)
        return out

    def _distinct(self, number: int) -> int:
        return len(sentences(self.files[number])) // self.recipe.treebanks[number].copies

    def parser(self, treebanks: Sequence[Path]) -> None:
        """The parser on predicted tags, round after round."""
        part = self.recipe.parser
        start = self.start / "depparse.pt" if part.go_on else None
        inputs = [*treebanks, self.folder / "pretrain.pt"]
        rounds = part.all_rounds()
        for number, one in enumerate(rounds, 1):
            out = self.folder / ("depparse.pt" if one is rounds[-1] else f"depparse-{number}.pt")
            make = partial(self._parser, treebanks, out, one, start)
            name = f"parser-{number}"
            self.workshop.step(name, [*inputs, *_there(start)], one.model_dump(), [out], make)
            start = out

    def _parser(self, treebanks: Sequence[Path], out: Path, one: Round, start: Path | None) -> None:
        read: list[str] = []
        for path, share in zip(treebanks, one.shares or [1.0] * len(treebanks), strict=True):
            blocks = sentences(path)
            read += blocks[: round(share * len(blocks))]
        joined = self.folder / "parser-train.conllu"
        write_sentences(read, joined)
        train_parser(
            joined,
            out,
            self.recipe.language,
            self.folder / "pretrain.pt",
            {"lr": one.rate} | one.options,
            one.descent,
            self.workshop.note,
            start,
        )

    def packed(self) -> Path:
        """The models in half precision with their checksums."""
        folder = self.folder / "models" / self.recipe.language
        others = [self.bundled / name for name in (CONVENTIONS, RECOGNISER)]
        pack(self.folder, self.bundled / "spelling.yaml", folder, others)
        self.workshop.note(f"packed in {folder}")
        return folder


def _there(start: Path | None) -> list[Path]:
    return [] if start is None else [start]
