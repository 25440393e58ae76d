-- +goose Up
-- What is being written, what was written before, and whom one may call.

-- What a member has begun and not posted: one for each place of writing. Whoever saves says which
-- revision they went on from; a text that went on from an older one stands beside, as other.
create table drafts (
    id           bigint      primary key,
    member_id    bigint      not null references members (id),
    kind         text        not null check (kind in ('reply', 'topic', 'edit', 'message')),
    target_id    bigint      not null,                          -- the topic, the space, the post, the room
    place_id     bigint      references places (id),            -- where it would hang; a new topic hangs nowhere yet
    space_id     bigint      references spaces (id),            -- in which that would be begun
    title        text        not null default '',
    text         text        not null default '',
    other        text        not null default '',
    revision     bigint      not null check (revision >= 1),
    begun_at     datetime    not null,
    saved_at     datetime    not null,
    discarded_at datetime,                                      -- it can be brought back for a while
    unique (member_id, kind, target_id),
    check ((kind = 'topic') = (place_id is null) and (kind = 'topic') = (space_id is not null))
);
create index drafts_by_member on drafts (member_id, saved_at desc, id desc);
create index drafts_by_age on drafts (saved_at);

-- Files that a draft names: they hang on nothing yet, and are kept as long as it lives.
create table draft_files (
    draft_id bigint not null references drafts (id) on delete cascade,
    file_id  bigint not null references files (id) on delete cascade,
    primary key (draft_id, file_id)
);
create index draft_files_by_file on draft_files (file_id);

-- What a post said from then on. A post that was neither changed nor reported has none.
create table post_versions (
    id         bigint      primary key,
    post_id    bigint      not null references posts (id),
    number     integer     not null check (number >= 1),
    source     text        not null,
    html       text        not null,
    by_id      bigint      not null references members (id),
    reason     text        not null default '',
    at         datetime    not null,
    hidden_at  datetime,                                        -- by a moderator, for a reason that is logged
    hidden_by  bigint      references members (id),
    unique (post_id, number)
);

-- A report holds what it said when it was reported.
alter table flags add column version_id bigint references post_versions (id);

-- By which a group is called in a text, and by whom it may be.
alter table groups add column handle text;
alter table groups add column called_by text not null default 'nobody' check (called_by in ('nobody', 'staff', 'group', 'members'));
create unique index groups_by_handle on groups (handle) where handle is not null;

-- +goose Down
drop index groups_by_handle;
alter table groups drop column called_by;
alter table groups drop column handle;
alter table flags drop column version_id;
drop table post_versions;
drop table draft_files;
drop table drafts;
