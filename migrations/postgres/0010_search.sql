-- +goose Up
-- What things are found by. A card is written with what it is about, in one transaction; what was
-- there before gets its cards from a job that remembers how far it is.

create table search_rows (
    id        bigint           primary key,            -- of the post, message or member
    kind      text             not null check (kind in ('topic', 'post', 'message', 'member')),
    place_id  bigint           references places (id), -- one condition on it decides who finds what
    author_id bigint           not null references members (id),
    at        timestamptz      not null,
    image     boolean          not null default false,
    likes     bigint           not null default 0,
    worth     double precision not null,               -- see worth in models/index
    check ((place_id is null) = (kind = 'member'))
);
create index search_rows_by_time on search_rows (at desc, id desc);
create index search_rows_by_author on search_rows (author_id, at desc, id desc);
create index search_rows_by_place on search_rows (place_id, at desc, id desc);

-- The words of a card, cut and folded by models/lexeme: no dictionary, locale or extension has a say.
-- These tables are each
-- database's own. Titles stand in one of their own, too: there are few, and they are asked for first.
create table search_words (
    rowid bigint   primary key references search_rows (id),
    words tsvector not null
);
create index search_words_by_word on search_words using gin (words);
create table search_titles (
    rowid bigint   primary key references search_rows (id),
    words tsvector not null
);
create index search_titles_by_word on search_titles using gin (words);

-- What a member asked for lately: theirs alone.
create table searches (
    id        bigint   primary key,
    member_id bigint   not null references members (id),
    text      text     not null check (text <> ''),
    at        timestamptz not null,
    unique (member_id, text)
);
create index searches_by_member on searches (member_id, at desc);

-- How far the cards of what was there before are written, by table; no row when all are.
create table search_fills (
    name  text   primary key,
    after bigint not null
);
insert into search_fills (name, after) select 'posts', 0 where exists (select 1 from members);
insert into search_fills (name, after) select 'messages', 0 where exists (select 1 from members);
insert into search_fills (name, after) select 'members', 0 where exists (select 1 from members);
insert into jobs (id, kind, key, payload, priority, run_at, created_at)
    select 10, 'search.fill', 'search.fill.0', '{}', 9, '2025-01-01 00:00:00+00:00', '2025-01-01 00:00:00+00:00' where exists (select 1 from members);

-- +goose Down
delete from jobs where kind = 'search.fill';
drop table search_fills;
drop table searches;
drop table search_titles;
drop table search_words;
drop table search_rows;
