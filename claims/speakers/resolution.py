"""Noun phrases to voices: names, offices, composed groups and those who are only described."""

from __future__ import annotations

from collections.abc import Sequence

from claims.model import Article, SpeakerKind, Word
from claims.speakers.common_nouns import SAME_NOUN, CommonNouns
from claims.speakers.gazetteer import Entry, Gazetteer
from claims.speakers.mentions import Gender, MentionData, Noun
from claims.speakers.names import key, named_in
from claims.speakers.offices import Offices
from claims.speakers.owners import Owners
from claims.speakers.phrase import NounPhrase
from claims.speakers.proper_names import ACRONYM, FullName, of_body
from claims.speakers.voices import DiscourseState, Office, Voice, of_entry, unlisted

# How sure each way of reading is, set on the half of the English annotation that is for tuning.
_ENTRY = 0.95  # a name that the gazetteer has
_FULL_NAME = 0.9
_SOUNDING = 0.85  # a name that sounds like one that the gazetteer has
_INTRODUCED = 0.9  # a surname or short name of one person of the article
_SURNAME = 0.6  # a name of one word that belongs to nobody else of the article
_CARRIED = 0.85  # an office that the article gave to somebody
_LOOSE = 0.75  # the one person of the article with such an office
_COMPOSED = 0.9  # "US officials"
_DESCRIBED = 0.6
_TOGETHER = 0.65  # "the senators", after two of them were named
_MISSPELLED = 0.6  # a surname that sounds like one of the article's


_PAIR = 2
_RECENT = 3  # sentences in which people named together are still meant by "the senators"

_MARKS = "،؛۔,;\"'“”‘’"  # that the tokeniser may leave on a name


