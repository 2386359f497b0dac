"""Attributions to claims: each source and intermediary gets the speaker that it stands for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from claims.model import Attribution, Claim, Document, Sentence, Spans, Speaker, SpeakerKind, Word
from claims.speakers.called import Called, called
from claims.speakers.gazetteer import Gazetteer
from claims.speakers.lists import whole_list
from claims.speakers.mentions import MentionData, Pronoun
from claims.speakers.names import key
from claims.speakers.noun_phrases import NounPhraseReader
from claims.speakers.phrase import NounPhrase
from claims.speakers.pronouns import Pronouns
from claims.speakers.resolution import Resolver
from claims.speakers.scanning import scan
from claims.speakers.segments import DocumentWords, Segmenter
from claims.speakers.signatures import signatures
from claims.speakers.subjects import subject
from claims.speakers.voices import DiscourseState, Sighting, Voice

PRONOUN = "pronoun without antecedent"
UNNAMED = "word for nobody in particular"
UNKNOWN = "source not understood"

_PERSON = Pronoun(forms=(), number="singular", refers={SpeakerKind.PERSON: 0})
_EPITHET = 0.7  # confidence of "the Republican"
_SIGNED = 0.7  # the "I" of a letter, which is signed further down
_CLAUSE = 0.75  # confidence of what a relative pronoun stands for, where that is nobody by name


def link(
    document: Document,
    attributions: Sequence[Attribution],
    gazetteer: Gazetteer,
    mentions: MentionData,
    segmenter: Segmenter | None = None,
) -> tuple[Claim, ...]:
    """One claim for each attribution of a document, in their order, with its speaker resolved.

    ``mentions`` is that of the document's language, and ``segmenter`` one of both that has read
    other documents: it remembers words. A source that cannot be resolved (a pronoun
    with no fitting antecedent), and an attribution without a source, have the speaker None.
    Attributions with the same spans and pattern are one claim. The same input gives the same
    identifiers.
    """
    language = document.article.language
    segmenter = segmenter or Segmenter(gazetteer, mentions, language)
    linker = _Linker(document, attributions, gazetteer, mentions, segmenter)
    claims: dict[str, Claim] = {}
    for attribution in attributions:
        speaker = linker.speaker(attribution)
        via = linker.via(attribution)
        standing = linker.standing
        made = Claim(
            claim_id=claim_id(document.article.article_id, attribution),
            article_id=document.article.article_id,
            speaker=standing(speaker.speaker) if speaker else None,
            speaker_confidence=round(speaker.confidence, 2) if speaker else None,
            unresolved=linker.unresolved(attribution) if speaker is None else None,
            **linker.called(attribution)._asdict(),
            via=standing(via.speaker) if via else None,
            attribution=attribution,
        )
        claims.setdefault(made.claim_id, made)
    return tuple(claims.values())


def claim_id(article_id: str, attribution: Attribution) -> str:
    """16 hexadecimal digits from the article, the spans of each role and the pattern."""
    roles = (attribution.source, attribution.cue, attribution.content, attribution.via)
    spans = "|".join(",".join(f"{span.start}-{span.end}" for span in role or ()) for role in roles)
    identity = f"{article_id}\x1f{spans}\x1f{attribution.pattern.value}"
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


class _Linker:
    """Resolves the sources of one document in text order, remembering who was cited."""

    def __init__(
        self,
        document: Document,
        attributions: Sequence[Attribution],
        gazetteer: Gazetteer,
        mentions: MentionData,
        segmenter: Segmenter,
    ) -> None:
        self._text = document.article.text
        self._words = DocumentWords(document)
        self._reader = NounPhraseReader(segmenter)
        self._gazetteer, self._mentions = gazetteer, mentions
        self._discourse = DiscourseState()
        self._resolver = Resolver(document.article, gazetteer, mentions, self._discourse)
        self._signatures = signatures(document)
        self._pronouns = Pronouns(document, attributions, self._discourse, self._speaks)
        self._phrases: dict[Spans, NounPhrase | None] = {}
        self._found: dict[Spans, Voice | None] = {}
        self._pending: set[Spans] = set()
        sources = [
            spans for each in attributions for spans in (each.source, each.via) if spans is not None
        ]
        phrases = [self._phrase(spans) for spans in sources]
        scan(document, self._reader, self._resolver, self._discourse, phrases)
        cited = {spans[0].start for spans in sources}
        steps: list[tuple[int, Attribution | tuple[Pronoun, Word, Sentence]]] = [
            (_start(each.source or each.cue), each) for each in attributions
        ]
        pronoun_of = mentions.pronoun_of
        for sentence in document.sentences:
            for word in sentence.words:
                pronoun = pronoun_of.get(key(word.text))
                if pronoun is not None and pronoun.gender and word.start not in cited:
                    steps.append((word.start, (pronoun, word, sentence)))
        for _, step in sorted(steps, key=lambda each: each[0]):
            if isinstance(step, Attribution):
                for spans in (step.source, step.via):
                    if spans is not None:
                        self._resolve(spans, step)
            else:
                self._follow(*step)

    def _speaks(self, word: Word) -> bool:
        """Whether a word is the "I" or "we" of somebody who is quoted."""
        pronoun = self._mentions.pronoun_of.get(key(word.text))
        return pronoun is not None and pronoun.role == "first" and word.upos == "PRON"

    def speaker(self, attribution: Attribution) -> Voice | None:
        """The voice of an attribution's source."""
        return self._resolve(attribution.source, attribution) if attribution.source else None

    def standing(self, speaker: Speaker) -> Speaker:
        """A speaker with whom they stand for, where the article calls them a spokesperson."""
        body = self._discourse.stands.get(speaker.speaker_id)
        if body is None or speaker.speaks_for is not None:
            return speaker
        return speaker.model_copy(update={"speaks_for": body})

    def called(self, attribution: Attribution) -> Called:
        """What an attribution's source calls its speaker besides the name."""
        source = attribution.source
        if source is None:
            return Called()
        words = self._words.within(source)
        return called(self._phrase(source), words, self._text, self._mentions)

    def unresolved(self, attribution: Attribution) -> str | None:
        """Why an attribution has no speaker; None where it names no source."""
        if attribution.source is None:
            return None
        phrase = self._phrase(attribution.source)
        if phrase is None or phrase.pronoun is None:
            return UNKNOWN
        return UNNAMED if phrase.pronoun.role == "nobody" else PRONOUN

    def via(self, attribution: Attribution) -> Voice | None:
        """The voice of an attribution's intermediary."""
        return self._resolve(attribution.via, attribution) if attribution.via else None

    def _resolve(self, spans: Spans, attribution: Attribution) -> Voice | None:
        if spans in self._found or spans in self._pending:
            return self._found.get(spans)
        self._pending.add(spans)
        phrase = self._phrase(spans)
        words = self._words.within(spans)
        voice = self._voice(phrase, words, attribution) if phrase is not None else None
        self._pending.discard(spans)
        self._found[spans] = voice
        if voice is not None:
            start = _start(spans)
            self._discourse.see(
                Sighting(
                    voice, start, spans[-1].end, self._words.sentence(start), True, source=True
                )
            )
        return voice

    def _phrase(self, spans: Spans) -> NounPhrase | None:
        """What the words of a source say, read once."""
        if spans not in self._phrases:
            words, before = self._words.within(spans), self._words.before(spans[0].start)
            phrase = self._reader.read(self._reader.completed(before, words))
            if phrase is not None and phrase.members:
                phrase = whole_list(phrase, before, self._reader.read, self._reader.marks_subject)
            self._phrases[spans] = phrase
        return self._phrases[spans]

    def _follow(self, pronoun: Pronoun, word: Word, sentence: Sentence) -> None:
        """Remember whom a pronoun that is no source means: the next one will mean the same."""
        voice = self._pronouns.third(pronoun, word, sentence.index)
        if voice is not None:
            does = subject([word], sentence)
            self._discourse.see(Sighting(voice, word.start, word.end, sentence.index, does))

    def _voice(
        self, phrase: NounPhrase, words: Sequence[Word], attribution: Attribution
    ) -> Voice | None:
        if phrase.pronoun is None:
            phrase = self._owned(phrase)
            voice = self._epithet(phrase, words) or self._resolver.resolve(phrase)
            if voice is not None and voice.spelled:
                self._discourse.learn(voice, phrase.gender)
                if len(phrase.name) == 1:  # longer names were seen in the first reading
                    self._discourse.offices += self._resolver.offices(phrase, voice)
            return voice
        word = phrase.words[0]
        sentence = self._words.sentence(word.start)
        if phrase.pronoun.role == "first":
            quoted = self._pronouns.first(word, attribution, self.speaker)
            alone = phrase.pronoun.number != "plural"
            return quoted or (self._writer(word) if alone else None)
        if phrase.pronoun.role == "relative":
            voice = self._antecedent(phrase.pronoun, word, sentence)
            if voice is not None and not voice.spelled:
                # Where the clause hangs is itself a guess of the parser.
                return voice._replace(confidence=min(voice.confidence, _CLAUSE))
            return voice
        if phrase.pronoun.role == "third":
            return self._pronouns.third(phrase.pronoun, word, sentence)
        return None

    def _owned(self, phrase: NounPhrase) -> NounPhrase:
        """A body with the state or body that it belongs to, where a pronoun says so: "its trade
        ministry"."""
        word = phrase.words[0]
        pronoun = self._mentions.pronoun_of.get(key(word.text))
        body = phrase.noun is not None and phrase.noun.kind is SpeakerKind.ORGANISATION
        if pronoun is None or pronoun.role != "third" or not body or phrase.of:
            return phrase
        owner = self._pronouns.third(pronoun, word, self._words.sentence(word.start))
        entry = self._gazetteer.named(owner.speaker.name) if owner is not None else None
        if entry is None or entry.kind is SpeakerKind.PERSON:
            return phrase
        return phrase._replace(of=(NounPhrase((word,), entry=entry, entry_words=(word,)),))

    def _writer(self, word: Word) -> Voice | None:
        """Who signs the letter that an "I" outside of all quotations stands in."""
        signed = next((each for each in self._signatures if each.start > word.start), None)
        phrase = self._reader.read(signed.words) if signed is not None else None
        if phrase is None or not phrase.person:
            return None
        voice = self._resolver.resolve(phrase)
        if voice is None or voice.kind is not SpeakerKind.PERSON:
            return None
        return voice._replace(confidence=min(voice.confidence, _SIGNED))

    def _epithet(self, phrase: NounPhrase, words: Sequence[Word]) -> Voice | None:
        """Whom "the Wisconsin Republican" means: the person that a pronoun there would mean."""
        if phrase.entry or phrase.name or phrase.title or not self._reader.epithet(words):
            return None
        word = words[0]
        voice = self._pronouns.third(_PERSON, word, self._words.sentence(word.start))
        if voice is None:
            return None
        return voice._replace(confidence=min(voice.confidence, _EPITHET))

    def _antecedent(self, pronoun: Pronoun, word: Word, sentence: int) -> Voice | None:
        """The voice of the noun that a relative clause hangs on.

        Where a pronoun that needs a voice hangs on something that is none ("one Democrat familiar
        with the discussion, who"), what that noun belongs to is tried.
        """
        found: Voice | None = None
        for words in self._pronouns.antecedents(word, sentence):
            head = self._reader.read(words)
            voice = self._resolver.resolve(head) if head is not None else None
            if voice is not None and (not pronoun.refers or not voice.vague):
                return voice
            found = found or voice
        return found or self._pronouns.before(word)


def _start(spans: Spans) -> int:
    return spans[0].start
