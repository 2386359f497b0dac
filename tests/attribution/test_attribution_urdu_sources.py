"""Urdu sources, contents and cues as newspapers vary them, in sentences of our own."""

from __future__ import annotations

import pytest
from reading_texts import attributions, texts_of

from claims.model import Stance

FOUND = [
    # what it shows, text, source, cue, content, stance
    (
        "a quotation right after the verb",
        'کپتان نے کہا "ہم اگلا میچ ضرور جیتیں گے" اور میدان سے چلے گئے۔',
        "کپتان",
        "کہا",
        '"ہم اگلا میچ ضرور جیتیں گے"',
        Stance.REPORT,
    ),
    (
        "a colon after the verb at the beginning of a line",
        "انہوں نے کہا: 'اس سال بارشیں کم ہوئیں، اس لیے گندم کی فصل پچھلے سال سے کمزور ہے۔'",
        "انہوں",
        "کہا",
        "'اس سال بارشیں کم ہوئیں، اس لیے گندم کی فصل پچھلے سال سے کمزور ہے۔'",
        Stance.REPORT,
    ),
    (
        "a clause that opens with a conjunction",
        "وزیر خزانہ نے کہا اگر ٹیکس نہ بڑھا تو منصوبہ رک جائے گا",
        "وزیر خزانہ",
        "کہا",
        "اگر ٹیکس نہ بڑھا تو منصوبہ رک جائے گا",
        Stance.REPORT,
    ),
    (
        "a relative clause before the marker",
        "گلوکار سلیم احمد، جو پہلی بار سوات آئے تھے، نے بتایا کہ وہ یہاں گانا ریکارڈ کریں گے۔",
        "گلوکار سلیم احمد",
        "بتایا",
        "وہ یہاں گانا ریکارڈ کریں گے",
        Stance.REPORT,
    ),
    (
        "a complementiser printed with the verb",
        "کوچ نے کہا ہےکہ ٹیم پوری طرح تیار ہے۔",
        "کوچ",
        "کہا ہے",
        "ٹیم پوری طرح تیار ہے",
        Stance.REPORT,
    ),
    (
        "a genitive marker printed with the cue",
        "ڈاکٹروں کاکہنا ہے کہ بخار دو دن میں اتر جاتا ہے۔",
        "ڈاکٹروں",
        "کاکہنا ہے",
        "بخار دو دن میں اتر جاتا ہے",
        Stance.REPORT,
    ),
    (
        "a time before the source",
        "گزشتہ روز حکام نے اعلان کیا کہ پل پیر کو کھول دیا جائے گا۔",
        "حکام",
        "اعلان کیا",
        "پل پیر کو کھول دیا جائے گا",
        Stance.ANNOUNCE,
    ),
    (
        "who fears in one word",
        "انہیں خدشہ ہے کہ مقدمہ برسوں چلتا رہے گا۔",
        "انہیں",
        "خدشہ ہے",
        "مقدمہ برسوں چلتا رہے گا",
        Stance.OPINE,
    ),
    (
        "what comes to light in a document",
        "تحقیق میں یہ بات سامنے آئی ہے کہ سبز چائے دل کے لیے مفید ہے۔",
        "تحقیق",
        "بات سامنے آئی ہے",
        "سبز چائے دل کے لیے مفید ہے",
        Stance.REPORT,
    ),
    (
        "a question in court",
        "جج نے استفسار کیا کہ گواہ کہاں ہیں۔",
        "جج",
        "استفسار کیا",
        "گواہ کہاں ہیں",
        Stance.REPORT,
    ),
    (
        "people who agree",
        "ماہرین متفق ہیں کہ نیند کی کمی نقصان دہ ہے۔",
        "ماہرین",
        "متفق ہیں",
        "نیند کی کمی نقصان دہ ہے",
        Stance.OPINE,
    ),
    (
        "an object after another deed of the source",
        "عدالت نے فیصلہ سناتے ہوئے ملزم کو رہا کرنے کا حکم دیا۔",
        "عدالت",
        "حکم دیا",
        "ملزم کو رہا کرنے",
        Stance.DEMAND,
    ),
    (
        "what somebody warns of",
        "ماہرین نے پانی کی قلت کے خطرے سے خبردار کیا ہے۔",
        "ماہرین",
        "خبردار کیا ہے",
        "پانی کی قلت کے خطرے",
        Stance.WARN,
    ),
    (
        "a name that is also an auxiliary",
        "اداکار جیٹ لی نے رائٹرز کو بتایا کہ وہ فلم چھوڑ رہے ہیں۔",
        "اداکار جیٹ لی",
        "بتایا",
        "وہ فلم چھوڑ رہے ہیں",
        Stance.REPORT,
    ),
    (
        "a source before what it does while it speaks",
        "ملزم کا عدالت میں لوگوں کو مخاطب کرتے ہوئے کہنا تھا کہ وہ بے قصور ہے۔",
        "ملزم",
        "کہنا تھا",
        "وہ بے قصور ہے",
        Stance.REPORT,
    ),
    (
        "a passive auxiliary printed as one word",
        "توقع کی جارہی ہے کہ نیا فون مارچ میں آئے گا۔",
        None,
        "توقع کی جارہی ہے",
        "نیا فون مارچ میں آئے گا",
        Stance.OPINE,
    ),
    (
        "a judgment in a document",
        "رپورٹ میں اس پانی کو صحت کے لیے مضر قرار دیا گیا ہے۔",
        "رپورٹ",
        "قرار دیا گیا ہے",
        "اس پانی کو صحت کے لیے مضر",
        Stance.OPINE,
    ),
    (
        "a relative that stands for a document",
        "کمپنی نے ایک ویڈیو جاری کی ہے، جس میں بتایا گیا ہے کہ گاڑی کیسے چلتی ہے۔",
        "ایک ویڈیو",
        "بتایا گیا ہے",
        "گاڑی کیسے چلتی ہے",
        Stance.REPORT,
    ),
    (
        "a conclusion",
        "محققین اس نتیجے پر پہنچے ہیں کہ چہل قدمی یادداشت بہتر کرتی ہے۔",
        "محققین",
        "نتیجے پر پہنچے ہیں",
        "چہل قدمی یادداشت بہتر کرتی ہے",
        Stance.REPORT,
    ),
]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "stance"),
    [each[1:] for each in FOUND],
    ids=[each[0] for each in FOUND],
)
def test_a_way_to_attribute(
    text: str, source: str | None, cue: str, content: str, stance: Stance
) -> None:
    (found,) = attributions(text, "ur")
    assert texts_of(found, text) == (source, cue, content)
    assert found.stance is stance


