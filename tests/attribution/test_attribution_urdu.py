"""What Urdu sentences attribute to whom: one example for each form that newspapers use."""

from __future__ import annotations

import pytest
from reading_texts import attributions, texts_of

from claims.model import Pattern, Quotation, Stance

SENTENCES = [
    # sentence, source, cue, content, stance, pattern
    (
        "وزیر خارجہ نے کہا کہ مذاکرات اگلے ہفتے شروع ہوں گے۔",
        "وزیر خارجہ",
        "کہا",
        "مذاکرات اگلے ہفتے شروع ہوں گے",
        Stance.REPORT,
        Pattern.CLAUSAL,
    ),
    (
        "ترجمان نے صحافیوں کو بتایا کہ پل بند کر دیا گیا ہے۔",
        "ترجمان",
        "بتایا",
        "پل بند کر دیا گیا ہے",
        Stance.REPORT,
        Pattern.CLAUSAL,
    ),
    (
        "حزب اختلاف نے دعویٰ کیا کہ انتخابات میں دھاندلی ہوئی۔",
        "حزب اختلاف",
        "دعویٰ کیا",
        "انتخابات میں دھاندلی ہوئی",
        Stance.CLAIM,
        Pattern.CLAUSAL,
    ),
    (
        "ماہرین کا کہنا ہے کہ بارشیں مزید دو دن جاری رہیں گی۔",
        "ماہرین",
        "کا کہنا ہے",
        "بارشیں مزید دو دن جاری رہیں گی",
        Stance.REPORT,
        Pattern.NOMINAL,
    ),
    (
        "کسانوں کا کہنا تھا کہ فصل تباہ ہو چکی ہے۔",
        "کسانوں",
        "کا کہنا تھا",
        "فصل تباہ ہو چکی ہے",
        Stance.REPORT,
        Pattern.NOMINAL,
    ),
    (
        "پولیس کے مطابق حادثے میں تین افراد زخمی ہوئے۔",
        "پولیس",
        "کے مطابق",
        "حادثے میں تین افراد زخمی ہوئے",
        Stance.REPORT,
        Pattern.ACCORDING,
    ),
    (
        "ڈاکٹر سلیم کے بقول یہ دوا محفوظ ہے۔",
        "ڈاکٹر سلیم",
        "کے بقول",
        "یہ دوا محفوظ ہے",
        Stance.REPORT,
        Pattern.ACCORDING,
    ),
    (
        "حکام کے حوالے سے بتایا گیا ہے کہ پانی کی سطح کم ہو رہی ہے۔",
        "حکام",
        "بتایا گیا ہے",
        "پانی کی سطح کم ہو رہی ہے",
        Stance.REPORT,
        Pattern.CLAUSAL,
    ),
    (
        "کمپنی نے ملازمین کو نکالنے کی خبر کی تردید کی ہے۔",
        "کمپنی",
        "تردید کی ہے",
        "ملازمین کو نکالنے کی خبر",
        Stance.DENY,
        Pattern.OBJECT,
    ),
    (
        "وزارت داخلہ نے گرفتاری کی تصدیق کی ہے۔",
        "وزارت داخلہ",
        "تصدیق کی ہے",
        "گرفتاری",
        Stance.CONFIRM,
        Pattern.OBJECT,
    ),
    (
        "پنجاب حکومت نے اپوزیشن کے مطالبے کو مسترد کر دیا۔",
        "پنجاب حکومت",
        "مسترد کر دیا",
        "اپوزیشن کے مطالبے",
        Stance.DENY,
        Pattern.OBJECT,
    ),
    (
        "اپوزیشن نے حکومت پر الزام عائد کیا کہ وہ عدالت پر دباؤ ڈال رہی ہے۔",
        "اپوزیشن",
        "الزام عائد کیا",
        "وہ عدالت پر دباؤ ڈال رہی ہے",
        Stance.ACCUSE,
        Pattern.CLAUSAL,
    ),
    (
        "بھارت پاکستان پر دراندازی کا الزام لگاتا ہے۔",
        "بھارت",
        "الزام لگاتا ہے",
        "پاکستان پر دراندازی",
        Stance.ACCUSE,
        Pattern.OBJECT,
    ),
    (
        "ترجمان نے واقعے پر تبصرہ کرنے سے گریز کیا۔",
        "ترجمان",
        "تبصرہ کرنے سے گریز کیا",
        "واقعے",
        Stance.DECLINE,
        Pattern.OBJECT,
    ),
    (
        "وزیر نے یہ بتانے سے انکار کر دیا کہ معاہدہ کب ہوگا۔",
        "وزیر",
        "بتانے سے انکار کر دیا",
        "معاہدہ کب ہوگا",
        Stance.DECLINE,
        Pattern.CLAUSAL,
    ),
    (
        "صدر نے حملے کو بزدلانہ کارروائی قرار دیا۔",
        "صدر",
        "قرار دیا",
        "حملے کو بزدلانہ کارروائی",
        Stance.OPINE,
        Pattern.OBJECT,
    ),
    (
        "فوج نے اس خبر کی نہ تصدیق کی ہے اور نہ تردید کی ہے۔",
        "فوج",
        "تصدیق کی ہے اور نہ تردید کی ہے",
        "اس خبر",
        Stance.DECLINE,
        Pattern.OBJECT,
    ),
    (
        '"ہم یہ میچ جیتیں گے،" کپتان نے کہا۔',
        "کپتان",
        "کہا",
        '"ہم یہ میچ جیتیں گے،"',
        Stance.REPORT,
        Pattern.QUOTATION,
    ),
    (
        "رپورٹ میں کہا گیا ہے کہ آلودگی میں اضافہ ہوا ہے۔",
        "رپورٹ",
        "کہا گیا ہے",
        "آلودگی میں اضافہ ہوا ہے",
        Stance.REPORT,
        Pattern.CLAUSAL,
    ),
    (
        "وہ کہتے ہیں کہ فیصلہ غلط تھا۔",
        "وہ",
        "کہتے ہیں",
        "فیصلہ غلط تھا",
        Stance.REPORT,
        Pattern.CLAUSAL,
    ),
]


