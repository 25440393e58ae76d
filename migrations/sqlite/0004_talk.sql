-- +goose Up
-- What members say: topics with posts, rooms with messages, and who has read how far.

create table topics (
    id          bigint      primary key,
    space_id    bigint      not null,
    author_id   bigint      not null references members (id),
    key         text        not null,                  -- made by the client: a retry starts one topic
    title       text        not null check (title <> ''),
    slug        text        not null,
    posts       bigint      not null default 0,        -- that can be read
    last_number bigint      not null default 0,        -- the highest ever given
    last_by     bigint      references members (id),
    created_at  datetime    not null,
    active_at   datetime    not null,
    pinned_at   datetime,   
    closed_at   datetime,   
    closed_by   bigint      references members (id),
    answer_id   bigint,                                -- the accepted post
    answered_at datetime,   
    unique (author_id, key),
    foreign key (id, space_id) references places (id, space_id) on update cascade
);
create index topics_by_activity on topics (space_id, active_at desc, id desc);
create index topics_by_author on topics (author_id, created_at);
create index topics_waiting on topics (space_id, created_at desc) where answer_id is null;

create table posts (
    id         bigint      primary key,
    topic_id   bigint      not null references topics (id),
    number     bigint      not null check (number >= 1),
    author_id  bigint      not null references members (id),
    key        text        not null,
    source     text        not null,
    html       text        not null,                   -- cooked once, at writing
    plain      text        not null,
    recipe     integer     not null,
    created_at datetime    not null,
    edited_at  datetime,   
    edited_by  bigint      references members (id),
    removed_at datetime,   
    removed_by bigint      references members (id),
    unique (topic_id, number),
    unique (author_id, key)
);
create index posts_by_author on posts (author_id, created_at);

create table post_reactions (
    post_id    bigint      not null references posts (id),
    member_id  bigint      not null references members (id),
    kind       text        not null,
    created_at datetime    not null,
    primary key (post_id, member_id, kind)
);

create table topic_reads (
    member_id bigint      not null references members (id),
    topic_id  bigint      not null references topics (id),
    number    bigint      not null,
    at        datetime    not null,
    primary key (member_id, topic_id)
);

-- When a member last looked at a space's list: what is active since then is new to them there.
create table space_reads (
    member_id bigint      not null references members (id),
    space_id  bigint      not null references spaces (id),
    at        datetime    not null,
    primary key (member_id, space_id)
);

create table rooms (
    id         bigint      primary key,
    space_id   bigint      not null unique,
    created_at datetime    not null,
    foreign key (id, space_id) references places (id, space_id) on update cascade
);

create table messages (
    id         bigint      primary key,
    room_id    bigint      not null references rooms (id),
    seq        bigint      not null,                   -- of the change that brought it
    author_id  bigint      not null references members (id),
    key        text        not null,
    source     text        not null,
    html       text        not null,
    plain      text        not null,
    recipe     integer     not null,
    created_at datetime    not null,
    edited_at  datetime,   
    removed_at datetime,   
    removed_by bigint      references members (id),
    unique (room_id, seq),
    unique (author_id, key)
);

create table message_reactions (
    message_id bigint      not null references messages (id),
    member_id  bigint      not null references members (id),
    kind       text        not null,
    created_at datetime    not null,
    primary key (message_id, member_id, kind)
);

create table room_reads (
    member_id bigint      not null references members (id),
    room_id   bigint      not null references rooms (id),
    seq       bigint      not null,
    at        datetime    not null,
    primary key (member_id, room_id)
);

-- References only: what a notification says is looked up, and allowed, when it is drawn.
create table notifications (
    id         bigint      primary key,
    member_id  bigint      not null references members (id),
    kind       text        not null,
    place_id   bigint      references places (id),
    subject_id bigint      not null,
    actor_id   bigint      references members (id),
    created_at datetime    not null,
    read_at    datetime,   
    unique (member_id, kind, subject_id, actor_id)
);
create index notifications_by_member on notifications (member_id, created_at desc, id desc);
create index notifications_unread on notifications (member_id) where read_at is null;

-- +goose Down
drop table notifications;
drop table room_reads;
drop table message_reactions;
drop table messages;
drop table rooms;
drop table space_reads;
drop table topic_reads;
drop table post_reactions;
drop table posts;
drop table topics;
