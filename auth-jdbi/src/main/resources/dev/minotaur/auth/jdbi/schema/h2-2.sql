--liquibase formatted sql

--changeset minotaur-auth:2 logicalFilePath:dev/minotaur/auth/jdbi/schema
CREATE INDEX IF NOT EXISTS ix_auth_users_closed ON auth_users (status, updated_at);

UPDATE auth_schema_version SET version = 2;
