--liquibase formatted sql

--changeset minotaur-auth:2 logicalFilePath:dev/minotaur/auth/jdbi/schema
CREATE INDEX ix_auth_users_closed ON auth_users (updated_at) WHERE status = 'CLOSED';

UPDATE auth_schema_version SET version = 2;
