-- +goose Up
-- The club's own pages and scheduled topics are written as everything else is: with drafts, and with files.

-- SQLite changes no check: the tables are made anew with what they held.
create table drafts_anew (
    id           bigint      primary key,
    member_id    bigint      not null references members (id),
    kind         text        not null check (kind in ('reply', 'topic', 'edit', 'message', 'page', 'scheduled')),
    target_id    bigint      not null,                          -- the topic, the space, the post, the room, the page
    place_id     bigint      references places (id),
    space_id     bigint      references spaces (id),
    title        text        not null default '',
    text         text        not null default '',
    other        text        not null default '',
    revision     bigint      not null check (revision >= 1),
    begun_at     datetime    not null,
    saved_at     datetime    not null,
    discarded_at datetime,
    around       text        not null default '',               -- what was typed beside the text: tags, a time, an address
    unique (member_id, kind, target_id),
    check ((kind in ('reply', 'edit', 'message')) = (place_id is not null) and (kind in ('topic', 'scheduled')) = (space_id is not null))
);
insert into drafts_anew (id, member_id, kind, target_id, place_id, space_id, title, text, other, revision, begun_at, saved_at, discarded_at)
select id, member_id, kind, target_id, place_id, space_id, title, text, other, revision, begun_at, saved_at, discarded_at from drafts;
create table held_before as select draft_id, file_id from draft_files;
drop table draft_files;
drop table drafts;
alter table drafts_anew rename to drafts;
create index drafts_by_member on drafts (member_id, saved_at desc, id desc);
create index drafts_by_age on drafts (saved_at);
create table draft_files (
    draft_id bigint not null references drafts (id) on delete cascade,
    file_id  bigint not null references files (id) on delete cascade,
    primary key (draft_id, file_id)
);
insert into draft_files (draft_id, file_id) select draft_id, file_id from held_before;
drop table held_before;
create index draft_files_by_file on draft_files (file_id);

-- Files that a page of the club shows, or showed in an earlier version: who may read it may have those that
-- it shows now.
create table page_files (
    page_id bigint  not null references pages (id) on delete cascade,
    file_id bigint  not null references files (id) on delete cascade,
    shown   boolean not null,
    primary key (page_id, file_id)
);
create index page_files_by_file on page_files (file_id);

-- +goose Down
drop table page_files;
create table drafts_before (
    id           bigint      primary key,
    member_id    bigint      not null references members (id),
    kind         text        not null check (kind in ('reply', 'topic', 'edit', 'message')),
    target_id    bigint      not null,
    place_id     bigint      references places (id),
    space_id     bigint      references spaces (id),
    title        text        not null default '',
    text         text        not null default '',
    other        text        not null default '',
    revision     bigint      not null check (revision >= 1),
    begun_at     datetime    not null,
    saved_at     datetime    not null,
    discarded_at datetime,
    unique (member_id, kind, target_id),
    check ((kind = 'topic') = (place_id is null) and (kind = 'topic') = (space_id is not null))
);
insert into drafts_before (id, member_id, kind, target_id, place_id, space_id, title, text, other, revision, begun_at, saved_at, discarded_at)
select id, member_id, kind, target_id, place_id, space_id, title, text, other, revision, begun_at, saved_at, discarded_at from drafts where kind not in ('page', 'scheduled');
create table held_before as select draft_id, file_id from draft_files where draft_id in (select id from drafts_before);
drop table draft_files;
drop table drafts;
alter table drafts_before rename to drafts;
create index drafts_by_member on drafts (member_id, saved_at desc, id desc);
create index drafts_by_age on drafts (saved_at);
create table draft_files (
    draft_id bigint not null references drafts (id) on delete cascade,
    file_id  bigint not null references files (id) on delete cascade,
    primary key (draft_id, file_id)
);
insert into draft_files (draft_id, file_id) select draft_id, file_id from held_before;
drop table held_before;
create index draft_files_by_file on draft_files (file_id);
