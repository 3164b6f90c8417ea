-- Who has shown that they have the bytes of an attachment, by sending them: the hash of a file is no right to it.
CREATE TABLE attachment_uploads (
  sha256  text COLLATE "C" NOT NULL REFERENCES attachments ON DELETE CASCADE,
  account uuid NOT NULL REFERENCES accounts,
  PRIMARY KEY (account, sha256)
);
CREATE INDEX attachment_uploads_file ON attachment_uploads (sha256);

INSERT INTO attachment_uploads (sha256, account) SELECT sha256, uploaded_by FROM attachments;
