-- +goose Up
-- Places that belong to people and to no space: direct rooms, rooms of a few, and letters. And what those who
-- look after a room of a space may say of it.

-- A check is changed with its column. No key holds to this one, so nothing else is touched.
drop index places_by_space;
alter table places add column kind_next text not null default 'topic' check (kind_next in ('topic', 'room', 'letter'));
update places set kind_next = kind;
alter table places drop column kind;
alter table places rename column kind_next to kind;
create index places_by_space on places (space_id, kind);

-- Who is in a place without a space. Nobody else reads it: no lock opens it, no seat and no office.
create table place_people (
    place_id  bigint      not null references places (id),
    member_id bigint      not null references members (id),
    joined_at datetime    not null,
    added_by  bigint      references members (id),
    left_at   datetime   ,                            -- from then on it is closed to them
    primary key (place_id, member_id)
);
create index place_people_by_member on place_people (member_id, place_id) where left_at is null;

-- A room without a space is a row of the same table, so it is made anew; what is said in it waits until the end.
pragma defer_foreign_keys = on;
create table rooms_before (id bigint primary key, space_id bigint, created_at datetime);
insert into rooms_before select id, space_id, created_at from rooms;
drop table rooms;
create table rooms (
    id           bigint   primary key references places (id),
    space_id     bigint   unique,
    created_at   datetime not null,
    name         text     not null default '',               -- of a room of a few; else its people are its name
    people_key   text     unique,                            -- who is in a direct room: the same people, the same room
    made_by      bigint   references members (id),           -- of a direct room
    topic        text     not null default '',               -- one line
    manners      text     not null default '',               -- Markdown
    manners_html text     not null default '',
    slow_seconds bigint   not null default 0 check (slow_seconds >= 0),
    slow_by      bigint   references members (id),
    slow_why     text     not null default '',
    read_only    boolean  not null default false,
    keep_days    bigint   not null default 0 check (keep_days >= 0),  -- 0: everything is kept
    cut_seq      bigint   not null default 0,                -- the next sweep of what is too old begins after it
    check ((space_id is null) = (made_by is not null)),
    foreign key (id, space_id) references places (id, space_id) on update cascade
);
insert into rooms (id, space_id, created_at) select id, space_id, created_at from rooms_before;
drop table rooms_before;

create index rooms_by_maker on rooms (made_by, created_at) where made_by is not null;
create index rooms_kept on rooms (id) where keep_days > 0;

-- +goose Down
drop index rooms_kept;
drop index rooms_by_maker;
pragma defer_foreign_keys = on;
create table rooms_before (id bigint primary key, space_id bigint not null, created_at datetime);
insert into rooms_before select id, space_id, created_at from rooms;
drop table rooms;
create table rooms (
    id         bigint      primary key,
    space_id   bigint      not null unique,
    created_at datetime    not null,
    foreign key (id, space_id) references places (id, space_id) on update cascade
);
insert into rooms (id, space_id, created_at) select id, space_id, created_at from rooms_before;
drop table rooms_before;
drop table place_people;
drop index places_by_space;
alter table places add column kind_next text not null default 'topic' check (kind_next in ('topic', 'room'));
update places set kind_next = kind;
alter table places drop column kind;
alter table places rename column kind_next to kind;
create index places_by_space on places (space_id, kind);