@pytest.mark.parametrize(
    ("sentence", "source", "cue", "content", "stance", "pattern"),
    SENTENCES,
    ids=[each[2] + " " + each[5].value for each in SENTENCES],
)
def test_a_form_of_attribution(
    sentence: str, source: str, cue: str, content: str, stance: Stance, pattern: Pattern
) -> None:
    (found,) = attributions(sentence, "ur")
    assert texts_of(found, sentence) == (source, cue, content)
    assert (found.stance, found.pattern) == (stance, pattern)


def test_a_quotation_runs_over_sentences_and_ends_with_its_mark() -> None:
    text = 'کوچ نے کہا کہ "ٹیم تیار ہے۔ ہمیں کسی کا ڈر نہیں۔ ہم جیتیں گے۔" میچ کل ہوگا۔'
    (found,) = attributions(text, "ur")
    assert texts_of(found, text)[2] == '"ٹیم تیار ہے۔ ہمیں کسی کا ڈر نہیں۔ ہم جیتیں گے۔"'
    assert found.quotation is Quotation.DIRECT


def test_a_pronoun_stands_for_the_sentence_before() -> None:
    text = "شہر میں پانی نہیں ہے۔ مقامی لوگوں نے یہ دعویٰ کیا ہے۔"
    (found,) = attributions(text, "ur")
    assert texts_of(found, text) == ("مقامی لوگوں", "دعویٰ کیا ہے", "شہر میں پانی نہیں ہے")
    assert found.negated


@pytest.mark.parametrize(
    ("headline", "source", "content"),
    [
        ("صدر ٹرمپ: ایران کے ساتھ جنگ نہیں چاہتے", "صدر ٹرمپ", "ایران کے ساتھ جنگ نہیں چاہتے"),
        (
            "جنگ بندی پر کوئی بات نہیں ہو رہی ہے: ماسکو",
            "ماسکو",
            "جنگ بندی پر کوئی بات نہیں ہو رہی ہے",
        ),
        ("جنگ بندی پر بات نہیں ہو رہی:ماسکو", "ماسکو", "جنگ بندی پر بات نہیں ہو رہی"),
    ],
)
def test_a_headline_attributes_with_a_colon_either_way_round(
    headline: str, source: str, content: str
) -> None:
    (found,) = attributions(f"{headline}\nخبر کا متن یہاں سے شروع ہوتا ہے۔", "ur")
    assert found.pattern is Pattern.HEADLINE
    assert texts_of(found, headline) == (source, ":", content)


@pytest.mark.parametrize(
    "line",
    [
        "پہلی اشاعت: آخری اپ ڈیٹ:",
        "Published : March 7, 2026 at 11:47 AM IST",
        "وقت: 11:47",
        "قانون کے مطابق ہر شہری برابر ہے۔",
        "سورج مشرق سے نکلتا ہے اور مغرب میں ڈوبتا ہے۔",
    ],
)
def test_what_nobody_says_is_no_attribution(line: str) -> None:
    assert attributions(line + "\n", "ur") == ()


def test_two_attributions_in_one_sentence_keep_apart() -> None:
    text = "مغرب کا کہنا ہے کہ فوجی سرحد پر ہیں، لیکن ماسکو نے اس بات کی تردید کی ہے کہ حملہ ہوگا۔"
    west, moscow = attributions(text, "ur")
    assert texts_of(west, text) == ("مغرب", "کا کہنا ہے", "فوجی سرحد پر ہیں")
    assert texts_of(moscow, text) == ("ماسکو", "تردید کی ہے", "حملہ ہوگا")


def test_an_agency_that_carries_the_words_is_the_intermediary() -> None:
    text = "خبر رساں اداروں کے مطابق ترجمان کا کہنا ہے کہ مذاکرات جاری ہیں۔"
    agencies, spokesman = attributions(text, "ur")
    assert texts_of(agencies, text)[0] == "خبر رساں اداروں"
    assert texts_of(spokesman, text)[0] == "ترجمان"
    assert spokesman.via == agencies.source
    assert agencies.via is None
