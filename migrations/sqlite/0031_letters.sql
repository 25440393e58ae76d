-- +goose Up
-- Letters: private, titled, unhurried writing between a few people. Who reads them stands in place_people: a
-- letter is there for its readers from its delivery on, and for its writer alone until then.

create table letter_threads (
    id         bigint   primary key references places (id),
    title      text     not null check (title <> ''),
    by_id      bigint   not null references members (id),
    key        text     not null,                               -- made by the client: a retry begins one
    letters    bigint   not null default 0 check (letters >= 0), -- that were delivered: the number of the last
    created_at datetime not null,
    unique (by_id, key)
);
create index letter_threads_by_writer on letter_threads (by_id, created_at);

-- One that has no number is not delivered yet. It stands as it was written from its delivery on.
create table letters (
    id           bigint   primary key,
    thread_id    bigint   not null references letter_threads (id),
    number       bigint   check (number >= 1),
    author_id    bigint   not null references members (id),
    key          text     not null,                             -- made by the client: a retry writes one
    source       text     not null,
    html         text     not null,
    plain        text     not null,
    recipe       integer  not null,
    written_at   datetime not null,
    deliver_at   datetime not null,
    delivered_at datetime,
    refused      text     not null default '',                  -- why it could not be delivered, as its writer reads it
    removed_at   datetime,
    removed_by   bigint   references members (id),
    unique (author_id, key),
    unique (thread_id, number),
    check ((number is null) = (delivered_at is null))
);
create index letters_waiting on letters (author_id, deliver_at) where number is null;
create index letters_by_writer on letters (author_id, written_at);

-- Between whom letters go, and how each of them has it in their letterbox: the last letter that they wrote or
-- were brought, what of them they have not read, and whether they put them away.
create table letter_people (
    thread_id   bigint   not null references letter_threads (id),
    member_id   bigint   not null references members (id),
    last_id     bigint   references letters (id),               -- none: nothing has come yet
    last_by     bigint   references members (id),
    last_at     datetime,
    unread      bigint   not null default 0 check (unread >= 0),
    read_number bigint   not null default 0,                    -- the last that they have read
    put_away_at datetime,
    left_at     datetime,
    primary key (thread_id, member_id)
);
create index letter_people_box on letter_people (member_id, last_at desc, thread_id desc) where left_at is null;

-- To whom a letter was brought. Who blocks its writer is not among them, and that is nobody else's knowledge.
create table letter_copies (
    letter_id bigint not null references letters (id),
    member_id bigint not null references members (id),
    primary key (letter_id, member_id)
);

-- An owner who reads a letter that was reported leaves a line of that: what they have not opened they do not see.
create index audits_of_letters on audits (subject_id, by_id) where what = 'letter.opened';

-- What a mailbox may know of a letter: who wrote it, and its title only if its reader wants that.
alter table told_settings add column letter_titles boolean not null default false;

-- Letters are drafted as all else is. An answer stands at its place; a new letter stands nowhere yet.
create table drafts_next (
    id           bigint      primary key,
    member_id    bigint      not null references members (id),
    kind         text        not null check (kind in ('reply', 'topic', 'edit', 'message', 'page', 'scheduled', 'letter', 'answer')),
    target_id    bigint      not null,                          -- the topic, the space, the post, the room, the letters; of a new one its own
    place_id     bigint      references places (id),            -- where it would hang; what is new hangs nowhere yet
    space_id     bigint      references spaces (id),            -- in which that would be begun
    title        text        not null default '',
    text         text        not null default '',
    other        text        not null default '',
    revision     bigint      not null check (revision >= 1),
    begun_at     datetime    not null,
    saved_at     datetime    not null,
    discarded_at datetime,                                      -- it can be brought back for a while
    around       text        not null default '',               -- what was typed beside the text: tags, a time, for whom it is
    unique (member_id, kind, target_id),
    check ((kind in ('reply', 'edit', 'message', 'answer')) = (place_id is not null) and (kind in ('topic', 'scheduled')) = (space_id is not null))
);
insert into drafts_next (id, member_id, kind, target_id, place_id, space_id, title, text, other, revision, begun_at, saved_at, discarded_at, around)
    select id, member_id, kind, target_id, place_id, space_id, title, text, other, revision, begun_at, saved_at, discarded_at, around from drafts;
create table draft_files_before as select draft_id, file_id from draft_files;
drop table draft_files;
drop table drafts;
alter table drafts_next rename to drafts;
create index drafts_by_member on drafts (member_id, saved_at desc, id desc);
create index drafts_by_age on drafts (saved_at);
create table draft_files (
    draft_id bigint not null references drafts (id) on delete cascade,
    file_id  bigint not null references files (id) on delete cascade,
    primary key (draft_id, file_id)
);
create index draft_files_by_file on draft_files (file_id);
insert into draft_files select draft_id, file_id from draft_files_before;
drop table draft_files_before;

