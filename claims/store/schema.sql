-- The whole current schema, for readers. A database is built by migrations/, applied in order;
-- a test proves that both give the same tables, columns, types and comments.
--
-- Offsets are half-open [start, end) in Unicode code points of articles.text, counted from 0; in
-- SQL that is substring(text, start + 1, "end" - start). Times are TIMESTAMP in UTC.
--
-- No table has a primary or foreign key: DuckDB keeps keys in indexes that every insert and
-- checkpoint pays for. With 5,000 articles (100,000 claims), storing 100 more takes 0.3 s without
-- keys in a file of 29 MB, 0.6 s and 49 MB with one on each id, 0.9 s and 109 MB with compound keys
-- too. Writers come one at a time and delete all rows of an article before they insert them, so an
-- article_id, claim_id, speaker_id or contradiction_id stands once in its table; tests hold that.

CREATE TABLE schema_migrations (
    version INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE schema_migrations IS 'Internal: the migrations that built this database, in order.';
COMMENT ON COLUMN schema_migrations.version IS 'Number of the migration, from 1.';
COMMENT ON COLUMN schema_migrations.name IS 'Name of its file.';
COMMENT ON COLUMN schema_migrations.applied_at IS 'When it was applied (UTC).';

CREATE TABLE articles (
    article_id VARCHAR NOT NULL,
    outlet VARCHAR NOT NULL,
    url VARCHAR,
    path VARCHAR,
    title VARCHAR,
    language VARCHAR NOT NULL,
    published_at TIMESTAMP,
    fetched_at TIMESTAMP,
    content_hash VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    extractor VARCHAR NOT NULL,
    byline VARCHAR,
    dateline_on DATE
);

COMMENT ON TABLE articles IS 'One row an article as it was read. An article whose text changes is a new article beside the old one; the view article_versions tells which stood at an address when.';
COMMENT ON COLUMN articles.article_id IS 'Hash of outlet and text: the same article always has the same id.';
COMMENT ON COLUMN articles.outlet IS 'Who published it, as config/sources.yaml or the folder names it.';
COMMENT ON COLUMN articles.url IS 'Where it was published, as the page itself names its address; NULL where the input does not say.';
COMMENT ON COLUMN articles.path IS 'The input as the user named it: a file, a file and a line, or an address.';
COMMENT ON COLUMN articles.title IS 'Headline; NULL where the input does not mark one.';
COMMENT ON COLUMN articles.language IS 'ISO 639-1 code of the text''s language, such as ur or en.';
COMMENT ON COLUMN articles.published_at IS 'When it was published (UTC); NULL where the input does not say.';
COMMENT ON COLUMN articles.fetched_at IS 'When it was fetched, or archived (UTC); NULL for other local files.';
COMMENT ON COLUMN articles.content_hash IS 'Hash of the text alone: equal for two outlets that print the same text.';
COMMENT ON COLUMN articles.text IS 'The text, untouched, or the words of a page, headline first, without what stands around them; all offsets count its code points.';
COMMENT ON COLUMN articles.extractor IS 'Fingerprint of the code, configuration and models that analysed it; an article is analysed again when this changes.';
COMMENT ON COLUMN articles.byline IS 'Who wrote it, as printed; NULL where the input does not say.';
COMMENT ON COLUMN articles.dateline_on IS 'The day of its dateline ("HEMPSTEAD, N.Y., Sept. 26 (UPI) —"), in the outlet''s own time; NULL where there is none, or its year is not known.';

CREATE TABLE article_addresses (
    outlet VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    seen_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE article_addresses IS 'Which article stood at which address of an outlet. An address whose article is edited has a row for each version; a story at two addresses has a row for each. The view article_versions numbers them.';
COMMENT ON COLUMN article_addresses.outlet IS 'The outlet: articles.outlet.';
COMMENT ON COLUMN article_addresses.url IS 'The address.';
COMMENT ON COLUMN article_addresses.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_addresses.seen_at IS 'When it was fetched (UTC), or, for what was not fetched, first read. The same article stands twice where an edit was taken back.';

CREATE TABLE sentences (
    article_id VARCHAR NOT NULL,
    sentence_index INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text VARCHAR NOT NULL
);

COMMENT ON TABLE sentences IS 'The sentences of every article, in text order.';
COMMENT ON COLUMN sentences.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN sentences.sentence_index IS 'Number of the sentence in its article, from 0.';
COMMENT ON COLUMN sentences.start IS 'First code point in the article''s text.';
COMMENT ON COLUMN sentences."end" IS 'Code point after the last.';
COMMENT ON COLUMN sentences.text IS 'Its text: articles.text[start:end].';

CREATE TABLE speakers (
    speaker_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    names JSON NOT NULL,
    speaks_for VARCHAR
);

COMMENT ON TABLE speakers IS 'Everyone whom at least one claim is attributed to or reported through: one row a voice, whatever the script or spelling.';
COMMENT ON COLUMN speakers.speaker_id IS 'Identifier of the speaker; the same in every run.';
COMMENT ON COLUMN speakers.name IS 'Canonical English name.';
COMMENT ON COLUMN speakers.kind IS 'One of person, organisation, state, media, document, group, anonymous.';
COMMENT ON COLUMN speakers.names IS 'JSON object: language code to the spellings known or seen, best first. {"ur": ["پوتن", "پیوٹن"]}';
COMMENT ON COLUMN speakers.speaks_for IS 'Name of the state or body that this voice stands for (the Kremlin: Russia); NULL for those who speak for themselves.';

CREATE TABLE voices (
    voice_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    names JSON NOT NULL,
    speaks_for VARCHAR
);

COMMENT ON TABLE voices IS 'Everyone whom articles cite, as the articles name them: one row a name. A speaker is one voice, or several that are linked.';
COMMENT ON COLUMN voices.voice_id IS 'Hash of kind and name, for those who are only described of the article too: the same in every run.';
COMMENT ON COLUMN voices.name IS 'Canonical English name where one is known, else the name as the article has it.';
COMMENT ON COLUMN voices.kind IS 'As speakers.kind.';
COMMENT ON COLUMN voices.names IS 'JSON object: language code to the spellings known or seen, best first.';
COMMENT ON COLUMN voices.speaks_for IS 'As speakers.speaks_for.';

CREATE TABLE speaker_links (
    voice_id VARCHAR NOT NULL,
    linked_to VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    evidence VARCHAR NOT NULL
);

COMMENT ON TABLE speaker_links IS 'Voices that were taken for a voice known before, because their names sound alike. Kept when articles are read again; what a person decided comes after (claims speakers split).';
COMMENT ON COLUMN speaker_links.voice_id IS 'The voice that came later: voices.voice_id.';
COMMENT ON COLUMN speaker_links.linked_to IS 'The voice that it was taken for: voices.voice_id.';
COMMENT ON COLUMN speaker_links.score IS 'How alike the names sound, from 0 to 1.';
COMMENT ON COLUMN speaker_links.evidence IS 'The two names.';

CREATE TABLE speaker_state (
    state VARCHAR NOT NULL
);

COMMENT ON TABLE speaker_state IS 'Internal: one row that every write of voices, links or decisions replaces. A run that finds its own here knows the voices and need not read them again.';
COMMENT ON COLUMN speaker_state.state IS 'A random identifier, never used twice.';

CREATE TABLE speaker_members (
    speaker_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    member_voice_id VARCHAR NOT NULL,
    member_id VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    speaks_for VARCHAR
);

COMMENT ON TABLE speaker_members IS 'Who is in a group that names its members, such as "Moscow and Tehran". A member is in speakers too only where it is also cited alone.';
COMMENT ON COLUMN speaker_members.speaker_id IS 'The group: speakers.speaker_id.';
COMMENT ON COLUMN speaker_members.ordinal IS 'Number of the member, as the group is named, from 0.';
COMMENT ON COLUMN speaker_members.member_voice_id IS 'The member by the words of the article alone: voices.voice_id where it is also cited alone.';
COMMENT ON COLUMN speaker_members.member_id IS 'The member: speakers.speaker_id where it is also cited alone.';
COMMENT ON COLUMN speaker_members.member IS 'Canonical name of the member.';
COMMENT ON COLUMN speaker_members.speaks_for IS 'Name of the state or body that the member stands for; NULL for those who speak for themselves.';

CREATE TABLE speaker_decisions (
    decision INTEGER NOT NULL,
    act VARCHAR NOT NULL,
    speaker_id VARCHAR NOT NULL,
    other_id VARCHAR,
    name VARCHAR,
    decided_by VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    undone BOOLEAN NOT NULL
);

COMMENT ON TABLE speaker_decisions IS 'What people decided about speakers (claims speakers merge, split, rename). Decisions are kept in the .speakers.sqlite file beside the database and applied to whatever is stored.';
COMMENT ON COLUMN speaker_decisions.decision IS 'Number of the decision, from 1, in the order they were made.';
COMMENT ON COLUMN speaker_decisions.act IS 'merge, split or rename.';
COMMENT ON COLUMN speaker_decisions.speaker_id IS 'The speaker that the other was merged into, that was split off from, or renamed.';
COMMENT ON COLUMN speaker_decisions.other_id IS 'The speaker that was merged into it, or the voice that was split off: voices.voice_id; NULL for rename.';
COMMENT ON COLUMN speaker_decisions.name IS 'The new name; NULL for merge and split.';
COMMENT ON COLUMN speaker_decisions.decided_by IS 'Who decided.';
COMMENT ON COLUMN speaker_decisions.decided_at IS 'When (UTC).';
COMMENT ON COLUMN speaker_decisions.undone IS 'Whether the decision was taken back.';

CREATE TABLE claims (
    claim_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    sentence_index INTEGER NOT NULL,
    outlet VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    published_at TIMESTAMP,
    speaker_id VARCHAR,
    speaker VARCHAR,
    source_text VARCHAR,
    cue_text VARCHAR NOT NULL,
    content_text VARCHAR NOT NULL,
    content_start INTEGER,
    content_end INTEGER,
    pattern VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,
    quotation VARCHAR NOT NULL,
    negated BOOLEAN NOT NULL,
    via_speaker_id VARCHAR,
    confidence DOUBLE NOT NULL,
    extractor VARCHAR NOT NULL,
    speaker_confidence DOUBLE,
    speaker_note VARCHAR,
    voice_id VARCHAR,
    via_voice_id VARCHAR,
    wording VARCHAR,
    modality VARCHAR,
    speaks_of DATE,
    speaker_title VARCHAR,
    speaker_description VARCHAR
);

COMMENT ON TABLE claims IS 'Who said what: one row an attribution found in an article, and one row a statement that the outlet makes in its own voice (pattern unattributed, no speaker). The view attributed_claims has the former, outlet_statements the latter. Outlet, language, date and speaker''s name are repeated here so that most questions need no join.';
COMMENT ON COLUMN claims.claim_id IS 'Hash of the article and the claim''s spans: the same claim always has the same id.';
COMMENT ON COLUMN claims.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN claims.sentence_index IS 'The sentence of the cue: sentences.sentence_index.';
COMMENT ON COLUMN claims.outlet IS 'Outlet of the article.';
COMMENT ON COLUMN claims.language IS 'Language of the article.';
COMMENT ON COLUMN claims.published_at IS 'When the article was published (UTC); NULL where unknown.';
COMMENT ON COLUMN claims.speaker_id IS 'Who says it: speakers.speaker_id; NULL where the source could not be resolved.';
COMMENT ON COLUMN claims.speaker IS 'Canonical English name of the speaker; NULL where the source could not be resolved.';
COMMENT ON COLUMN claims.source_text IS 'The words that name the source, as printed; pieces joined by " … "; NULL where nobody is named.';
COMMENT ON COLUMN claims.cue_text IS 'The words that attribute, as printed: said, according to, کے مطابق; pieces joined by " … "; empty for the outlet''s own statement.';
COMMENT ON COLUMN claims.content_text IS 'What is said, as printed; pieces joined by " … "; empty where the claim has no content of its own ("neither confirmed nor denied"). The pieces stand in claim_spans.';
COMMENT ON COLUMN claims.content_start IS 'First code point of the content''s first piece; NULL where content_text is empty.';
COMMENT ON COLUMN claims.content_end IS 'Code point after the content''s last piece. With several pieces, content_start to content_end also covers what stands between them.';
COMMENT ON COLUMN claims.pattern IS 'The form: clausal, according, nominal, object, parenthetical, headline, quotation; unattributed for the outlet''s own statement.';
COMMENT ON COLUMN claims.stance IS 'How the source stands to the content: report, claim, deny, accuse, confirm, decline, demand, warn, announce, opine.';
COMMENT ON COLUMN claims.quotation IS 'Whether the content stands in quotation marks: direct (all), indirect (none), mixed (part).';
COMMENT ON COLUMN claims.negated IS 'True where the content itself is negated ("said that it had not …").';
COMMENT ON COLUMN claims.via_speaker_id IS 'Who passed it on, as in "officials told the paper": speakers.speaker_id; NULL where nobody did.';
COMMENT ON COLUMN claims.confidence IS 'How sure the extractor is, from 0 to 1.';
COMMENT ON COLUMN claims.extractor IS 'Fingerprint of the code, configuration and models that found it.';
COMMENT ON COLUMN claims.speaker_confidence IS 'How sure it is that the source is this speaker, from 0 to 1; NULL where speaker_id is NULL and for articles read by an older version.';
COMMENT ON COLUMN claims.speaker_note IS 'Why there is no speaker although there is a source: "pronoun without antecedent", "word for nobody in particular", "source not understood"; else NULL.';
COMMENT ON COLUMN claims.voice_id IS 'Who says it by the words of the article alone: voices.voice_id. speaker_id differs from it where voices are linked.';
COMMENT ON COLUMN claims.via_voice_id IS 'Who passed it on by the words of the article alone: voices.voice_id.';
COMMENT ON COLUMN claims.wording IS 'Hash of the speaker, the stance and the words of the content: equal for reprints of one claim; NULL for contents of less than five words.';
COMMENT ON COLUMN claims.modality IS 'Whether it was said: asserted; conditional (if, would, might), questioned, denied (nobody said it), quoted (words in quotation marks that nobody is named for), bare (no more than a pronoun or a name). The views have what is asserted; unasserted_claims has the others.';
COMMENT ON COLUMN claims.speaks_of IS 'The day that the claim says it speaks of ("on Monday", reckoned from the day of the article); NULL where it says none.';
COMMENT ON COLUMN claims.speaker_title IS 'Office, profession or relation that the source gives its speaker, in English (foreign minister, lawyer, father); NULL where it gives none.';
COMMENT ON COLUMN claims.speaker_description IS 'What the source says of its speaker besides the name, as printed ("a spokesman for the miners"); NULL where it says nothing else, or has no name.';

CREATE TABLE claim_spans (
    claim_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);

COMMENT ON TABLE claim_spans IS 'Every span of every claim, in the text of the claim''s article.';
COMMENT ON COLUMN claim_spans.claim_id IS 'The claim: claims.claim_id.';
COMMENT ON COLUMN claim_spans.role IS 'What the span is: source, cue or content.';
COMMENT ON COLUMN claim_spans.ordinal IS 'Number of the piece within its role, in text order, from 0.';
COMMENT ON COLUMN claim_spans.start IS 'First code point in the article''s text.';
COMMENT ON COLUMN claim_spans."end" IS 'Code point after the last.';

CREATE TABLE claim_terms (
    claim_id VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);

COMMENT ON TABLE claim_terms IS 'Internal: what a claim is about, for finding claims that may conflict. Its terms may change with any version.';
COMMENT ON COLUMN claim_terms.claim_id IS 'The claim: claims.claim_id.';
COMMENT ON COLUMN claim_terms.term IS 'A term, comparable across scripts and languages where it can be: =name for a known name, #value for a number, ~concept; else the stem of a word; ! for a negation.';
COMMENT ON COLUMN claim_terms.kind IS 'What part it plays: word, name, number, entity, agent, target, voice, vague, refusable, negation, denial.';
COMMENT ON COLUMN claim_terms.start IS 'Where it begins in articles.text, in code points.';
COMMENT ON COLUMN claim_terms."end" IS 'Where it ends, one past its last code point.';

CREATE TABLE claim_words (
    claim_id VARCHAR NOT NULL,
    passage VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    indexer VARCHAR NOT NULL
);

COMMENT ON TABLE claim_words IS 'Internal: the words of every claim, to search claims by. Its words may change with any version.';
COMMENT ON COLUMN claim_words.claim_id IS 'The claim: claims.claim_id.';
COMMENT ON COLUMN claim_words.passage IS 'The words of the sentences that it stands in, in one spelling and without endings, a space before and after each.';
COMMENT ON COLUMN claim_words.content IS 'Those of its content.';
COMMENT ON COLUMN claim_words.indexer IS 'Fingerprint of the code and configuration that made them; they are made again when this changes.';

CREATE TABLE search_words (
    word VARCHAR NOT NULL,
    printed VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    named BOOLEAN NOT NULL,
    sounds VARCHAR,
    claims INTEGER NOT NULL
);

COMMENT ON TABLE search_words IS 'Internal: the words that claims have, with what each was taken for, so that a search finds other forms of a word and other spellings of a name.';
COMMENT ON COLUMN search_words.word IS 'The word as in claim_words; of names of several words all of them.';
COMMENT ON COLUMN search_words.printed IS 'How it is written most often, in small letters.';
COMMENT ON COLUMN search_words.term IS 'What it was taken for: claim_terms.term.';
COMMENT ON COLUMN search_words.named IS 'Whether it was taken for a name.';
COMMENT ON COLUMN search_words.sounds IS 'Of a name the consonants, by which names are found that sound alike; NULL where it has none, or its script is not known.';
COMMENT ON COLUMN search_words.claims IS 'In how many claims.';

CREATE TABLE contradictions (
    contradiction_id VARCHAR NOT NULL,
    left_claim_id VARCHAR NOT NULL,
    right_claim_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    explanation VARCHAR NOT NULL,
    found_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE contradictions IS 'Pairs of claims that cannot both stand. contradiction_pairs shows both sides in words.';
COMMENT ON COLUMN contradictions.contradiction_id IS 'Hash of the pair, whichever way round and whatever its kind: the same pair always has the same id, so reviews survive a re-run.';
COMMENT ON COLUMN contradictions.left_claim_id IS 'One claim: claims.claim_id.';
COMMENT ON COLUMN contradictions.right_claim_id IS 'The other claim: claims.claim_id.';
COMMENT ON COLUMN contradictions.kind IS 'Why they conflict: denial, negation, quantity, entity, opposite; other, where the judge does not tell; or superseded, for an older count that a later one replaces, which is no contradiction.';
COMMENT ON COLUMN contradictions.score IS 'How sure the comparison is, from 0 to 1.';
COMMENT ON COLUMN contradictions.explanation IS 'Why they conflict, in one sentence for a person.';
COMMENT ON COLUMN contradictions.found_at IS 'When it was first written (UTC).';

CREATE TABLE contradiction_spans (
    contradiction_id VARCHAR NOT NULL,
    side VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);

COMMENT ON TABLE contradiction_spans IS 'The words that conflict, on each side of every contradiction.';
COMMENT ON COLUMN contradiction_spans.contradiction_id IS 'The contradiction: contradictions.contradiction_id.';
COMMENT ON COLUMN contradiction_spans.side IS 'left or right: whose article the offsets count in.';
COMMENT ON COLUMN contradiction_spans.ordinal IS 'Number of the piece within its side, in text order, from 0.';
COMMENT ON COLUMN contradiction_spans.start IS 'First code point in the text of that side''s article.';
COMMENT ON COLUMN contradiction_spans."end" IS 'Code point after the last.';

CREATE TABLE disputes (
    dispute_id VARCHAR NOT NULL,
    found_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE disputes IS 'What is contested, each once: one row a group of contradictions about the same thing. open_disputes shows them in words, dispute_sides who stands on which side.';
COMMENT ON COLUMN disputes.dispute_id IS 'Identifier of the dispute, which it keeps as long as most of its pairs stay together; of disputes that become one the oldest identifier stays.';
COMMENT ON COLUMN disputes.found_at IS 'When it was first written (UTC).';

CREATE TABLE dispute_pairs (
    dispute_id VARCHAR NOT NULL,
    contradiction_id VARCHAR NOT NULL,
    turned BOOLEAN NOT NULL,
    grouper VARCHAR NOT NULL
);

COMMENT ON TABLE dispute_pairs IS 'Which contradictions a dispute is made of: one row a pair, which is in one dispute only.';
COMMENT ON COLUMN dispute_pairs.dispute_id IS 'The dispute: disputes.dispute_id.';
COMMENT ON COLUMN dispute_pairs.contradiction_id IS 'The pair: contradictions.contradiction_id.';
COMMENT ON COLUMN dispute_pairs.turned IS 'False where the left claim of the pair asserts what the dispute is about and the right one contests it; true where it is the other way round.';
COMMENT ON COLUMN dispute_pairs.grouper IS 'Fingerprint of the code that put it there; pairs are grouped again when this changes.';

CREATE TABLE compared_articles (
    article_id VARCHAR NOT NULL,
    comparer VARCHAR NOT NULL
);

COMMENT ON TABLE compared_articles IS 'Internal: the articles whose claims were compared with all others that were stored by then.';
COMMENT ON COLUMN compared_articles.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN compared_articles.comparer IS 'Fingerprint of the code and configuration that compared it; an article is compared again when this changes.';

CREATE TABLE article_signatures (
    article_id VARCHAR NOT NULL,
    grouper VARCHAR NOT NULL,
    signature BLOB NOT NULL
);

COMMENT ON TABLE article_signatures IS 'Internal: what an article''s wording comes down to (MinHash over runs of words), to know its reprints by.';
COMMENT ON COLUMN article_signatures.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_signatures.grouper IS 'Fingerprint of the code and settings that made it; it is made again when this changes.';
COMMENT ON COLUMN article_signatures.signature IS 'Minima of 128 hash functions, 4 bytes each, little-endian; empty for a text of too few words.';

CREATE TABLE article_bands (
    article_id VARCHAR NOT NULL,
    band UTINYINT NOT NULL,
    bucket UBIGINT NOT NULL
);

COMMENT ON TABLE article_bands IS 'Internal: the parts of article_signatures by which articles meet: those with an equal part are compared.';
COMMENT ON COLUMN article_bands.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_bands.band IS 'Number of the part, from 0.';
COMMENT ON COLUMN article_bands.bucket IS 'Hash of the part.';

CREATE TABLE article_groups (
    article_id VARCHAR NOT NULL,
    group_id VARCHAR NOT NULL
);

COMMENT ON TABLE article_groups IS 'Articles that are near-identical to another one: reprints of one report, and edited versions of one article. The view article_copies has all articles.';
COMMENT ON COLUMN article_groups.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_groups.group_id IS 'The group, named after the least article_id in it: the same in whatever order the articles came.';

CREATE TABLE contradiction_copies (
    contradiction_id VARCHAR NOT NULL,
    side VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL
);

COMMENT ON TABLE contradiction_copies IS 'Claims of near-identical articles that repeat one side of a contradiction: the pair is shown once, and they count as more outlets of that side.';
COMMENT ON COLUMN contradiction_copies.contradiction_id IS 'The contradiction: contradictions.contradiction_id.';
COMMENT ON COLUMN contradiction_copies.side IS 'left or right: which side the claim repeats.';
COMMENT ON COLUMN contradiction_copies.claim_id IS 'The claim: claims.claim_id.';

CREATE TABLE claim_vectors (
    claim_id VARCHAR NOT NULL,
    encoder VARCHAR NOT NULL,
    vector BLOB NOT NULL,
    across BOOLEAN
);

COMMENT ON TABLE claim_vectors IS 'Internal: sentence vectors of claims; what they are compared with is chosen by them.';
COMMENT ON COLUMN claim_vectors.claim_id IS 'The claim: claims.claim_id.';
COMMENT ON COLUMN claim_vectors.encoder IS 'The model that made it, with its version.';
COMMENT ON COLUMN claim_vectors.vector IS 'One signed byte a dimension; only the direction counts.';
COMMENT ON COLUMN claim_vectors.across IS 'Whether comparing across languages looks at it: the claim has one in another language near it.';

CREATE TABLE stories (
    story_id VARCHAR NOT NULL,
    central_article_id VARCHAR NOT NULL,
    formed_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE stories IS 'Articles about one event, across outlets and languages: one row a story; an article that nobody else has is a story of its own. story_articles says which articles; the view story_coverage who covers it, from when to when.';
COMMENT ON COLUMN stories.story_id IS 'Identifier of the story; it stays when articles come or go. Where two stories become one, that of the larger stays.';
COMMENT ON COLUMN stories.central_article_id IS 'The article that is most like all others of the story: articles.article_id.';
COMMENT ON COLUMN stories.formed_at IS 'When the story was first stored (UTC).';

CREATE TABLE story_articles (
    article_id VARCHAR NOT NULL,
    story_id VARCHAR NOT NULL,
    clusterer VARCHAR NOT NULL
);

COMMENT ON TABLE story_articles IS 'Which story an article belongs to: each to one.';
COMMENT ON COLUMN story_articles.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN story_articles.story_id IS 'Its story: stories.story_id.';
COMMENT ON COLUMN story_articles.clusterer IS 'Fingerprint of the code, weights and settings that put it there; stories are formed again when this changes.';

CREATE TABLE story_changes (
    changed_at TIMESTAMP NOT NULL,
    change VARCHAR NOT NULL,
    story_id VARCHAR NOT NULL,
    other_story_id VARCHAR NOT NULL,
    articles INTEGER NOT NULL
);

COMMENT ON TABLE story_changes IS 'What became of stories: which became one, and which came out of another.';
COMMENT ON COLUMN story_changes.changed_at IS 'When (UTC).';
COMMENT ON COLUMN story_changes.change IS 'merge: the other story became part of this one, and is gone; split: articles of this story went to the other one.';
COMMENT ON COLUMN story_changes.story_id IS 'The story that stayed: stories.story_id, unless it went later.';
COMMENT ON COLUMN story_changes.other_story_id IS 'The story that went into it, or that got articles of it.';
COMMENT ON COLUMN story_changes.articles IS 'How many articles went with it.';

CREATE TABLE article_vectors (
    article_id VARCHAR NOT NULL,
    encoder VARCHAR NOT NULL,
    vector BLOB NOT NULL
);

COMMENT ON TABLE article_vectors IS 'Internal: a vector of each article''s title and lead; stories are found by it.';
COMMENT ON COLUMN article_vectors.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_vectors.encoder IS 'The model that made it, with its version, and the fingerprint of what it was given.';
COMMENT ON COLUMN article_vectors.vector IS 'One signed byte a dimension; only the direction counts.';

CREATE TABLE article_terms (
    article_id VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    weight DOUBLE NOT NULL
);

COMMENT ON TABLE article_terms IS 'Internal: the names, numbers and rare words of each article''s title and lead; stories are found by them.';
COMMENT ON COLUMN article_terms.article_id IS 'The article: articles.article_id.';
COMMENT ON COLUMN article_terms.term IS 'The word, in small letters.';
COMMENT ON COLUMN article_terms.weight IS 'How much it tells of the article; the squares of an article''s weights sum to 1.';

CREATE TABLE story_links (
    article_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL,
    score DOUBLE NOT NULL
);

COMMENT ON TABLE story_links IS 'Internal: pairs of articles that may be of one story, each once; stories are formed along them.';
COMMENT ON COLUMN story_links.article_id IS 'One article: articles.article_id.';
COMMENT ON COLUMN story_links.other_id IS 'The other article, whose identifier is greater.';
COMMENT ON COLUMN story_links.score IS 'How likely it is that both are of one event, as log odds.';

CREATE TABLE reviews (
    contradiction_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    reviewed_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE reviews IS 'What people decided about contradictions: appended to, never overwritten. Decisions are first kept in the .reviews.sqlite file beside the database; `claims` always shows all of them, other DuckDB clients those up to the last run. The view standing_reviews leaves out what was taken back, the view verdicts has the latest of each contradiction.';
COMMENT ON COLUMN reviews.contradiction_id IS 'The contradiction: contradictions.contradiction_id. A decision stays even when its contradiction is no longer found.';
COMMENT ON COLUMN reviews.verdict IS 'One of contradiction, compatible, superseded, extraction error, unsure.';
COMMENT ON COLUMN reviews.note IS 'The reviewer''s own words; may be empty.';
COMMENT ON COLUMN reviews.reviewer IS 'Who decided.';
COMMENT ON COLUMN reviews.reviewed_at IS 'When (UTC).';

CREATE TABLE undone_reviews (
    contradiction_id VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    reviewed_at TIMESTAMP NOT NULL,
    undone_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE undone_reviews IS 'Decisions that were taken back by who made them: one row each. They stay in reviews; the view standing_reviews leaves them out.';
COMMENT ON COLUMN undone_reviews.contradiction_id IS 'The contradiction: reviews.contradiction_id.';
COMMENT ON COLUMN undone_reviews.reviewer IS 'Who decided and took it back: reviews.reviewer.';
COMMENT ON COLUMN undone_reviews.reviewed_at IS 'When it had been decided (UTC): reviews.reviewed_at.';
COMMENT ON COLUMN undone_reviews.undone_at IS 'When it was taken back (UTC).';

CREATE TABLE misread_claims (
    claim_id VARCHAR NOT NULL,
    contradiction_id VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    reviewed_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE misread_claims IS 'Claims that a decision "extraction error" names as wrongly extracted. It counts while that decision stands: the view skipped_contradictions has their other contradictions.';
COMMENT ON COLUMN misread_claims.claim_id IS 'The claim: claims.claim_id.';
COMMENT ON COLUMN misread_claims.contradiction_id IS 'The contradiction that was decided: reviews.contradiction_id.';
COMMENT ON COLUMN misread_claims.reviewer IS 'Who decided: reviews.reviewer.';
COMMENT ON COLUMN misread_claims.reviewed_at IS 'When (UTC): reviews.reviewed_at.';

CREATE TABLE folder_claims (
    folder VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,
    collected_by VARCHAR NOT NULL,
    collected_at TIMESTAMP NOT NULL,
    article_id VARCHAR NOT NULL,
    outlet VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    published_at TIMESTAMP,
    title VARCHAR,
    url VARCHAR,
    speaker VARCHAR,
    source_text VARCHAR,
    stance VARCHAR NOT NULL,
    quotation VARCHAR NOT NULL,
    quotation_start INTEGER NOT NULL,
    content JSON NOT NULL,
    text_checksum VARCHAR NOT NULL
);

COMMENT ON TABLE folder_claims IS 'What people collected into folders: one row a claim in a folder, as it read when it was collected. Folders are kept in the .folders.sqlite file beside the database; `claims` always shows all of them, other DuckDB clients those up to the last run.';
COMMENT ON COLUMN folder_claims.folder IS 'Name of the folder.';
COMMENT ON COLUMN folder_claims.claim_id IS 'The claim: claims.claim_id. It stays in the folder also where a later run does not find it any more.';
COMMENT ON COLUMN folder_claims.collected_by IS 'Who collected it.';
COMMENT ON COLUMN folder_claims.collected_at IS 'When (UTC).';
COMMENT ON COLUMN folder_claims.article_id IS 'Its article: articles.article_id.';
COMMENT ON COLUMN folder_claims.outlet IS 'Outlet of the article.';
COMMENT ON COLUMN folder_claims.language IS 'Language of the article.';
COMMENT ON COLUMN folder_claims.published_at IS 'When the article was published (UTC); NULL where unknown.';
COMMENT ON COLUMN folder_claims.title IS 'Headline of the article; NULL where the input did not mark one.';
COMMENT ON COLUMN folder_claims.url IS 'Where the article was published; NULL where the input did not say.';
COMMENT ON COLUMN folder_claims.speaker IS 'Name that the speaker had; NULL where the source was not resolved.';
COMMENT ON COLUMN folder_claims.source_text IS 'The words that name the source, as printed; NULL where nobody is named.';
COMMENT ON COLUMN folder_claims.stance IS 'As claims.stance.';
COMMENT ON COLUMN folder_claims.quotation IS 'The sentences that the claim stands in, as printed.';
COMMENT ON COLUMN folder_claims.quotation_start IS 'Where they begin in the article''s text, in code points from 0.';
COMMENT ON COLUMN folder_claims.content IS 'JSON list of the content''s pieces: [[start, end], …] in code points of the quotation.';
COMMENT ON COLUMN folder_claims.text_checksum IS 'SHA-256 of the article''s text in UTF-8, in hexadecimal: who has the text can prove that the quotation stands in it.';

CREATE TABLE runs (
    run_id VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    status VARCHAR NOT NULL,
    articles INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    contradictions INTEGER NOT NULL,
    failures JSON NOT NULL,
    versions JSON NOT NULL,
    scheduled_for TIMESTAMP,
    error VARCHAR,
    warnings JSON
);

COMMENT ON TABLE runs IS 'Every scheduled run, every other that had something to write or a new failure to tell, and every one that was refused: one over unchanged inputs that a person starts leaves no row.';
COMMENT ON COLUMN runs.run_id IS 'Identifier of the run.';
COMMENT ON COLUMN runs.started_at IS 'When it began (UTC).';
COMMENT ON COLUMN runs.finished_at IS 'When it ended, or was found dead (UTC); NULL while it runs.';
COMMENT ON COLUMN runs.status IS 'running, done, failed (ended by an error), interrupted (stopped or killed; the next run finishes its articles) or refused (others held the database; error says who).';
COMMENT ON COLUMN runs.articles IS 'How many articles it stored.';
COMMENT ON COLUMN runs.claims IS 'How many claims it stored.';
COMMENT ON COLUMN runs.contradictions IS 'How many contradictions it added.';
COMMENT ON COLUMN runs.failures IS 'JSON list of the inputs that gave no article: [{"input": …, "reason": …}]. The view run_failures has them as rows.';
COMMENT ON COLUMN runs.versions IS 'JSON object: what ran (versions of programs, models and configuration), "inputs" it was given, and the "process" that ran it.';
COMMENT ON COLUMN runs.scheduled_for IS 'When the schedule wanted it to begin (UTC); NULL for a run that a person started.';
COMMENT ON COLUMN runs.error IS 'Why the run itself failed or was refused, in one line; NULL where it did not.';
COMMENT ON COLUMN runs.warnings IS 'JSON list of lines: outlets that brought far less than usual, scheduled runs that came late or not at all. The view run_warnings has them as rows.';

CREATE TABLE run_outlets (
    run_id VARCHAR NOT NULL,
    outlet VARCHAR NOT NULL,
    articles INTEGER NOT NULL,
    new INTEGER NOT NULL,
    again INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    usual DOUBLE,
    warning VARCHAR
);

COMMENT ON TABLE run_outlets IS 'What each outlet brought to each run.';
COMMENT ON COLUMN run_outlets.run_id IS 'The run: runs.run_id.';
COMMENT ON COLUMN run_outlets.outlet IS 'The outlet: articles.outlet.';
COMMENT ON COLUMN run_outlets.articles IS 'How many of its articles the run read, unchanged ones included.';
COMMENT ON COLUMN run_outlets.new IS 'How many of them were stored for the first time.';
COMMENT ON COLUMN run_outlets.again IS 'How many were stored anew because code, configuration or models had changed.';
COMMENT ON COLUMN run_outlets.failures IS 'How many of its inputs gave no article.';
COMMENT ON COLUMN run_outlets.claims IS 'How many claims the stored ones gave.';
COMMENT ON COLUMN run_outlets.usual IS 'Median of new over earlier runs of the same inputs; NULL where there were too few (usual in pipeline.yaml).';
COMMENT ON COLUMN run_outlets.warning IS 'Says so where it brought far less than usual; else NULL.';

CREATE TABLE pruned_articles (
    article_id VARCHAR NOT NULL,
    pruned_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE pruned_articles IS 'Internal: articles that were removed because of their age (claims prune) and are not stored again.';
COMMENT ON COLUMN pruned_articles.article_id IS 'The article, by the hash that articles.article_id was.';
COMMENT ON COLUMN pruned_articles.pruned_at IS 'When it was removed (UTC).';
