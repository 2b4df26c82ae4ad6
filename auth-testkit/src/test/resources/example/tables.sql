CREATE TABLE auth_users (
  id uuid PRIMARY KEY,
  version bigint NOT NULL,
  email varchar(254) NOT NULL,
  email_canonical varchar(254) NOT NULL UNIQUE,
  username varchar(64),
  username_canonical varchar(64) UNIQUE,
  password_hash varchar(512),
  status varchar(16) NOT NULL,
  email_confirmed_at timestamp(6) with time zone,
  stamp uuid NOT NULL,
  created_at timestamp(6) with time zone NOT NULL,
  updated_at timestamp(6) with time zone NOT NULL
);
CREATE INDEX ix_auth_users_closed ON auth_users (status, updated_at);
CREATE TABLE auth_tokens (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  purpose varchar(32) NOT NULL,
  slot varchar(64),
  digest varbinary(32) NOT NULL,
  previous_digest varbinary(32),
  rotated_at timestamp(6) with time zone,
  issued_at timestamp(6) with time zone NOT NULL,
  expires_at timestamp(6) with time zone NOT NULL,
  last_used_at timestamp(6) with time zone NOT NULL,
  authenticated_at timestamp(6) with time zone,
  sent_to varchar(254),
  label varchar(200),
  stamp uuid,
  UNIQUE (user_id, slot)
);
CREATE INDEX ix_auth_tokens_expires ON auth_tokens (expires_at);