-- A letter is found by those who have it.
create table search_rows_next (
    id        bigint           primary key,            -- of the post, message, letter or member
    kind      text             not null check (kind in ('topic', 'post', 'message', 'letter', 'member')),
    place_id  bigint           references places (id), -- one condition on it decides who finds what
    author_id bigint           not null references members (id),
    at        datetime         not null,
    image     boolean          not null default false,
    likes     bigint           not null default 0,
    worth     double precision not null,               -- see worth in models/index
    check ((place_id is null) = (kind = 'member'))
);
insert into search_rows_next select id, kind, place_id, author_id, at, image, likes, worth from search_rows;
drop table search_rows;
alter table search_rows_next rename to search_rows;
create index search_rows_by_time on search_rows (at desc, id desc);
create index search_rows_by_author on search_rows (author_id, at desc, id desc);
create index search_rows_by_place on search_rows (place_id, at desc, id desc);

-- A letter that was reported is the owners' to decide about, and nothing of it but that one letter.
create table flags_next (
    id           bigint      primary key,
    place_id     bigint      references places (id),     -- none for a report of a member or a letter
    subject_kind text        not null check (subject_kind in ('post', 'message', 'member', 'letter')),
    subject_id   bigint      not null,
    by_id        bigint      not null references members (id),
    reason       text        not null check (reason in ('spam', 'hostile', 'off_topic', 'other')),
    words        text        not null default '',
    created_at   datetime    not null,
    version_id   bigint      references post_versions (id),
    decided_at   datetime,
    decided_by   bigint      references members (id),
    decision     text        check (decision in ('dismissed', 'warned', 'removed')),
    check ((subject_kind in ('member', 'letter')) = (place_id is null)),
    check ((decided_at is null) = (decision is null))
);
insert into flags_next (id, place_id, subject_kind, subject_id, by_id, reason, words, created_at, version_id, decided_at, decided_by, decision)
    select id, place_id, subject_kind, subject_id, by_id, reason, words, created_at, version_id, decided_at, decided_by, decision from flags;
drop table flags;
alter table flags_next rename to flags;
create index flags_open on flags (created_at, id) where decided_at is null;
create unique index flags_once on flags (by_id, subject_kind, subject_id) where decided_at is null;
create index flags_by_subject on flags (subject_kind, subject_id, created_at, id);

-- +goose Down
delete from jobs where kind = 'letter.deliver';
delete from notifications where kind in ('letter', 'letter_back');
delete from flags where subject_kind = 'letter';
create table flags_before (
    id           bigint      primary key,
    place_id     bigint      references places (id),
    subject_kind text        not null check (subject_kind in ('post', 'message', 'member')),
    subject_id   bigint      not null,
    by_id        bigint      not null references members (id),
    reason       text        not null check (reason in ('spam', 'hostile', 'off_topic', 'other')),
    words        text        not null default '',
    created_at   datetime    not null,
    decided_at   datetime,
    decided_by   bigint      references members (id),
    decision     text        check (decision in ('dismissed', 'warned', 'removed')),
    version_id   bigint      references post_versions (id),
    check ((subject_kind = 'member') = (place_id is null)),
    check ((decided_at is null) = (decision is null))
);
insert into flags_before (id, place_id, subject_kind, subject_id, by_id, reason, words, created_at, version_id, decided_at, decided_by, decision)
    select id, place_id, subject_kind, subject_id, by_id, reason, words, created_at, version_id, decided_at, decided_by, decision from flags;
drop table flags;
alter table flags_before rename to flags;
create index flags_open on flags (created_at, id) where decided_at is null;
create unique index flags_once on flags (by_id, subject_kind, subject_id) where decided_at is null;
create index flags_by_subject on flags (subject_kind, subject_id, created_at, id);
delete from search_rows where kind = 'letter';
create table search_rows_before (
    id        bigint           primary key,
    kind      text             not null check (kind in ('topic', 'post', 'message', 'member')),
    place_id  bigint           references places (id),
    author_id bigint           not null references members (id),
    at        datetime         not null,
    image     boolean          not null default false,
    likes     bigint           not null default 0,
    worth     double precision not null,
    check ((place_id is null) = (kind = 'member'))
);
insert into search_rows_before select id, kind, place_id, author_id, at, image, likes, worth from search_rows;
drop table search_rows;
alter table search_rows_before rename to search_rows;
create index search_rows_by_time on search_rows (at desc, id desc);
create index search_rows_by_author on search_rows (author_id, at desc, id desc);
create index search_rows_by_place on search_rows (place_id, at desc, id desc);
delete from drafts where kind in ('letter', 'answer');
create table drafts_before (
    id           bigint      primary key,
    member_id    bigint      not null references members (id),
    kind         text        not null check (kind in ('reply', 'topic', 'edit', 'message', 'page', 'scheduled')),
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
    around       text        not null default '',
    unique (member_id, kind, target_id),
    check ((kind in ('reply', 'edit', 'message')) = (place_id is not null) and (kind in ('topic', 'scheduled')) = (space_id is not null))
);
insert into drafts_before (id, member_id, kind, target_id, place_id, space_id, title, text, other, revision, begun_at, saved_at, discarded_at, around) select id, member_id, kind, target_id, place_id, space_id, title, text, other, revision, begun_at, saved_at, discarded_at, around from drafts;
create table draft_files_before as select draft_id, file_id from draft_files;
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
create index draft_files_by_file on draft_files (file_id);
insert into draft_files select draft_id, file_id from draft_files_before;
drop table draft_files_before;
alter table told_settings drop column letter_titles;
drop index audits_of_letters;
drop table letter_copies;
drop table letter_people;
drop table letters;
drop table letter_threads;