@pytest.mark.parametrize(
    "text",
    [
        "اگر وہ کسی سے وعدہ کر لیں تو اسے نبھاتے ہیں۔",
        "کمپنیوں نے نمائش میں سٹال لگائے جن کی موجودگی اس کی اہمیت واضح کر رہی تھی۔",
        "گلوکار نے اپنے مداحوں کے لیے خود ہی اعلان کر دیا۔",
        "مجھے امید ہے کہ سب ٹھیک ہو جائے گا۔",
        "سڑک کی تعمیر تمام معیارات کے مطابق مکمل کر لی گئی۔",
    ],
)
def test_what_only_looks_like_an_attribution(text: str) -> None:
    assert attributions(text, "ur") == ()


def test_an_answer_ends_what_it_answers() -> None:
    text = "جج نے پوچھا کہ فائل کہاں ہے، جس پر وکیل نے جواب دیا کہ فائل گم ہو چکی ہے۔"
    asked, answered = attributions(text, "ur")
    assert texts_of(asked, text) == ("جج", "پوچھا", "فائل کہاں ہے")
    assert texts_of(answered, text) == ("وکیل", "جواب دیا", "فائل گم ہو چکی ہے")
    assert answered.via is None


@pytest.mark.parametrize(
    "stamp",
    [
        "لاہور 23 اگست (سیاست ڈاٹ کام) ",
        "میرپور (این این آئی) ",
        "ہالے (جرمنی) 24 جون (ایجنسی) ",
        "کراچی ",
        "ٹنڈو آدم: ",
    ],
)
def test_a_dateline_is_no_part_of_the_source(stamp: str) -> None:
    text = stamp + "ٹیم کے کپتان نے کہا ہے کہ نئے کھلاڑیوں کو موقع دینے سے ٹیم مضبوط ہو گی"
    (found,) = attributions(text, "ur")
    assert texts_of(found, text)[0] == "ٹیم کے کپتان"


def test_a_town_that_names_a_source_stays() -> None:
    text = "لاہور ہائیکورٹ نے حکم دیا ہے کہ نہر کے کنارے لگے تمام درختوں کی کٹائی فوری روکی جائے"
    (found,) = attributions(text, "ur")
    assert texts_of(found, text)[0] == "لاہور ہائیکورٹ"
