-- +goose Up
-- Letters: private, titled, unhurried writing between a few people. Who reads them stands in place_people: a
-- letter is there for its readers from its delivery on, and for its writer alone until then.

create table letter_threads (
    id         bigint   primary key references places (id),
    title      text     not null check (title <> ''),
    by_id      bigint   not null references members (id),
    key        text     not null,                               -- made by the client: a retry begins one
    letters    bigint   not null default 0 check (letters >= 0), -- that were delivered: the number of the last
    created_at timestamptz not null,
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
    written_at   timestamptz not null,
    deliver_at   timestamptz not null,
    delivered_at timestamptz,
    refused      text     not null default '',                  -- why it could not be delivered, as its writer reads it
    removed_at   timestamptz,
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
    last_at     timestamptz,
    unread      bigint   not null default 0 check (unread >= 0),
    read_number bigint   not null default 0,                    -- the last that they have read
    put_away_at timestamptz,
    left_at     timestamptz,
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
alter table drafts drop constraint drafts_kind_check;
alter table drafts add constraint drafts_kind_check check (kind in ('reply', 'topic', 'edit', 'message', 'page', 'scheduled', 'letter', 'answer'));
alter table drafts drop constraint drafts_check;
alter table drafts add constraint drafts_check check ((kind in ('reply', 'edit', 'message', 'answer')) = (place_id is not null) and (kind in ('topic', 'scheduled')) = (space_id is not null));

-- A letter is found by those who have it.
alter table search_rows drop constraint search_rows_kind_check;
alter table search_rows add constraint search_rows_kind_check check (kind in ('topic', 'post', 'message', 'letter', 'member'));

-- A letter that was reported is the owners' to decide about, and nothing of it but that one letter.
alter table flags drop constraint flags_subject_kind_check;
alter table flags add constraint flags_subject_kind_check check (subject_kind in ('post', 'message', 'member', 'letter'));
alter table flags drop constraint flags_check;
alter table flags add constraint flags_check check ((subject_kind in ('member', 'letter')) = (place_id is null));

-- +goose Down
delete from jobs where kind = 'letter.deliver';
delete from notifications where kind in ('letter', 'letter_back');
delete from flags where subject_kind = 'letter';
alter table flags drop constraint flags_check;
alter table flags add constraint flags_check check ((subject_kind = 'member') = (place_id is null));
alter table flags drop constraint flags_subject_kind_check;
alter table flags add constraint flags_subject_kind_check check (subject_kind in ('post', 'message', 'member'));
delete from search_rows where kind = 'letter';
alter table search_rows drop constraint search_rows_kind_check;
alter table search_rows add constraint search_rows_kind_check check (kind in ('topic', 'post', 'message', 'member'));
delete from drafts where kind in ('letter', 'answer');
alter table drafts drop constraint drafts_check;
alter table drafts add constraint drafts_check check ((kind in ('reply', 'edit', 'message')) = (place_id is not null) and (kind in ('topic', 'scheduled')) = (space_id is not null));
alter table drafts drop constraint drafts_kind_check;
alter table drafts add constraint drafts_kind_check check (kind in ('reply', 'topic', 'edit', 'message', 'page', 'scheduled'));
alter table told_settings drop column letter_titles;
drop index audits_of_letters;
drop table letter_copies;
drop table letter_people;
drop table letters;
drop table letter_threads;
