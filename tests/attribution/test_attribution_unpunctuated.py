"""Urdu stories without stops, and what newspapers hand to others without a verb of saying."""

from __future__ import annotations

import pytest
from reading_texts import attributions, document, texts_of

from claims.model import Quotation, Stance

ONE = [
    # what it shows, sentence, source, cue, content, stance
    (
        "a clause without a complementiser",
        "گلوکارہ نے کہا میں اگلے سال نیا گانا ریکارڈ کروں گی",
        "گلوکارہ",
        "کہا",
        "میں اگلے سال نیا گانا ریکارڈ کروں گی",
        Stance.REPORT,
    ),
    (
        "a rumour that is nobody's",
        "شہر میں افواہیں گردش کر رہی ہیں کہ پل گرنے والا ہے",
        None,
        "افواہیں گردش کر رہی ہیں",
        "پل گرنے والا ہے",
        Stance.CLAIM,
    ),
    (
        "reports that go round in the media",
        "مقامی میڈیا میں خبریں گردش کررہی ہیں کہ کارخانہ بند ہو جائے گا",
        "مقامی میڈیا",
        "خبریں گردش کررہی ہیں",
        "کارخانہ بند ہو جائے گا",
        Stance.REPORT,
    ),
    (
        "an expectation that is nobody's",
        "توقع ہے کہ بارش کا سلسلہ جمعے تک جاری رہے گا",
        None,
        "توقع ہے",
        "بارش کا سلسلہ جمعے تک جاری رہے گا",
        Stance.OPINE,
    ),
    (
        "an expectation that is somebody's",
        "تجزیہ نگاروں کو امید ہے کہ قیمتیں نیچے آئیں گی",
        "تجزیہ نگاروں",
        "امید ہے",
        "قیمتیں نیچے آئیں گی",
        Stance.OPINE,
    ),
    (
        "a study as evidence",
        "تحقیق سے معلوم ہوا ہے کہ نیند کی کمی یادداشت کو متاثر کرتی ہے",
        "تحقیق",
        "معلوم ہوا ہے",
        "نیند کی کمی یادداشت کو متاثر کرتی ہے",
        Stance.REPORT,
    ),
    (
        "who issued a report belongs to its name",
        "یونیورسٹی کی جانب سے جاری کردہ رپورٹ میں کہا گیا ہے کہ دریا کا پانی آلودہ ہے",
        "یونیورسٹی کی جانب سے جاری کردہ رپورٹ",
        "کہا گیا ہے",
        "دریا کا پانی آلودہ ہے",
        Stance.REPORT,
    ),
    (
        "a passive participle modifies",
        "لاہور میں کی گئی تحقیق کے مطابق درخت گرمی کم کرتے ہیں",
        "لاہور میں کی گئی تحقیق",
        "کے مطابق",
        "درخت گرمی کم کرتے ہیں",
        Stance.REPORT,
    ),
    (
        "an active participle modifies",
        "نمائش میں شرکت کرنے والے تاجروں نے بتایا کہ مانگ کم ہے",
        "نمائش میں شرکت کرنے والے تاجروں",
        "بتایا",
        "مانگ کم ہے",
        Stance.REPORT,
    ),
    (
        "a title that a comma parts from its name",
        "کمپنی کے سربراہ، سلیم احمد نے کہا کہ فروخت بڑھ گئی ہے",
        "کمپنی کے سربراہ، سلیم احمد",
        "کہا",
        "فروخت بڑھ گئی ہے",
        Stance.REPORT,
    ),
    (
        "a relative stands for a name",
        "بعض طلبہ ایسے بھی تھے جنہوں نے کہا کہ امتحان آسان تھا",
        "بعض طلبہ",
        "کہا",
        "امتحان آسان تھا",
        Stance.REPORT,
    ),
    (
        "a relative stands for a document",
        "فنڈ نے اپنی رپورٹ جاری کر دی ہے جس کے مطابق مہنگائی اس سال بڑھے گی",
        "اپنی رپورٹ",
        "کے مطابق",
        "مہنگائی اس سال بڑھے گی",
        Stance.REPORT,
    ),
    (
        "words inside X کا کہنا ہے",
        "وزیر کا مزید کہنا تھا کہ سڑک دسمبر میں کھل جائے گی",
        "وزیر",
        "کہنا تھا",
        "سڑک دسمبر میں کھل جائے گی",
        Stance.REPORT,
    ),
    (
        "a passive with an object and no source",
        "مریضوں کو تازہ سبزیاں کھانے کا مشورہ دیا جاتا ہے",
        None,
        "مشورہ دیا جاتا ہے",
        "مریضوں کو تازہ سبزیاں کھانے",
        Stance.DEMAND,
    ),
    (
        "what is said to be so",
        "پل کی تعمیر پر دو ارب روپے لاگت بتائی جاتی ہے",
        None,
        "بتائی جاتی ہے",
        "پل کی تعمیر پر دو ارب روپے لاگت",
        Stance.REPORT,
    ),
    (
        "what somebody is told to do",
        "حکام نے شہریوں کو گھروں میں رہنے کا کہا ہے",
        "حکام",
        "کہا ہے",
        "گھروں میں رہنے",
        Stance.REPORT,
    ),
    (
        "a headline that names its claim at the end",
        "نئے ڈیم کی تعمیر سے فصلیں بچ جائیں گی، وزیر زراعت کا دعویٰ",
        "وزیر زراعت",
        "دعویٰ",
        "نئے ڈیم کی تعمیر سے فصلیں بچ جائیں گی",
        Stance.CLAIM,
    ),
    (
        "a dateline with its agency is nobody's words",
        "حیدرآباد (نمائندہ خصوصی) تاجروں نے کہا کہ بازار کل بند رہے گا",
        "تاجروں",
        "کہا",
        "بازار کل بند رہے گا",
        Stance.REPORT,
    ),
]


