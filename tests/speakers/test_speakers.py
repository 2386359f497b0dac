"""Sources to speakers, on real parses: names, offices, pronouns, groups and the unnamed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims.language.annotation import Annotator
from claims.model import (
    Article,
    Attribution,
    Claim,
    Document,
    Pattern,
    Quotation,
    Span,
    Spans,
    SpeakerKind,
    Stance,
)
from claims.speakers.gazetteer import Gazetteer, load_gazetteer
from claims.speakers.link import link
from claims.speakers.mentions import MentionData, load_mentions

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "gold" / "ur_dev.jsonl"

Link = Callable[..., tuple[Claim, ...]]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(ROOT / "config")


@pytest.fixture(scope="module")
def mentions() -> dict[str, MentionData]:
    return load_mentions(ROOT / "config", ["ur", "en"])


@pytest.fixture(scope="module")
def annotate() -> Callable[[str, str, datetime | None], Document]:
    annotator = Annotator()

    def annotate(text: str, language: str, published: datetime | None) -> Document:
        identity = hashlib.sha256(text.encode()).hexdigest()
        article = Article(
            article_id=identity,
            outlet="Example",
            language=language,
            published_at=published,
            content_hash=identity,
            text=text,
        )
        return annotator.annotate([article])[0]

    return annotate


@pytest.fixture
def linked(
    annotate: Callable[[str, str, datetime | None], Document],
    gazetteer: Gazetteer,
    mentions: dict[str, MentionData],
) -> Link:
    """Link sources given as the words ``source`` or ``(source, content)``, found in text order."""

    def linked(
        text: str,
        sources: Sequence[str | tuple[str, str]],
        language: str = "ur",
        published: datetime | None = None,
    ) -> tuple[Claim, ...]:
        document = annotate(text, language, published)
        at = 0
        attributions = []
        for given in sources:
            source, content = given if isinstance(given, tuple) else (given, None)
            start = text.index(source, at)
            at = start + len(source)
            spans = (Span(start=start, end=at),)
            said = spans
            if content is not None:
                begin = text.index(content)
                said = (Span(start=begin, end=begin + len(content)),)
            attributions.append(attribution(spans, said))
        return link(document, attributions, gazetteer, mentions[language])

    return linked


def attribution(source: Spans | None, content: Spans, via: Spans | None = None) -> Attribution:
    return Attribution(
        sentence_index=0,
        source=source,
        cue=content,
        content=content,
        via=via,
        stance=Stance.REPORT,
        pattern=Pattern.CLAUSAL,
        quotation=Quotation.INDIRECT,
        confidence=1.0,
    )


def names(claims: Sequence[Claim]) -> list[str | None]:
    return [claim.speaker.name if claim.speaker else None for claim in claims]


def kinds(claims: Sequence[Claim]) -> list[SpeakerKind | None]:
    return [claim.speaker.kind if claim.speaker else None for claim in claims]


@pytest.mark.skipif(not GOLD.is_file(), reason="needs ../shared/gold/ur_dev.jsonl")
def test_the_gold_sources_have_the_gold_speakers(
    annotate: Callable[[str, str, datetime | None], Document],
    gazetteer: Gazetteer,
    mentions: dict[str, MentionData],
) -> None:
    right = wanted = 0
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        roles = [
            attribution(spans(each["source"]), spans(each["content"]) or spans(each["cue"]) or ())
            for each in article["attributions"]
        ]
        document = annotate(article["text"], "ur", None)
        found = names(link(document, roles, gazetteer, mentions["ur"]))
        gold = [each["speaker"] for each in article["attributions"]]
        assert len(found) == len(gold)
        wanted += len(gold)
        right += sum(a == b for a, b in zip(found, gold, strict=True))
    assert right / wanted >= 0.9


def spans(pairs: list[list[int]] | None) -> Spans | None:
    return tuple(Span(start=start, end=end) for start, end in pairs) if pairs else None


def test_spellings_titles_and_pronouns_are_one_person_in_both_languages(linked: Link) -> None:
    urdu = linked(
        "روسی صدر ولادیمیر پیوٹن نے ماسکو میں کہا کہ مذاکرات جاری ہیں۔ "
        "انہوں نے کہا کہ فیصلہ جلد ہوگا۔ پوٹن نے کہا کہ وقت کم ہے۔ روسی صدر نے شکریہ ادا کیا۔",
        ["روسی صدر ولادیمیر پیوٹن", "انہوں", "پوٹن", "روسی صدر"],
    )
    english = linked(
        "Russian President Vladimir Putin said talks went on. He said a decision was near. "
        "Mr. Putin said time was short. The Russian president thanked them.",
        ["Russian President Vladimir Putin", "He", "Mr. Putin", "The Russian president"],
        "en",
    )
    assert names(urdu) == names(english) == ["Vladimir Putin"] * 4
    ids = {claim.speaker.speaker_id for claim in (*urdu, *english) if claim.speaker}
    assert len(ids) == 1


def test_the_name_in_a_titled_phrase_wins_over_seat_and_title(linked: Link) -> None:
    claims = linked(
        "کریملن کے ترجمان دمتری پیسکوف نے کہا کہ جواب نہیں ملا۔ "
        "وزارت صحت کے ترجمان کامران بشیر نے کہا کہ کیس کم ہیں۔ بشیر نے کہا کہ خطرہ ٹلا نہیں۔",
        ["کریملن کے ترجمان دمتری پیسکوف", "وزارت صحت کے ترجمان کامران بشیر", "بشیر"],
    )
    assert names(claims) == ["Dmitry Peskov", "Kamran Bashir", "Kamran Bashir"]
    assert set(kinds(claims)) == {SpeakerKind.PERSON}


def test_an_office_is_whom_the_article_gives_it_to_before_todays_holder(linked: Link) -> None:
    text = (
        "امریکی وزیر دفاع لائیڈ آسٹن نے کہا کہ امداد پہنچے گی۔ "
        "امریکی وزیر دفاع نے کہا کہ اتحادی ساتھ ہیں۔"
    )
    named = linked(text, ["امریکی وزیر دفاع لائیڈ آسٹن", "امریکی وزیر دفاع"])
    assert names(named) == ["Lloyd Austin", "Lloyd Austin"]
    alone = "امریکی وزیر دفاع نے کہا کہ اتحادی ساتھ ہیں۔"
    for year, holder in ((2015, "Ash Carter"), (2023, "Lloyd Austin"), (2025, "Pete Hegseth")):
        published = datetime(year, 6, 1, tzinfo=UTC)
        assert names(linked(alone, ["امریکی وزیر دفاع"], published=published)) == [holder]


def test_two_presidents_keep_their_offices(linked: Link) -> None:
    claims = linked(
        "Ukrainian President Volodymyr Zelensky met French President Emmanuel Macron in Lviv. "
        "The French president promised help. The Ukrainian president said it was needed.",
        ["The French president", "The Ukrainian president"],
        "en",
    )
    assert names(claims) == ["Emmanuel Macron", "Volodymyr Zelensky"]


def test_a_former_holder_does_not_speak_for_the_office(linked: Link) -> None:
    claims = linked(
        "Former US President Joe Biden was in Delaware. The US president said he was busy.",
        ["The US president"],
        "en",
        datetime(2025, 6, 1, tzinfo=UTC),
    )
    assert names(claims) == ["Donald Trump"]


def test_an_unknown_office_holder_is_described_and_stays_in_the_article(linked: Link) -> None:
    first, second = (
        linked(f"The Norwegian health minister said the {thing} was closed.",
               ["The Norwegian health minister"], "en")[0].speaker
        for thing in ("harbour", "airport")
    )  # fmt: skip
    assert first is not None
    assert second is not None
    assert first.kind is SpeakerKind.PERSON
    assert first.name == second.name
    assert first.speaker_id != second.speaker_id


def test_groups_are_composed_from_state_and_noun(linked: Link) -> None:
    claims = linked(
        "ایرانی میڈیا کے مطابق بات ہوئی۔ ترک حکام نے کہا کہ بات ہوئی۔ "
        "مغربی ذرائع نے بتایا کہ بات ہوئی۔ فرانسیسی اور جرمن حکام نے کہا کہ بات ہوئی۔ "
        "روس کی وزارت دفاع نے کہا کہ بات ہوئی۔ اسرائیلی افواج نے کہا کہ بات ہوئی۔",
        [
            "ایرانی میڈیا", "ترک حکام", "مغربی ذرائع", "فرانسیسی اور جرمن حکام",
            "روس کی وزارت دفاع", "اسرائیلی افواج",
        ],
    )  # fmt: skip
    assert [(c.speaker.name, c.speaker.kind.value) for c in claims if c.speaker] == [
        ("Iranian media", "media"),
        ("Turkish officials", "group"),
        ("Western sources", "anonymous"),
        ("French and German officials", "group"),
        ("Russian Ministry of Defence", "organisation"),
        ("Israeli forces", "organisation"),
    ]
    ministry = claims[4].speaker
    assert ministry is not None
    assert ministry.speaks_for == "Russia"


def test_a_bare_noun_is_the_body_that_the_article_named(linked: Link) -> None:
    claims = linked(
        "چینی وزارت خارجہ نے کہا کہ دورہ ہوگا۔ اجلاس پیر کو ہے۔ "
        "وزارت خارجہ نے کہا کہ تیاری مکمل ہے۔",
        ["چینی وزارت خارجہ", "وزارت خارجہ"],
    )
    assert names(claims) == ["Chinese Ministry of Foreign Affairs"] * 2


def test_coordinated_sources_are_one_group_that_names_its_members(linked: Link) -> None:
    claims = linked(
        "انقرہ اور دوحہ کا کہنا ہے کہ راستہ کھلا ہے۔",
        ["انقرہ اور دوحہ"],
    ) + linked(
        "Marco Rubio, Hakan Fidan and Wang Yi said the road was open.",
        ["Marco Rubio, Hakan Fidan and Wang Yi"],
        "en",
    )
    assert names(claims) == ["Ankara and Doha", "Marco Rubio, Hakan Fidan and Wang Yi"]
    assert set(kinds(claims)) == {SpeakerKind.GROUP}


def test_one_person_with_two_offices_is_no_group(linked: Link) -> None:
    claims = linked(
        "نائب وزیر اعظم اور وزیر خارجہ اسحاق ڈار نے کہا کہ دورہ کامیاب رہا۔",
        ["نائب وزیر اعظم اور وزیر خارجہ اسحاق ڈار"],
    )
    assert names(claims) == ["Ishaq Dar"]


def test_pronouns_agree_in_gender_and_kind(linked: Link) -> None:
    claims = linked(
        "Angela Merkel and Emmanuel Macron met in Lyon. She said the talks were good. "
        "He said they were long. NATO welcomed the talks. It said more were needed.",
        ["She", "He", "NATO", "It"],
        "en",
    )
    assert names(claims) == ["Angela Merkel", "Emmanuel Macron", "NATO", "NATO"]


def test_a_pronoun_goes_on_with_the_one_who_is_quoted_not_with_those_talked_about(
    linked: Link,
) -> None:
    said = "کہ ٹرمپ نے مودی سے بات کی اور مودی نے دعوت قبول کی"
    claims = linked(
        f"فرانس کے صدر ایمانوئل میکرون نے کہا {said}۔ انہوں نے کہا کہ تاریخ طے نہیں۔",
        [("فرانس کے صدر ایمانوئل میکرون", said), "انہوں"],
    )
    assert names(claims) == ["Emmanuel Macron", "Emmanuel Macron"]


def test_a_singular_urdu_pronoun_is_the_body_of_the_clause_before(linked: Link) -> None:
    claims = linked(
        "کریملن نے خبر کی تصدیق نہیں کی، لیکن اس نے تسلیم کیا کہ رابطہ ہوا تھا۔", ["کریملن", "اس"]
    )
    assert names(claims) == ["Kremlin", "Kremlin"]


def test_the_first_person_is_whoever_is_quoted(linked: Link) -> None:
    quoted = "I believe we will win"
    claims = linked(
        f'Keir Starmer told them: "{quoted}", after Donald Trump had left.',
        [("Keir Starmer", quoted), "I"],
        "en",
    )
    assert names(claims) == ["Keir Starmer", "Keir Starmer"]


def test_a_pronoun_without_an_antecedent_stays_unresolved(linked: Link) -> None:
    claims = linked("انہوں نے کہا کہ بارش ہوگی۔", ["انہوں"]) + linked(
        "It rained. She said it would rain again.", ["She"], "en"
    )
    assert names(claims) == [None, None]


def test_two_people_never_merge_for_a_surname(linked: Link) -> None:
    text = (
        "Senator Carla Hooper met Judge Marvin Hooper. {} said it went well. "
        "Mrs. Hooper said it was short."
    )
    claims = linked(
        text.format("Hooper"),
        ["Senator Carla Hooper", "Judge Marvin Hooper", "Hooper"],
        "en",
    )
    assert names(claims) == ["Carla Hooper", "Marvin Hooper", "Hooper"]
    assert len({c.speaker.speaker_id for c in claims if c.speaker}) == 3


def test_a_surname_follows_the_article_before_the_gazetteer(linked: Link) -> None:
    claims = linked(
        "Eric Trump opened a hotel. Trump said business was good.", ["Eric Trump", "Trump"], "en"
    )
    assert names(claims) == ["Eric Trump", "Eric Trump"]
    assert names(linked("Trump said business was good.", ["Trump"], "en")) == ["Donald Trump"]


def test_the_same_bare_surname_in_two_articles_is_not_one_speaker(linked: Link) -> None:
    first, second = (
        linked(f"Sullivan said the {thing} was late.", ["Sullivan"], "en")[0].speaker
        for thing in ("train", "ferry")
    )
    assert first is not None
    assert second is not None
    assert first.speaker_id != second.speaker_id


def test_the_unnamed_are_anonymous_and_never_the_same_in_two_articles(linked: Link) -> None:
    found = [
        linked(f"ذرائع نے بتایا کہ {what} ہوا۔", ["ذرائع"])[0].speaker
        for what in ("حملہ", "معاہدہ")
    ] + [
        linked(f"{who} said so on Monday.", [who], "en")[0].speaker
        for who in ("A senior official", "People familiar with the matter")
    ]
    assert {speaker.kind for speaker in found if speaker} == {SpeakerKind.ANONYMOUS}
    assert len({speaker.speaker_id for speaker in found if speaker}) == 4


@pytest.mark.parametrize(
    ("text", "source", "language", "kind"),
    [
        ("ایک رپورٹ کے مطابق قیمتیں بڑھیں گی۔", "ایک رپورٹ", "ur", SpeakerKind.DOCUMENT),
        ("پولیس کے مطابق دو افراد زخمی ہوئے۔", "پولیس", "ur", SpeakerKind.ORGANISATION),
        ("روزنامہ ڈان کے مطابق بارش ہوئی۔", "روزنامہ ڈان", "ur", SpeakerKind.MEDIA),
        ("مغرب کا کہنا ہے کہ خطرہ ہے۔", "مغرب", "ur", SpeakerKind.GROUP),
        ("Helsinki Harbour Authority said it was shut.", "Helsinki Harbour Authority", "en",
         SpeakerKind.ORGANISATION),
        ("The statement said the bridge was shut.", "The statement", "en", SpeakerKind.DOCUMENT),
        ("Norway said the bridge was shut.", "Norway", "en", SpeakerKind.STATE),
    ],
)  # fmt: skip
def test_every_speaker_has_a_kind(
    linked: Link, text: str, source: str, language: str, kind: SpeakerKind
) -> None:
    assert kinds(linked(text, [source], language)) == [kind]


def test_no_source_has_no_speaker_and_an_intermediary_is_resolved(
    annotate: Callable[[str, str, datetime | None], Document],
    gazetteer: Gazetteer,
    mentions: dict[str, MentionData],
) -> None:
    text = "رائٹرز کے مطابق کریملن نے کہا کہ راستہ بند ہے۔"
    media, kremlin = (
        (Span(start=text.index(word), end=text.index(word) + len(word)),)
        for word in ("رائٹرز", "کریملن")
    )
    content = (Span(start=text.index("راستہ"), end=len(text) - 1),)
    document = annotate(text, "ur", None)
    given = [attribution(kremlin, content, media), attribution(None, content)]
    first, second = link(document, given, gazetteer, mentions["ur"])
    assert first.speaker is not None
    assert first.via is not None
    assert (first.speaker.name, first.via.name) == ("Kremlin", "Reuters")
    assert second.speaker is None
    assert second.via is None
    assert first.claim_id != second.claim_id
    again = link(document, [*reversed(given), given[0]], gazetteer, mentions["ur"])
    assert again == (second, first)
