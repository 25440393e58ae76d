-- +goose Up
-- Places that belong to people and to no space: direct rooms, rooms of a few, and letters. And what those who
-- look after a room of a space may say of it.

alter table places drop constraint places_kind_check;
alter table places add constraint places_kind_check check (kind in ('topic', 'room', 'letter'));

-- Who is in a place without a space. Nobody else reads it: no lock opens it, no seat and no office.
create table place_people (
    place_id  bigint      not null references places (id),
    member_id bigint      not null references members (id),
    joined_at timestamptz not null,
    added_by  bigint      references members (id),
    left_at   timestamptz,                            -- from then on it is closed to them
    primary key (place_id, member_id)
);
create index place_people_by_member on place_people (member_id, place_id) where left_at is null;

alter table rooms alter column space_id drop not null;
alter table rooms add column name text not null default '';                -- of a room of a few; else its people are its name
alter table rooms add column people_key text unique;                       -- who is in a direct room: the same people, the same room
alter table rooms add column made_by bigint references members (id);       -- of a direct room
alter table rooms add column topic text not null default '';               -- one line
alter table rooms add column manners text not null default '';             -- Markdown
alter table rooms add column manners_html text not null default '';
alter table rooms add column slow_seconds bigint not null default 0 check (slow_seconds >= 0);
alter table rooms add column slow_by bigint references members (id);
alter table rooms add column slow_why text not null default '';
alter table rooms add column read_only boolean not null default false;
alter table rooms add column keep_days bigint not null default 0 check (keep_days >= 0);  -- 0: everything is kept
alter table rooms add column cut_seq bigint not null default 0;            -- the next sweep of what is too old begins after it
alter table rooms add constraint rooms_of_somebody check ((space_id is null) = (made_by is not null));
alter table rooms add foreign key (id) references places (id);

create index rooms_by_maker on rooms (made_by, created_at) where made_by is not null;
create index rooms_kept on rooms (id) where keep_days > 0;

-- +goose Down
drop index rooms_kept;
drop index rooms_by_maker;
alter table rooms drop constraint rooms_id_fkey;
alter table rooms drop constraint rooms_of_somebody;
alter table rooms drop column cut_seq, drop column keep_days, drop column read_only, drop column slow_why, drop column slow_by, drop column slow_seconds,
    drop column manners_html, drop column manners, drop column topic, drop column made_by, drop column people_key, drop column name;
alter table rooms alter column space_id set not null;
drop table place_people;
alter table places drop constraint places_kind_check;
alter table places add constraint places_kind_check check (kind in ('topic', 'room'));
