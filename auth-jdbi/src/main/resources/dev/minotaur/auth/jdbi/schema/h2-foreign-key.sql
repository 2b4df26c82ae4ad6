--liquibase formatted sql

--changeset minotaur-auth:foreign-key logicalFilePath:dev/minotaur/auth/jdbi/schema
ALTER TABLE auth_tokens ADD COLUMN IF NOT EXISTS user_fk uuid
  GENERATED ALWAYS AS (CASE WHEN purpose <> 'sign-up' THEN user_id END);

DELETE FROM auth_tokens
  WHERE user_fk IS NOT NULL AND NOT EXISTS (SELECT 1 FROM auth_users WHERE auth_users.id = auth_tokens.user_fk);

ALTER TABLE auth_tokens ADD CONSTRAINT IF NOT EXISTS fk_auth_tokens_user
  FOREIGN KEY (user_fk) REFERENCES auth_users (id) ON DELETE CASCADE;
