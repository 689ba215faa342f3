-- Run once on the primary as postgres: the account and the database of Baton.
CREATE ROLE @database_user@ LOGIN PASSWORD '@database_password@';
-- What reads in a person's name takes on this role, which row-level security binds.
CREATE ROLE @database_user@_reader NOLOGIN;
GRANT @database_user@_reader TO @database_user@;
CREATE DATABASE @database@ OWNER @database_user@ ENCODING 'UTF8' TEMPLATE template0 LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8';
REVOKE ALL ON DATABASE @database@ FROM PUBLIC;
