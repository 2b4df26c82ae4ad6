--liquibase formatted sql

--changeset minotaur-auth:1 logicalFilePath:dev/minotaur/auth/jdbi/schema
CREATE TABLE auth_users (
  id uuid NOT NULL,
  version bigint NOT NULL,
  email varchar(254) NOT NULL,
  email_canonical varchar(254) COLLATE "C" NOT NULL,
  username varchar(64),
  username_canonical varchar(64) COLLATE "C",
  password_hash varchar(512),
  status varchar(16) NOT NULL,
  email_confirmed_at timestamp(6) with time zone,
  stamp uuid NOT NULL,
  created_at timestamp(6) with time zone NOT NULL,
  updated_at timestamp(6) with time zone NOT NULL,
  CONSTRAINT pk_auth_users PRIMARY KEY (id),
  CONSTRAINT uq_auth_users_email UNIQUE (email_canonical),
  CONSTRAINT uq_auth_users_username UNIQUE (username_canonical),
  CONSTRAINT ck_auth_users_version CHECK (version >= 1),
  CONSTRAINT ck_auth_users_text CHECK (
    email <> '' AND email_canonical <> '' AND username <> '' AND username_canonical <> ''
    AND password_hash <> '' AND status <> ''),
  CONSTRAINT ck_auth_users_username CHECK ((username IS NULL) = (username_canonical IS NULL))
) WITH (fillfactor = 80);

CREATE TABLE auth_tokens (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  purpose varchar(32) COLLATE "C" NOT NULL,
  slot varchar(64) COLLATE "C",
  digest bytea NOT NULL,
  previous_digest bytea,
  rotated_at timestamp(6) with time zone,
  issued_at timestamp(6) with time zone NOT NULL,
  expires_at timestamp(6) with time zone NOT NULL,
  last_used_at timestamp(6) with time zone NOT NULL,
  authenticated_at timestamp(6) with time zone,
  sent_to varchar(254),
  label varchar(200),
  stamp uuid,
  CONSTRAINT pk_auth_tokens PRIMARY KEY (id),
  CONSTRAINT uq_auth_tokens_user_slot UNIQUE (user_id, slot),
  CONSTRAINT ck_auth_tokens_digest CHECK (octet_length(digest) = 32 AND octet_length(previous_digest) = 32),
  CONSTRAINT ck_auth_tokens_text CHECK (purpose <> '' AND slot <> '' AND sent_to <> '' AND label <> '')
) WITH (fillfactor = 80);

CREATE INDEX ix_auth_tokens_expires ON auth_tokens (expires_at);

CREATE TABLE auth_attempts (
  attempt_key bytea NOT NULL,
  attempt_count int NOT NULL,
  last_at timestamp(6) with time zone NOT NULL,
  CONSTRAINT pk_auth_attempts PRIMARY KEY (attempt_key),
  CONSTRAINT ck_auth_attempts_key CHECK (octet_length(attempt_key) = 32),
  CONSTRAINT ck_auth_attempts_count CHECK (attempt_count >= 1)
);

CREATE INDEX ix_auth_attempts_last ON auth_attempts (last_at);

CREATE TABLE auth_schema_version (
  id int NOT NULL,
  version int NOT NULL,
  CONSTRAINT pk_auth_schema_version PRIMARY KEY (id),
  CONSTRAINT ck_auth_schema_version_one_row CHECK (id = 1)
);

INSERT INTO auth_schema_version (id, version) VALUES (1, 1);
