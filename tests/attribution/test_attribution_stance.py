"""Stance is more than the verb: negated cues, refusals, and contents that are negated."""

from __future__ import annotations

import pytest
from reading_texts import attributions, texts_of

from claims.model import Stance

STANCES = [
    ("en", "The ministry did not deny that the bridge was closed.", Stance.DECLINE),
    ("en", "The company neither confirmed nor denied the report.", Stance.DECLINE),
    ("en", "The spokesman refused to confirm that the minister had resigned.", Stance.DECLINE),
    ("en", "The bank failed to confirm the loss.", Stance.DECLINE),
    ("en", "The union cannot confirm that the talks failed.", Stance.DECLINE),
    ("en", "The airline confirmed that the flight was late.", Stance.CONFIRM),
    ("ur", "وزارت نے پل بند ہونے کی تردید نہیں کی۔", Stance.DECLINE),
    ("ur", "کمپنی نے رپورٹ کی نہ تصدیق کی نہ تردید۔", Stance.DECLINE),
    ("ur", "ترجمان نے وزیر کے استعفے کی تصدیق کرنے سے انکار کر دیا۔", Stance.DECLINE),
    ("ur", "کھلاڑیوں نے اس فیصلے پر ردعمل دینے سے انکار کیا۔", Stance.DECLINE),
    ("ur", "وزیر نے اس بات سے انکار نہیں کیا کہ مذاکرات ناکام ہوئے۔", Stance.DECLINE),
    ("ur", "بینک نے نقصان کی تصدیق کردی ہے۔", Stance.CONFIRM),
    ("ur", "حکومت نے نئے ٹیکس کے امکان کو مسترد کردیا۔", Stance.DENY),
]


DISMISSED = [
    ("en", "The captain was dismissed by the board after the defeat."),
    ("en", "Pervaiz Khan was dismissed from his post by the governor."),
    ("en", "The board dismissed the coach on Friday."),
    ("en", "The candidate was rejected by the voters of Sukkur."),
    ("ur", "سلیکٹرز نے کھلاڑی کو مسترد کر دیا۔"),
    ("ur", "شکست کے بعد کپتان کو مسترد کر دیا گیا۔"),
    ("ur", "عوام نے امیدوار کو مسترد کر دیا۔"),
]

DENIED = [
    ("en", "The allegation was rejected by the ministry."),
    ("en", "The White House dismissed the minister's claim."),
    ("ur", "وزیر کے الزامات کو مسترد کر دیا گیا۔"),
    ("ur", "تہران نے الزامات کو مسترد کر دیا۔"),
]


@pytest.mark.parametrize(("language", "text"), DISMISSED)
def test_whoever_is_dismissed_is_not_denied(language: str, text: str) -> None:
    assert all(each.stance is not Stance.DENY for each in attributions(text, language))


@pytest.mark.parametrize(("language", "text"), DENIED)
def test_what_is_dismissed_is_denied(language: str, text: str) -> None:
    (found,) = attributions(text, language)
    assert found.stance is Stance.DENY


@pytest.mark.parametrize(("language", "text", "stance"), STANCES)
def test_stance(language: str, text: str, stance: Stance) -> None:
    (found,) = attributions(text, language)
    assert found.stance is stance


@pytest.mark.parametrize(
    ("language", "text", "negated"),
    [
        ("en", "The doctor said that the water was not safe.", True),
        ("en", "The doctor said that the water was safe.", False),
        ("en", "The envoy denied that the talks had not failed.", True),
        ("en", "The mayor did not say that the road was open.", False),
        ("ur", "ترجمان نے کہا کہ کوئی زخمی نہیں ہوا۔", True),
        ("ur", "ترجمان نے کہا کہ تین افراد زخمی ہوئے۔", False),
        ("ur", "وزارت نے تصدیق نہیں کی کہ سفیر واپس آ گئے ہیں۔", False),
    ],
)
def test_negated_says_whether_the_content_is(language: str, text: str, negated: bool) -> None:
    (found,) = attributions(text, language)
    assert found.negated is negated


@pytest.mark.parametrize(
    ("language", "text", "negated"),
    [
        # the second sentence's numbers of words are the first one's too: each is read by itself
        ("en", 'The guard said: "I was at the gate. Nobody did not see me there."', False),
        ("en", 'The guard said: "I did not open the gate. The lock was broken."', True),
        ("ur", 'محافظ نے کہا کہ "میں دروازے پر تھا۔ کسی نے مجھے نہیں روکا۔"', False),
        ("ur", 'محافظ نے کہا کہ "میں نے دروازہ نہیں کھولا۔ تالا ٹوٹا ہوا تھا۔"', True),
    ],
)
def test_of_several_sentences_the_first_says_whether_they_are_negated(
    language: str, text: str, negated: bool
) -> None:
    (found,) = attributions(text, language)
    assert found.negated is negated


@pytest.mark.parametrize(
    ("language", "text", "content"),
    [
        ("en", "The driver fled the scene. His lawyer denied it.", "The driver fled the scene"),
        (
            "en",
            "Police said the driver fled the scene. His lawyer denied it.",
            "the driver fled the scene",
        ),
        (
            "en",
            "The paper reported that the factory had shut. The owner rejected this.",
            "the factory had shut",
        ),
        ("ur", "ڈرائیور بھاگ گیا تھا۔ وکیل نے اس بات کی تردید کی ہے۔", "ڈرائیور بھاگ گیا تھا"),
        ("ur", "پولیس نے کہا کہ ڈرائیور بھاگ گیا۔ وکیل نے اس کی تردید کی۔", "ڈرائیور بھاگ گیا"),
    ],
)
def test_a_denial_of_it_denies_what_was_just_said(language: str, text: str, content: str) -> None:
    found = attributions(text, language)[-1]
    assert found.stance is Stance.DENY
    assert texts_of(found, text)[2] == content


def test_an_object_that_points_at_nothing_said_before_is_no_content() -> None:
    assert attributions("The lawyer denied it.", "en") == ()
