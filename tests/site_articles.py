"""The twelve articles of the local web site: two outlets, Urdu and English, made for the tests."""

from __future__ import annotations

from typing import NamedTuple


class Story(NamedTuple):
    """One article as its outlet prints it. ``kind`` says what is special about its page."""

    slug: str
    title: str
    byline: str | None
    published: str
    paragraphs: tuple[str, ...]
    kind: str = "plain"


URDU = (
    Story(
        "pul",
        "وزیر تعمیرات: دریا کا پل سردیوں سے پہلے کھل جائے گا",
        "سعدیہ انور",
        "2026-11-21T09:00:00+05:00",
        (
            "نورپور میں صوبائی وزیر تعمیرات اکرم بخاری نے کہا ہے کہ دریا کا پل "
            "سردیوں سے پہلے ٹریفک "
            "کے لیے کھول دیا جائے گا۔",
            "انھوں نے دعویٰ کیا کہ پل کی مرمت کا کام مکمل ہو چکا ہے اور ٹھیکیدار کو "
            "پوری رقم ادا کر "
            "دی گئی ہے۔",
            "مقامی تاجروں کا کہنا ہے کہ پل بند ہونے سے ان کا کاروبار آدھا رہ گیا ہے۔",
            "یہ بھی پڑھیں: شہر کی پانچ پرانی سڑکیں",
        ),
    ),
    Story(
        "hadsa",
        "نورپور: کشتی کے حادثے میں بارہ افراد ہلاک",
        "نامہ نگار",
        "2026-11-21T11:30:00+05:00",
        (
            "ضلعی انتظامیہ کے مطابق کشتی کے حادثے میں بارہ افراد ہلاک ہوئے ہیں۔",
            "پولیس کے ترجمان نے بتایا کہ کشتی پر گنجائش سے زیادہ مسافر سوار تھے۔",
            "حزب اختلاف نے الزام لگایا کہ حکومت نے کشتیوں کی جانچ نہیں کرائی۔",
        ),
        kind="edited",
    ),
    Story(
        "taleem",
        "محکمہ تعلیم نے اسکول بند ہونے کی خبر مسترد کر دی",
        "حنا کمال",
        "2026-11-21T13:05:00+05:00",
        (
            "محکمہ تعلیم نے ان خبروں کو مسترد کر دیا ہے کہ نورپور کے اسکول ایک ماہ "
            "کے لیے بند کیے جا "
            "رہے ہیں۔",
            "سیکریٹری تعلیم ریحانہ قاضی نے کہا کہ تمام اسکول معمول کے مطابق کھلے رہیں گے۔",
            "اساتذہ کی انجمن کا دعویٰ ہے کہ اسے بندش کا تحریری حکم مل چکا ہے۔",
        ),
    ),
    Story(
        "pani",
        "واٹر بورڈ: شہر کا پانی پینے کے قابل ہے",
        None,
        "2026-11-21T15:40:00+05:00",
        (
            "واٹر بورڈ نے اعلان کیا ہے کہ نورپور کے نلکوں کا پانی پینے کے لیے محفوظ ہے۔",
            "ماہرین نے خبردار کیا کہ بارشوں کے بعد پانی میں جراثیم بڑھ سکتے ہیں۔",
            "بورڈ کے سربراہ نے آلودگی کے الزام کی تردید کی۔",
            "(جاری ہے)",
        ),
    ),
    Story(
        "khali",
        "بجلی کے نرخ میں اضافے کی تجویز",
        "سعدیہ انور",
        "2026-11-21T16:10:00+05:00",
        ("بجلی کمپنی نے نرخ میں اضافے کی تجویز دی ہے۔",),
        kind="broken",
    ),
    Story(
        "fasal",
        "کسانوں کا مطالبہ: گندم کی قیمت بڑھائی جائے",
        "جاوید اقبال",
        "2026-11-21T18:00:00+05:00",
        (
            "کسان اتحاد کے صدر منظور لغاری نے مطالبہ کیا کہ گندم کی سرکاری قیمت فوری بڑھائی جائے۔",
            "وزیر خوراک نے کہا کہ حکومت کے پاس گندم کا چار ماہ کا ذخیرہ موجود ہے۔",
            "انھوں نے قلت کے دعوے کو غلط قرار دیا۔",
        ),
    ),
)

ENGLISH = (
    Story(
        "bridge",
        "Contractor says Noorpur bridge will stay closed until spring",
        "Maria Dean",
        "2026-11-21T08:15:00+05:00",
        (
            "The contractor repairing the Noorpur bridge said on Saturday that it "
            "would stay closed "
            "until the spring.",
            "Works minister Akram Bukhari told reporters that the repairs were "
            "complete. The company "
            "denied that it had been paid in full.",
            "Traders said that business had fallen by half since the bridge was closed.",
            "Read also: Five old streets of the city",
        ),
    ),
    Story(
        "boat",
        "Nine people drown as boat capsizes near Noorpur, police say",
        "Our Correspondent",
        "2026-11-21T10:45:00+05:00",
        (
            "Nine people drowned when a boat capsized near Noorpur on Saturday, police said.",
            'A survivor, Bilal Aslam, said: "There were too many of us on board."',
            "The opposition accused the government of ignoring inspections.",
        ),
    ),
    Story(
        "schools",
        "Teachers: written order closes Noorpur schools for a month",
        "Peter Lodhi",
        "2026-11-21T12:20:00+05:00",
        (
            "The teachers' association said that it had received a written order to "
            "close all schools "
            "in Noorpur for a month.",
            "Education secretary Rehana Qazi denied that any school would be closed.",
            "Parents said they had not been told anything.",
        ),
    ),
    Story(
        "minutes",
        "The minutes of the city council in full",
        None,
        "2026-11-21T14:00:00+05:00",
        ("The clerk read the minutes of the meeting.",),
        kind="gigantic",
    ),
    Story(
        "inside",
        "Ministry refuses to comment on leaked letter",
        "Maria Dean",
        "2026-11-21T15:00:00+05:00",
        ("The ministry declined to comment on the letter.",),
        kind="private",
    ),
    Story(
        "wheat",
        "Food minister denies wheat shortage",
        "Peter Lodhi",
        "2026-11-21T17:30:00+05:00",
        (
            "The food minister denied on Saturday that the country was running out of wheat.",
            "Farmers' leader Manzoor Leghari warned that the stock would last only six weeks.",
            'A flour mill owner said that prices had risen "every single day" this month.',
        ),
    ),
)

EDITED = ("بارہ افراد", "پندرہ افراد")
"""What an editor changes in the story of kind ``edited``."""