@pytest.mark.parametrize(
    ("sentence", "source", "cue", "content", "stance"),
    [case[1:] for case in ONE],
    ids=[case[0] for case in ONE],
)
def test_one_attribution(
    sentence: str, source: str | None, cue: str, content: str, stance: Stance
) -> None:
    (found,) = attributions(sentence, "ur")
    assert texts_of(found, sentence) == (source, cue, content)
    assert found.stance is stance


@pytest.mark.parametrize(
    "sentence",
    [
        "بعد میں معلوم ہوا کہ دروازہ کھلا تھا",  # no study, no report: nobody says it
        "دونوں ملکوں نے معاہدہ کیا جس کے مطابق سرحد ہر روز کھلے گی",  # a treaty has no voice
        "اس قسم کے بادل کو کیومولس کہتے ہیں جو بارش لاتے ہیں",  # a name is given
        "میں نے کہا کہ راستہ بند ہے",  # the writer's own voice
    ],
)
def test_what_hands_words_to_nobody_else_is_no_attribution(sentence: str) -> None:
    assert attributions(sentence, "ur") == ()


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "کسانوں نے کہا کہ نہر خشک ہو چکی ہے وزیر آبپاشی نے بتایا کہ پانی کل چھوڑا جائے گا",
            ["نہر خشک ہو چکی ہے", "پانی کل چھوڑا جائے گا"],
        ),
        (
            "ڈاکٹروں کے مطابق بخار کم ہو رہا ہے محکمہ صحت کے مطابق ہسپتالوں میں بستر خالی ہیں",
            ["بخار کم ہو رہا ہے", "ہسپتالوں میں بستر خالی ہیں"],
        ),
    ],
)
def test_the_next_voice_ends_a_content_that_no_stop_ends(text: str, contents: list[str]) -> None:
    assert [texts_of(each, text)[2] for each in attributions(text, "ur")] == contents


def test_speech_runs_on_while_the_speaker_speaks_of_himself() -> None:
    said = (
        "ٹیم نے بہت محنت کی ہے مجھے اپنے ساتھیوں پر فخر ہے میرے والد بھی اسی میدان میں کھیلتے تھے"
    )
    text = f"کھلاڑی نے کہا کہ {said}"
    (found,) = attributions(text, "ur")
    assert texts_of(found, text) == ("کھلاڑی", "کہا", said)


def test_a_quotation_over_two_paragraphs_is_one_content() -> None:
    said = '"ہم ہر متاثرہ خاندان کی مدد کریں گے اور\nکسی کو اکیلا نہیں چھوڑیں گے"'
    text = f"وزیر اعلیٰ نے کہا کہ {said}۔"
    (found,) = attributions(text, "ur")
    assert texts_of(found, text)[2] == said
    assert found.quotation is Quotation.DIRECT


def test_the_sentence_of_a_cue_is_the_one_that_holds_it() -> None:
    text = "ڈاکٹروں کے مطابق بخار کم ہو رہا ہے۔ وزیر نے کہا کہ سڑک بند ہے۔"
    sentences = document(text, "ur").sentences
    for found in attributions(text, "ur"):
        sentence = sentences[found.sentence_index]
        assert sentence.start <= found.cue[0].start < sentence.end
