-- +goose Up
-- What things are found by. A card is written with what it is about, in one transaction; what was
-- there before gets its cards from a job that remembers how far it is.

create table search_rows (
    id        bigint           primary key,            -- of the post, message or member
    kind      text             not null check (kind in ('topic', 'post', 'message', 'member')),
    place_id  bigint           references places (id), -- one condition on it decides who finds what
    author_id bigint           not null references members (id),
    at        datetime         not null,
    image     boolean          not null default false,
    likes     bigint           not null default 0,
    worth     double precision not null,               -- see worth in models/index
    check ((place_id is null) = (kind = 'member'))
);
create index search_rows_by_time on search_rows (at desc, id desc);
create index search_rows_by_author on search_rows (author_id, at desc, id desc);
create index search_rows_by_place on search_rows (place_id, at desc, id desc);

-- The words of a card, cut and folded by models/lexeme: nothing is left for the tokenizer but blanks.
-- Words are kept, and not the text again. These
-- tables are each database's own. Titles stand in one of their own, too: there are few, and they are
-- asked for first.
create virtual table search_words using fts5 (title, body, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3');
create virtual table search_titles using fts5 (title, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3');

-- What a member asked for lately: theirs alone.
create table searches (
    id        bigint   primary key,
    member_id bigint   not null references members (id),
    text      text     not null check (text <> ''),
    at        datetime not null,
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
