-- +goose Up
-- A message may answer another: its root, which is never itself an answer. What the room shows of a
-- thread stands at the root, so that a page of messages asks nothing more for it.
alter table messages add column root_id bigint references messages (id);
alter table messages add column replies bigint not null default 0;    -- in its thread, that can be read
alter table messages add column replied_at timestamptz;                  -- when the last of them came
alter table messages add column repliers text not null default '';    -- who wrote last, at most three, the latest first

-- What became of a message: it is pinned, it was forwarded from another, or a topic was made of it.
alter table messages add column pinned_at timestamptz;
alter table messages add column pinned_by bigint references members (id);
alter table messages add column origin_id bigint references messages (id);
alter table messages add column topic_id bigint references topics (id);

create index messages_by_origin on messages (origin_id) where origin_id is not null;
create index messages_in_thread on messages (root_id, seq) where root_id is not null;
create index messages_pinned on messages (room_id, pinned_at desc) where pinned_at is not null;

-- How far a member has read a thread, and whether they follow it. Who wrote in one follows it until
-- they say otherwise.
create table thread_reads (
    member_id bigint   not null references members (id),
    root_id   bigint   not null references messages (id),
    room_id   bigint   not null references rooms (id),
    seq       bigint   not null default 0,
    follows   boolean  not null default false,
    at        timestamptz not null,
    primary key (member_id, root_id)
);
create index thread_followers on thread_reads (root_id) where follows;

-- How closely a member follows a room: 0 not at all, 1 what mentions them, 2 everything, as is usual.
create table room_levels (
    member_id bigint   not null references members (id),
    room_id   bigint   not null references rooms (id),
    level     integer  not null check (level in (0, 1, 2)),
    at        timestamptz not null,
    primary key (member_id, room_id)
);

-- What a message said, from its first change on: the last one is what it says now.
create table message_versions (
    id         bigint   primary key,
    message_id bigint   not null references messages (id),
    number     integer  not null check (number >= 1),
    source     text     not null,
    at         timestamptz not null,
    unique (message_id, number)
);

-- +goose Down
drop table message_versions;
drop table room_levels;
drop table thread_reads;
drop index messages_pinned;
drop index messages_in_thread;
drop index messages_by_origin;
alter table messages drop column topic_id;
alter table messages drop column origin_id;
alter table messages drop column pinned_by;
alter table messages drop column pinned_at;
alter table messages drop column repliers;
alter table messages drop column replied_at;
alter table messages drop column replies;
alter table messages drop column root_id;
