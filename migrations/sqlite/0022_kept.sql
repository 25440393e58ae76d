-- +goose Up
-- A message can be kept as a post can; and a member sees what they uploaded, the latest first.

-- SQLite takes no "not null" back: the table is made anew with what it held.
create table bookmarks_anew (
    id         bigint      primary key,
    member_id  bigint      not null references members (id),
    post_id    bigint      references posts (id),
    message_id bigint      references messages (id),
    note       text        not null default '',
    remind_at  datetime,
    told_at    datetime,                         -- when they were reminded last
    created_at datetime    not null,
    removed_at datetime,                         -- it can be brought back for a while
    check ((post_id is null) <> (message_id is null)),
    unique (member_id, post_id),
    unique (member_id, message_id)
);
insert into bookmarks_anew (id, member_id, post_id, note, remind_at, told_at, created_at, removed_at)
select id, member_id, post_id, note, remind_at, told_at, created_at, removed_at from bookmarks;
drop table bookmarks;
alter table bookmarks_anew rename to bookmarks;
create index bookmarks_by_member on bookmarks (member_id, created_at desc, id desc) where removed_at is null;

create index files_by_member on files (member_id, created_at desc, id desc);

-- +goose Down
drop index files_by_member;
delete from bookmarks where post_id is null;
create table bookmarks_before (
    id         bigint      primary key,
    member_id  bigint      not null references members (id),
    post_id    bigint      not null references posts (id),
    note       text        not null default '',
    remind_at  datetime,
    told_at    datetime,
    created_at datetime    not null,
    removed_at datetime,
    unique (member_id, post_id)
);
insert into bookmarks_before (id, member_id, post_id, note, remind_at, told_at, created_at, removed_at)
select id, member_id, post_id, note, remind_at, told_at, created_at, removed_at from bookmarks;
drop table bookmarks;
alter table bookmarks_before rename to bookmarks;
create index bookmarks_by_member on bookmarks (member_id, created_at desc, id desc) where removed_at is null;
