-- +goose Up
-- What members upload. A file hangs on one post or message, and holds the id of its place: who may
-- read those may have it, asked at each read. Until then it is its uploader's alone.

create table files (
    id          bigint      primary key,
    member_id   bigint      not null references members (id),
    key         text        not null,                            -- made by the client: a retry uploads once
    name        text        not null check (name <> ''),
    mime        text        not null,
    size        bigint      not null check (size > 0),           -- of all that is kept of it: what the quota counts
    width       integer     not null default 0,                  -- 0 for what is no picture
    height      integer     not null default 0,
    small_width integer     not null default 0,                  -- 0 where there is no smaller copy
    small_mime  text        not null default '',
    blob        text        not null unique,                     -- in the store; told to nobody
    subject_id  bigint,                                          -- the post or message it hangs on
    place_id    bigint      references places (id),
    withdrawn   boolean     not null default false,              -- what it hangs on was removed
    created_at  datetime    not null,
    loose_since datetime    not null,                            -- when it last came to hang on nothing
    unique (member_id, key),
    check ((subject_id is null) = (place_id is null))
);
create index files_by_subject on files (subject_id) where subject_id is not null;
create index files_loose on files (loose_since) where subject_id is null;

-- Bytes in the store that belong to no file: of an upload under way or interrupted, or of a file that
-- was swept. The name stands here before the bytes are written and until they are gone, so none is lost.
create table unclaimed (
    blob       text        primary key,
    since      datetime    not null
);
create index unclaimed_by_age on unclaimed (since);

-- +goose Down
drop table unclaimed;
drop table files;
