"""What models are trained on: trees stay trees, words find their spelling, labels their place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.language.normalisation import load_spelling
from claims.language.pipelines import BUNDLED
from training.augmentation import Augmentation, material, root, subtree, wrap
from training.conllu import Token, Tree, read_trees, write_trees
from training.english import curl
from training.folds import join, sentences, split, write_sentences
from training.hindi_labels import carry, relabel
from training.lemmas import lemma_rows
from training.running_text import labelled, paragraphs, unpunctuated
from training.transliteration import Transliterator
from training.urdu_spelling import parts, respell, word_speller

SPELL = word_speller(load_spelling(BUNDLED / "ur"))


def tree(*rows: str) -> Tree:
    """A tree from rows of ``form upos head deprel``; `+` before a form glues it to the last one."""
    tokens: list[Token] = []
    for row in rows:
        form, upos, head, deprel = row.split()
        if form.startswith("+") and tokens:
            form = form[1:]
            tokens[-1] = replace(tokens[-1], space_after=False)
        tokens.append(Token(form, form, upos, "X", "_", int(head), deprel))
    return Tree(tuple(tokens))


def sound(one: Tree) -> bool:
    """One root, every head there, no word below itself."""
    heads = [token.head for token in one.tokens]
    return (
        heads.count(0) == 1
        and all(0 <= head <= len(heads) for head in heads)
        and len(subtree(one, root(one))) == len(heads)
    )


ASKED = tree(
    "وزیر NOUN 5 nsubj",
    "نے ADP 1 case",
    "سڑک NOUN 5 obj",
    "کا ADP 3 case",
    "پوچھا VERB 0 root",
    "+۔ PUNCT 5 punct",
)
FULL = tree(
    "کراچی PROPN 3 nmod",
    "کے ADP 1 case",
    "لوگوں NOUN 9 nsubj",
    "نے ADP 3 case",
    "دو NUM 6 nummod",
    "دن NOUN 9 obl",
    "کے ADP 6 case",
    "لئے ADP 6 case",
    "انتظار VERB 0 root",
    "+، PUNCT 9 punct",
    "احتجاج NOUN 9 conj",
    "کیا VERB 9 aux",
    "+۔ PUNCT 9 punct",
)


def test_a_contraction_is_cut_where_its_words_meet(tmp_path: Path) -> None:
    rows = [
        "# newpar",
        "1\tI\tI\tPRON\tPRP\t_\t4\tnsubj\t_\t_",
        "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_",
        "2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_",
        "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_",
        "3.1\tghost\t_\t_\t_\t_\t_\t_\t_\t_",
        "4-5\tgonna\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No",
        "4\tgon\tgo\tVERB\tVBG\t_\t0\troot\t_\t_",
        "5\tna\tto\tPART\tTO\t_\t4\tmark\t_\t_",
        "6\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_",
    ]
    other = [
        "1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_",
        "1\tde\tde\tADP\t_\t_\t2\tcase\t_\t_",
        "2\tle\tle\tDET\t_\t_\t0\troot\t_\t_",
    ]
    path = tmp_path / "x.conllu"
    path.write_text("\n".join(rows) + "\n\n" + "\n".join(other) + "\n\n", encoding="utf-8")
    (read,) = read_trees(path)
    assert read.text == "I don't gonna."
    assert [token.form for token in read.tokens] == ["I", "do", "n't", "gon", "na", "."]
    assert read.begins
    write_trees([read], path)
    assert read_trees(path) == [replace(read, begins=False)]


@pytest.mark.parametrize(
    ("form", "xpos", "forms", "future"),
    [
        ("کریں_گے", "VM", ("کریں", "گے"), True),
        ("جائیگا", "VM", ("جائے", "گا"), True),
        ("آب_و_ہوا", "NN", ("آب", "و", "ہوا"), False),
        ("بےگھر", "JJ", ("بے", "گھر"), False),
        ("لگے", "VM", ("لگے",), False),
        ("جگے", "NN", ("جگے",), False),
    ],
)
def test_joined_words_are_taken_apart(
    form: str, xpos: str, forms: tuple[str, ...], future: bool
) -> None:
    found = parts(form, xpos)
    assert (found.forms, found.future) == (forms, future)


def test_a_respelled_tree_is_a_tree_in_the_spelling_of_newspapers() -> None:
    joined = Tree(
        (
            Token("وزیر_اعظم", "وزیر_اعظم", "NOUN", "NN", "Case=Nom", 3, "nsubj"),
            Token("مےں", "مےں", "ADP", "PSP", "_", 1, "case"),
            Token("جائیگا", "جانا", "VERB", "VM", "Gender=Masc|Number=Sing", 0, "root", False),
            Token("۔", "۔", "PUNCT", "SYM", "_", 3, "punct"),
        )
    )
    spelled = respell(joined, SPELL)
    assert spelled.text == "وزیر اعظم میں جائے گا۔"
    assert sound(spelled)
    first, second, case, verb, ending, stop = spelled.tokens
    assert (first.deprel, first.head, second.deprel) == ("compound", 2, "nsubj")
    assert (first.lemma, second.lemma) == ("وزیر", "اعظم")
    assert (case.head, verb.head, ending.head, stop.head) == (2, 0, 4, 4)
    assert (ending.upos, ending.feats) == ("AUX", "Gender=Masc|Number=Sing|Tense=Fut")


def test_hindi_words_find_the_urdu_word_that_sounds_the_same() -> None:
    words = Transliterator({"طرف": 9, "انتظار": 9, "خبر": 9, "بات": 9, "باط": 1, "گھر": 9})
    assert words.carry("तरफ") == "طرف", "one t in Hindi, two letters in Urdu"
    assert words.carry("इंतज़ार") == "انتظار", "z and a nasal"
    assert words.carry("ख़बर") == "خبر"
    assert words.carry("बात") == "بات"
    assert words.carry("घर") == "گھر"
    assert words.carry("में") == "میں", "whole words that are listed"
    assert words.carry("सड़कें") == "سڑکیں", "a word that is not known goes by rule"
    assert words.carry("१९") == "19"
    assert words.carry("BBC") == "BBC"


def test_hindi_labels_become_those_of_the_urdu_treebank() -> None:
    hindi = Tree(
        (
            Token("घर", "घर", "NOUN", "NN", "Case=O|Gender=M|Number=Sg|Person=3", 3, "nmod"),
            Token("में", "में", "ADP", "PSP", "_", 1, "case"),
            Token("आएगा", "आ", "VERB", "VM", "Aspect=Ga|Gender=M|Stype=declarative", 0, "root"),
            Token("और", "और", "CONJ", "CC", "_", 3, "cc"),
            Token("बात", "बात", "NOUN", "NN", "Gender=F", 6, "dobj"),
            Token("की", "कर", "VERB", "VM", "Aspect=Ya|Gender=F|Number=Sg", 3, "conj"),
            Token("।", "।", "PUNCT", "SYM", "_", 3, "punct"),
        )
    )
    labelled_tree = relabel(hindi)
    assert [t.deprel for t in labelled_tree.tokens] == [
        *("obl", "case", "root", "cc", "obj", "conj", "punct"),
    ]
    assert labelled_tree.tokens[3].head == 6, "a conjunction hangs on what follows it"
    assert labelled_tree.tokens[3].upos == "CCONJ"
    assert labelled_tree.tokens[0].feats == "Case=Acc|Gender=Masc|Number=Sing|Person=3"
    urdu = respell(carry(labelled_tree, Transliterator({"گھر": 5, "بات": 5})), SPELL)
    assert sound(urdu)
    assert urdu.text == "گھر میں آئے گا اور بات کی۔"


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 10_000), one=st.sampled_from([ASKED, FULL]))
def test_a_changed_sentence_is_still_a_tree(seed: int, one: Tree) -> None:
    change = Augmentation(material(), Random(seed)).change
    changed = change(one)
    assert sound(changed)
    assert changed == Augmentation(material(), Random(seed)).change(one), "the seed decides"
    kept = [token.deprel for token in changed.tokens if token.deprel in ("nsubj", "root", "obj")]
    assert kept == [t.deprel for t in one.tokens if t.deprel in ("nsubj", "root", "obj")]


def test_every_kind_of_change_is_made() -> None:
    change = Augmentation(material(), Random(1)).change
    texts = [change(FULL).text for _ in range(600)]
    assert len({text for text in texts if text[0] in "\"”“'‘«"}) > 1
    for sign in ("کیلئے", "(", "؟", "BBC", "لیے", "…"):
        assert any(sign in text for text in texts), sign
    assert any(text.endswith("کیا") for text in texts), "a stop that print forgot"


def test_marks_around_a_phrase_move_the_heads_of_the_others() -> None:
    wrapped = wrap(ASKED, 3, 4, 3, ("(", ")"))
    assert wrapped.text == "وزیر نے (سڑک کا) پوچھا۔"
    assert sound(wrapped)
    assert [t.head for t in wrapped.tokens] == [7, 1, 4, 7, 4, 4, 0, 7]


def test_labels_lie_under_the_characters_they_are_about() -> None:
    text, labels = labelled([ASKED, FULL]).split("\n")
    assert len(text) == len(labels)
    assert text == f"{ASKED.text} {FULL.text}"
    assert labels.count("2") == 2
    assert labels[len(ASKED.text) - 1] == "2"
    assert labels.count("1") == len(ASKED.tokens) + len(FULL.tokens) - 2
    assert all(label == "0" for c, label in zip(text, labels, strict=True) if c == " ")


def test_text_without_stops_has_the_same_ends() -> None:
    bare = [unpunctuated(one, Random(1), bare=1) for one in (FULL, ASKED)]
    text, labels = labelled([one for one in bare if one]).split("\n")
    assert "۔" not in text
    assert "،" not in text
    words = text.split()
    assert len(words) == len(FULL.tokens) + len(ASKED.tokens) - 3
    ends = [at for at, label in enumerate(labels) if label == "2"]
    assert [text[: at + 1].split()[-1] for at in ends] == ["کیا", "پوچھا"]
    assert unpunctuated(tree("۔ PUNCT 0 root"), Random(1)) is None


def test_only_a_paragraphs_end_ends_a_sentence_without_a_stop() -> None:
    open_end = replace(ASKED, tokens=ASKED.tokens[:-1])
    cut = paragraphs([ASKED, open_end, ASKED, ASKED], Random(1), sizes=[4])
    assert [len(paragraph) for paragraph in cut] == [2, 2]


def test_a_word_is_a_row_once_with_its_commonest_lemma() -> None:
    def said(lemma: str, upos: str = "VERB") -> Tree:
        return Tree((Token("said", lemma, upos, "_", "_", 0, "root"),))

    rows = lemma_rows([said("say"), said("say"), said("said"), said("Said", "PROPN"), said("_")])
    assert [(row.form, row.upos, row.lemma) for row in rows] == [("said", "VERB", "say")]


@given(count=st.integers(1, 120), copies=st.integers(1, 3), parts_=st.integers(2, 4))
def test_folds_join_to_what_was_split_and_copies_stay_together(
    count: int, copies: int, parts_: int
) -> None:
    blocks = [f"{number}" for _ in range(copies) for number in range(count)]
    cut = [split(blocks, part, parts_, count) for part in range(parts_)]
    assert join([inside for _, inside in cut], len(blocks), count) == blocks
    for outside, inside in cut:
        assert not set(outside) & set(inside), "nothing that is tagged was learned from"


def test_folds_are_read_as_they_are_written(tmp_path: Path) -> None:
    write_sentences(["1\ta", "1\tb"], tmp_path / "x")
    assert sentences(tmp_path / "x") == ["1\ta", "1\tb"]


def test_typewriter_marks_are_curled_in_pairs() -> None:
    typed = tree('" PUNCT 2 punct', "+Go VERB 0 root", '+" PUNCT 2 punct', "it's PRON 2 obj")
    assert curl(typed, Random(1), share=1).text == "“Go” it’s"
    assert curl(typed, Random(1), share=0) == typed
