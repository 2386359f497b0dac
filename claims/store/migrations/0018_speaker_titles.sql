-- What a source calls its speaker besides the name. Articles read by an older version have none.

ALTER TABLE claims ADD COLUMN speaker_title VARCHAR;

ALTER TABLE claims ADD COLUMN speaker_description VARCHAR;

COMMENT ON COLUMN claims.speaker_title IS 'Office, profession or relation that the source gives its speaker, in English (foreign minister, lawyer, father); NULL where it gives none.';
COMMENT ON COLUMN claims.speaker_description IS 'What the source says of its speaker besides the name, as printed ("a spokesman for the miners"); NULL where it says nothing else, or has no name.';
