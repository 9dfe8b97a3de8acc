-- Lets the site run by a role that can neither change what is only ever added to nor take
-- away what hinders it. Another role owns the tables and migrates:
--
--     CREATE ROLE livskvalitet_owner LOGIN PASSWORD '...';   -- by PostgreSQL's own role
--     CREATE ROLE livskvalitet LOGIN PASSWORD '...';
--     CREATE DATABASE livskvalitet OWNER livskvalitet_owner;
--
-- After the first migration and each one after it, by the owner:
--
--     psql --set ON_ERROR_STOP=1 --single-transaction --file deploy/roles.sql livskvalitet

GRANT USAGE ON SCHEMA public TO livskvalitet;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO livskvalitet;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO livskvalitet;
REVOKE UPDATE, DELETE ON
    kunskapsbank_reviewevent,
    uppfoljning_adoption,
    uppfoljning_reportcorrection,
    uppfoljning_reportpdf
FROM livskvalitet;