class Resolver:
    """Finds whom a noun phrase of one article means, from its words and what was said before."""

    def __init__(
        self, article: Article, gazetteer: Gazetteer, data: MentionData, discourse: DiscourseState
    ) -> None:
        self._article = article
        self._gazetteer = gazetteer
        self._data = data
        self._discourse = discourse
        self._language = article.language
        on = article.published_at.date() if article.published_at else None
        self._nouns = CommonNouns(gazetteer, data, discourse, article.language)
        self._offices = Offices(gazetteer, discourse, article.language, on)
        self._owners = Owners(self._resolve)

    def resolve(self, phrase: NounPhrase) -> Voice | None:
        """The voice that a phrase means; None for a pronoun, which needs its place."""
        voice = self._resolve(phrase)
        speaks = phrase.title is not None and phrase.title.speaks
        if speaks and voice is not None and voice.kind is SpeakerKind.PERSON:
            body = self._owners.stands_for(phrase)
            if body is not None and body != voice.speaker.name:
                self._discourse.stands.setdefault(voice.speaker.speaker_id, body)
        return voice

    def _resolve(self, phrase: NounPhrase) -> Voice | None:
        if phrase.pronoun is not None:
            return None
        if phrase.members:
            return self._group(phrase)
        if phrase.entry is not None:
            return self._entry(phrase, phrase.entry)
        if phrase.name:
            return self._named(phrase)
        if phrase.title is not None:
            return self._holder(phrase)
        if phrase.noun is not None:
            return self._common(phrase, phrase.noun)
        return self._described(phrase)

    def introduce(self, name: FullName) -> Voice | None:
        """A person, or a body by its looks, whose full name stands in the article; None where the
        gazetteer has it."""
        told = " ".join(word.text.strip(_MARKS) for word in name.words)
        if self._gazetteer.find(told, self._language) is not None:
            return None
        sounding = self._gazetteer.sounding(told)
        if sounding is not None:
            return of_entry(sounding, self._language, _SOUNDING)
        body = not name.person and of_body(name.words, self._data)
        kind = SpeakerKind.ORGANISATION if body else SpeakerKind.PERSON
        voice = unlisted(
            told,
            kind,
            self._language,
            gender=name.gender,
            person=not body,
            called=self._latin(told, kind),
        )
        if body:
            return voice
        return self._discourse.introduced.setdefault(voice.speaker.speaker_id, voice)

    def first_name(self, word: Word, gender: Gender) -> Voice:
        """Somebody whom the article calls by a given name alone."""
        name = word.text.strip(_MARKS)
        return unlisted(
            name,
            SpeakerKind.PERSON,
            self._language,
            article_id=self._article.article_id,
            gender=gender,
            person=True,
            confidence=_SURNAME,
            called=self._latin(name),
        )

    def _latin(self, name: str, kind: SpeakerKind = SpeakerKind.PERSON) -> str:
        """A name as English news prints it, marked where that is not sure."""
        names = self._gazetteer.latin
        latin = names.person(name) if kind is SpeakerKind.PERSON else names.body(name)
        return latin.shown

    def offices(self, phrase: NounPhrase, voice: Voice) -> list[Office]:
        """The offices that a named person's phrase gives them."""
        if phrase.title is None or not phrase.person:
            return []
        of = self._owners.bodies(phrase)
        start, words = phrase.words[0].start, phrase.keys
        told = dict.fromkeys(each.title for each in (*phrase.titles, phrase.title))
        return [Office(title, of, voice, start, phrase.former, words) for title in told]

    def _entry(self, phrase: NounPhrase, entry: Entry) -> Voice:
        voice = of_entry(entry, self._language, _ENTRY)
        if entry.kind in (SpeakerKind.MEDIA, SpeakerKind.ORGANISATION):
            body = self._discourse.body(self._short(phrase.entry_words), phrase.words[0].start)
            return body._replace(confidence=_INTRODUCED) if body is not None else voice
        if entry.kind is not SpeakerKind.PERSON or len(phrase.entry_words) != 1:
            return voice
        # A bare surname belongs to the person of that name whom the article has introduced.
        place = phrase.words[0].start
        earlier = self._discourse.people(place)
        if any(other.speaker == voice.speaker for other in earlier):
            return voice
        short = (key(phrase.entry_words[0].text).casefold(),)
        others = [other for other in earlier if other.called(short)]
        return others[0]._replace(confidence=_INTRODUCED) if len(others) == 1 else voice

    def _named(self, phrase: NounPhrase) -> Voice:
        place = phrase.words[0].start
        if phrase.noun is None:
            known = self._discourse.short(phrase.name, place, phrase.gender)
            if known is not None:
                return known._replace(confidence=min(known.confidence, _INTRODUCED))
            body = self._discourse.bodies.get(self._short(phrase.name))
            if body is not None and body[0] < place:
                return body[1]._replace(confidence=_INTRODUCED)
            known = self._misspelled(phrase)
            if known is not None:
                return known
        name = " ".join(word.text.strip(_MARKS) for word in phrase.name)
        entry = self._gazetteer.find(name, self._language)
        if entry is not None:
            return of_entry(entry, self._language, _ENTRY)
        kind = phrase.noun.kind if phrase.noun is not None else SpeakerKind.PERSON
        if kind is SpeakerKind.PERSON and not phrase.title and of_body(phrase.name, self._data):
            kind = SpeakerKind.ORGANISATION
        if name.isupper() and len(name) > ACRONYM:
            name = name.title()
        plural = "Number=Plur" in phrase.name[-1].feats
        if plural and phrase.title is None and kind is SpeakerKind.PERSON:
            return self._described(phrase)
        person = kind is SpeakerKind.PERSON
        sounding = self._gazetteer.sounding(name) if person else None
        if sounding is not None:
            return of_entry(sounding, self._language, _SOUNDING)
        alone = person and len(phrase.name) == 1  # a surname may be anybody's
        voice = unlisted(
            name,
            kind,
            self._language,
            article_id=self._article.article_id if alone else None,
            gender=phrase.gender or self._data.gender_of.get(key(phrase.name[0].text)),
            noun=phrase.noun.name if phrase.noun is not None else None,
            person=person,
            confidence=_SURNAME if alone else _FULL_NAME,
            called=self._latin(name, kind),
        )
        if phrase.noun is not None and kind in (SpeakerKind.ORGANISATION, SpeakerKind.MEDIA):
            self._discourse.bodies.setdefault(self._short(phrase.name), (place, voice))
        return voice

    def name_body(self, words: Sequence[Word], noun: Noun) -> Voice:
        """A body that the article names in full; its name's end means it from there on."""
        voice = self._named(NounPhrase(tuple(words), name=tuple(words), noun=noun))
        self._discourse.bodies.setdefault(self._short(words), (words[0].start, voice))
        return voice

    def _short(self, words: Sequence[Word]) -> tuple[str, ...]:
        kept = [word.text for word in words if not self._data.has("skipped", word.text)]
        return tuple(key(text).casefold() for text in kept)

    def _misspelled(self, phrase: NounPhrase) -> Voice | None:
        """The one person of the article whose surname sounds like a name of one word that nobody
        has: "McLenney" after "Tyresha McClenney"."""
        if len(phrase.name) != 1:
            return None
        name = phrase.name[0].text.strip(_MARKS)
        people = [
            *self._discourse.people(phrase.words[0].start),
            *self._discourse.introduced.values(),
        ]
        fits = {
            voice.speaker.speaker_id: voice
            for voice in people
            if self._discourse.agrees(voice, phrase.gender)
            and any(
                self._gazetteer.sound_alike(name, spelled[-1])
                for spelled in voice.spelled
                if len(spelled) > 1
            )
        }
        (voice,) = fits.values() if len(fits) == 1 else (None,)
        return voice._replace(confidence=_MISSPELLED) if voice is not None else None

    def _holder(self, phrase: NounPhrase) -> Voice | None:
        """Whoever holds an office: by the article's own words, else by the gazetteer."""
        assert phrase.title is not None
        title, place = phrase.title.title, phrase.words[0].start
        bodies = self._owners.bodies(phrase)
        carried = [
            office
            for office in self._discourse.offices
            if office.start < place
            and (office.title == title or (not bodies and office.title.endswith(" " + title)))
            and (not bodies or not office.of or bodies & office.of)
            and office.former == phrase.former
            and self._discourse.agrees(office.voice, phrase.gender)
        ]
        if key(phrase.words[0].text) in self._data.pronoun_of:
            carried = []  # "his lawyer" is not any lawyer
        definite = not phrase.indefinite and (phrase.plain or bool(bodies))
        told = [office for office in carried if not bodies or bodies & office.of]
        if not bodies and definite and phrase.plain:
            foremost = self._offices.latest(
                title, place, [office.voice for office in carried], phrase
            )
            if foremost is not None:
                return foremost
        if told and definite:
            return told[-1].voice._replace(confidence=_CARRIED)
        if not phrase.former and not phrase.indefinite and (phrase.plain or bodies):
            held = self._offices.by_role(title, bodies, place)
            if held is not None:
                return held
        if carried and definite:
            return carried[-1].voice._replace(confidence=_LOOSE)
        if phrase.former:
            once = self._offices.once(title, bodies, place, phrase)
            if once is not None:
                return once
        if not phrase.plain and not bodies and not phrase.former and not phrase.indefinite:
            loose = self._offices.loose(phrase, title, place)
            if loose is not None:
                return loose
        later = self._offices.later(phrase, title)
        if later is not None:
            return later
        if phrase.title.speaks and not (phrase.of or phrase.indefinite) and phrase.plain:
            before = [voice for at, voice in self._discourse.spokespersons if at < place]
            if before:
                return before[-1]._replace(confidence=SAME_NOUN)
        names = [self._owners.adjective(each) for each in phrase.of]
        known = [name for name in names if name]
        name = phrase.text
        if known and phrase.plain:
            name = " ".join((*(["former"] if phrase.former else []), " and ".join(known), title))
        voice = unlisted(
            name,
            SpeakerKind.PERSON,
            self._language,
            seen=phrase.text,
            article_id=self._article.article_id,
            gender=phrase.gender,
            speaks_for=self._owners.owner(phrase),
            confidence=_DESCRIBED,
            called=phrase.english if name == phrase.text else None,
        )
        if phrase.title.speaks:
            self._discourse.spokespersons.append((place, voice))
        return voice

    def _common(self, phrase: NounPhrase, noun: Noun) -> Voice:
        qualifiers = [name for each in phrase.of if (name := self._owners.adjective(each))]
        qualified = bool(qualifiers)
        kind = noun.kind_of(qualified)
        if noun.issued and (issuer := self._nouns.issuer(phrase, self.resolve)) is not None:
            return issuer
        anaphoric = not qualified and phrase.plain and not phrase.indefinite
        if anaphoric and kind is not SpeakerKind.ANONYMOUS:
            for sighting in reversed(self._discourse.before(phrase.words[0].start)):
                if self._nouns.means(sighting.voice, noun):
                    return sighting.voice._replace(confidence=SAME_NOUN)
        if anaphoric and noun.title is not None:
            together = self._together(noun.title, phrase)
            if together is not None:
                return together
        if phrase.plain and not (qualified and kind is SpeakerKind.DOCUMENT):
            name = " ".join((" and ".join(qualifiers), noun.name)).strip()
            entry = self._gazetteer.named(name)
            if entry is not None:
                return of_entry(entry, self._language, _ENTRY)
            if qualified and len(phrase.english.split()) > len(name.split()):
                name = phrase.english  # "Korean Church officials" are not "Korean officials"
        elif key(phrase.words[0].text) in self._data.pronoun_of and len(phrase.words) > 1:
            rest = " ".join(word.text for word in phrase.words[1:])  # "its trade ministry"
            name = " ".join((" and ".join(qualifiers), rest)).strip()
        else:
            name = phrase.text
        named = qualified and phrase.plain and kind is not SpeakerKind.ANONYMOUS
        official = kind is SpeakerKind.ORGANISATION
        return unlisted(
            name,
            kind,
            self._language,
            seen=phrase.text,
            article_id=None if named else self._article.article_id,
            plural=noun.plural,
            speaks_for=self._owners.owner(phrase) if official else None,
            noun=noun.name if phrase.plain else None,
            confidence=_COMPOSED if named else _DESCRIBED,
            called=None if named and name != phrase.text else phrase.english,
        )

    def _together(self, title: str, phrase: NounPhrase) -> Voice | None:
        """Those whom "the senators" means: people whom the last sentences named together, else
        the two of the article that have the office."""
        place = phrase.words[0].start
        earlier = self._discourse.before(place)
        for seen in reversed(earlier):
            members = seen.voice.speaker.members
            near = earlier[-1].sentence - seen.sentence <= _RECENT
            if near and members and all(m.kind is SpeakerKind.PERSON for m in members):
                return seen.voice._replace(confidence=_TOGETHER)
        holders = self._discourse.holders(title, place)
        if len(holders) != _PAIR:
            return None
        return self._joined(holders, phrase, _TOGETHER)

    def _described(self, phrase: NounPhrase) -> Voice:
        known = self._discourse.short(phrase.words, phrase.words[0].start, phrase.gender)
        if known is not None:
            return known._replace(confidence=min(known.confidence, _INTRODUCED))
        plural = "Number=Plur" in phrase.words[-1].feats
        return unlisted(
            phrase.text,
            SpeakerKind.GROUP if plural else SpeakerKind.ANONYMOUS,
            self._language,
            article_id=self._article.article_id,
            gender=phrase.gender,
            plural=plural,
            vague=True,
            confidence=_DESCRIBED,
            called=phrase.english,
        )

    def _group(self, phrase: NounPhrase) -> Voice | None:
        voices = [voice for member in phrase.members if (voice := self.resolve(member))]
        distinct = list({voice.speaker.speaker_id: voice for voice in voices}.values())
        if len(distinct) == 1:
            return distinct[0]
        if len(voices) < len(phrase.members):
            return None
        return self._joined(distinct, phrase, min(voice.confidence for voice in distinct))

    def _joined(self, voices: Sequence[Voice], phrase: NounPhrase, confidence: float) -> Voice:
        """Several voices as a group that names its members."""
        names = [voice.speaker.name for voice in voices]
        scoped = any(named_in(voice.speaker, self._article.article_id) for voice in voices)
        return unlisted(
            ", ".join(names[:-1]) + " and " + names[-1],
            SpeakerKind.GROUP,
            self._language,
            seen=phrase.text,
            article_id=self._article.article_id if scoped else None,
            plural=True,
            members=tuple(voice.speaker for voice in voices),
            confidence=confidence,
        )
