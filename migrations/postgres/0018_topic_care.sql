-- +goose Up
-- What those who look after a space do with its topics.

-- An unlisted place is read by whoever has its address, and stands in no list; on an archived one nobody changes
-- anything. Both stand here, where one condition decides every list and one predicate every act.
alter table places add column unlisted boolean not null default false;
alter table places add column archived boolean not null default false;

alter table topics add column pinned_until timestamptz;                        -- a pin past it is none
alter table topics add column slow_seconds bigint not null default 0 check (slow_seconds >= 0);
alter table topics add column slow_by bigint references members (id);
alter table topics add column slow_why text not null default '';
alter table topics add column timers text not null default '';               -- JSON: orders that wait, few and read with the topic
alter table topics add column lines text not null default '';                -- JSON: what readers are told of between the posts
alter table topics add column merged_into bigint references topics (id);     -- where its posts stand now

-- What staff say beside a post, to everybody who reads it.
alter table posts add column notice text not null default '';
alter table posts add column notice_html text not null default '';
alter table posts add column notice_by bigint references members (id);
alter table posts add column notice_at timestamptz;

-- When a member last replied in a topic with slow mode: what the composer counts down from.
alter table topic_reads add column replied_at timestamptz;

-- Where a post went that stood at a number of a topic. The number is not given again.
create table moved_posts (
    topic_id bigint   not null references topics (id),
    number   bigint   not null,
    post_id  bigint   not null references posts (id),
    at       timestamptz not null,
    primary key (topic_id, number)
);
create index moved_posts_by_post on moved_posts (post_id);

-- A deed is found by its place, and knows how to be undone. Those of one batch were done at once.
alter table audits add column place_id bigint references places (id);
alter table audits add column batch_id bigint;
alter table audits add column back text not null default '';                 -- JSON: what undoes it, if anything does
alter table audits add column undone_at timestamptz;
alter table audits add column undone_by bigint references members (id);
create index audits_by_place on audits (place_id, at desc, id desc) where place_id is not null;
create index audits_by_space on audits (space_id, at desc, id desc) where space_id is not null;
create index audits_by_batch on audits (batch_id) where batch_id is not null;

-- Topics that will be started at a time. Until then there is no topic: nothing to find, count or name.
create table scheduled_topics (
    id         bigint   primary key,
    space_id   bigint   not null references spaces (id),
    author_id  bigint   not null references members (id),
    key        text     not null,                                            -- made by the client: a retry schedules once
    title      text     not null check (title <> ''),
    source     text     not null check (source <> ''),
    publish_at timestamptz not null,
    state      text     not null default 'waiting' check (state in ('waiting', 'published', 'refused', 'cancelled')),
    refused    text     not null default '',                                 -- why it was not started, as its author reads it
    topic_id   bigint   references topics (id),
    created_at timestamptz not null,
    unique (author_id, key)
);
create index scheduled_topics_by_author on scheduled_topics (author_id, publish_at) where state in ('waiting', 'refused');
create index scheduled_topics_by_space on scheduled_topics (space_id, publish_at) where state = 'waiting';

-- Texts that those who keep a space have at hand, and those with which a new topic there begins.
create table saved_replies (
    id         bigint   primary key,
    space_id   bigint   not null references spaces (id),
    name       text     not null check (name <> ''),
    text       text     not null check (text <> ''),
    by_id      bigint   not null references members (id),
    changed_at timestamptz not null,
    unique (space_id, name)
);
create table topic_templates (
    id         bigint   primary key,
    space_id   bigint   not null references spaces (id),
    name       text     not null check (name <> ''),
    title      text     not null default '',
    text       text     not null check (text <> ''),
    first      boolean  not null default false,                              -- the one that the form begins with
    by_id      bigint   not null references members (id),
    changed_at timestamptz not null,
    unique (space_id, name)
);
create unique index topic_templates_first on topic_templates (space_id) where first;

-- +goose Down
drop table topic_templates;
drop table saved_replies;
drop table scheduled_topics;
delete from jobs where kind in ('topic.timer', 'topic.publish');
drop index audits_by_batch;
drop index audits_by_space;
drop index audits_by_place;
alter table audits drop column undone_by;
alter table audits drop column undone_at;
alter table audits drop column back;
alter table audits drop column batch_id;
alter table audits drop column place_id;
drop table moved_posts;
alter table topic_reads drop column replied_at;
alter table posts drop column notice_at;
alter table posts drop column notice_by;
alter table posts drop column notice_html;
alter table posts drop column notice;
alter table topics drop column merged_into;
alter table topics drop column lines;
alter table topics drop column timers;
alter table topics drop column slow_why;
alter table topics drop column slow_by;
alter table topics drop column slow_seconds;
alter table topics drop column pinned_until;
alter table places drop column archived;
alter table places drop column unlisted;
