-- +goose Up
-- What helps one to read: tags, what is new, what one keeps, follows and leaves out.

-- A name is kept as everybody finds it: small letters, composed, with hyphens for blanks.
create table tags (
    id         bigint      primary key,
    name       text        not null unique check (name <> ''),
    made_by    bigint      references members (id),
    created_at timestamptz not null
);

-- What a tag was called before it was renamed or became part of another: old addresses lead on.
create table tag_names (
    name   text   primary key,
    tag_id bigint not null references tags (id)
);
create index tag_names_by_tag on tag_names (tag_id);

-- The activity of the topic stands here too, so that a tag's list is read in its order.
create table topic_tags (
    topic_id  bigint      not null references topics (id),
    tag_id    bigint      not null references tags (id),
    active_at timestamptz not null,
    primary key (topic_id, tag_id)
);
create index topic_tags_by_tag on topic_tags (tag_id, active_at desc, topic_id desc);

-- Who may make a tag that was not there: one row.
create table tag_rules (
    id     integer primary key check (id = 1),
    makers text    not null check (makers in ('starters', 'status', 'tier', 'moderators', 'owners')),
    ref_id bigint  not null default 0           -- the rung's position, or the tier
);
insert into tag_rules (id, makers) values (1, 'starters');

-- What a space asks of its topics: at least so many tags, and only those of its list where it has one.
create table space_tag_rules (
    space_id bigint  primary key references spaces (id),
    least    integer not null check (least between 0 and 5)
);
create table space_tags (
    space_id bigint not null references spaces (id),
    tag_id   bigint not null references tags (id),
    primary key (space_id, tag_id)
);
create index space_tags_by_tag on space_tags (tag_id);

-- How closely a member follows something. No row: normal, unless what it stands in has one.
create table watches (
    member_id  bigint      not null references members (id),
    kind       text        not null check (kind in ('topic', 'tag', 'space')),
    subject_id bigint      not null,
    level      integer     not null check (level between 0 and 3), -- muted, normal, tracking, watching
    at         timestamptz not null,
    primary key (member_id, kind, subject_id)
);
create index watches_by_subject on watches (kind, subject_id, member_id) where level = 3;

-- What happens by itself as a member reads and writes. No row: what the program does otherwise.
create table reading_ways (
    member_id   bigint  primary key references members (id),
    track_after integer not null,                -- minutes of coming back to a topic; -1: never
    on_reply    integer not null check (on_reply between 1 and 3)
);

-- What is older than this is not new to a member, in one space or (0) anywhere.
create table new_marks (
    member_id bigint      not null references members (id),
    space_id  bigint      not null,
    at        timestamptz not null,
    primary key (member_id, space_id)
);

-- Since when one has read a topic.
alter table topic_reads add column since timestamptz;
create index topic_reads_lately on topic_reads (member_id, at desc, topic_id);

-- What a topic is worth to a list of the best: replies, and likes twice. Each act counts in two
-- stretches of a period, so that a list is never empty on the first day of one.
create table topic_tops (
    topic_id bigint  not null,
    space_id bigint  not null,
    period   text    not null check (period in ('week', 'month', 'quarter', 'year', 'all')),
    stretch  integer not null,
    worth    bigint  not null,
    primary key (topic_id, period, stretch),
    foreign key (topic_id, space_id) references places (id, space_id) on update cascade
);
create index topic_tops_everywhere on topic_tops (period, stretch, worth desc, topic_id desc);
create index topic_tops_in_space on topic_tops (space_id, period, stretch, worth desc, topic_id desc);

-- What there was before: of all times, since the shorter periods fill by themselves.
insert into topic_tops (topic_id, space_id, period, stretch, worth)
    select id, space_id, 'all', 0, posts - 1 + 2 * coalesce((select count(*) from post_reactions join posts on posts.id = post_reactions.post_id where posts.topic_id = topics.id), 0)
    from topics where posts > 0;

create index topics_latest on topics (active_at desc, id desc);
create index topics_newest on topics (created_at desc, id desc);
create index topics_newest_in_space on topics (space_id, created_at desc, id desc);
create index topics_solved on topics (space_id, active_at desc, id desc) where answer_id is not null;

-- Posts that a member keeps, to come back to. A topic is kept by its first post.
create table bookmarks (
    id         bigint      primary key,
    member_id  bigint      not null references members (id),
    post_id    bigint      not null references posts (id),
    note       text        not null default '',
    remind_at  timestamptz,
    told_at    timestamptz,                      -- when they were reminded last
    created_at timestamptz not null,
    removed_at timestamptz,                      -- it can be brought back for a while
    unique (member_id, post_id)
);
create index bookmarks_by_member on bookmarks (member_id, created_at desc, id desc) where removed_at is null;

-- Whose posts a member would rather not read. Nobody else knows.
create table ignores (
    member_id  bigint      not null references members (id),
    ignored_id bigint      not null references members (id),
    since      timestamptz not null,
    until      timestamptz,
    primary key (member_id, ignored_id)
);

-- What owners put before everybody who may read it, until each has dismissed it or it ends.
create table announcements (
    topic_id bigint      primary key references topics (id),
    by_id    bigint      not null references members (id),
    at       timestamptz not null,
    until    timestamptz
);
create table announcements_seen (
    member_id bigint      not null references members (id),
    topic_id  bigint      not null references announcements (topic_id) on delete cascade,
    at        timestamptz not null,
    primary key (member_id, topic_id)
);

-- +goose Down
drop table announcements_seen;
drop table announcements;
drop table ignores;
drop table bookmarks;
drop index topics_solved;
drop index topics_newest_in_space;
drop index topics_newest;
drop index topics_latest;
drop table topic_tops;
drop index topic_reads_lately;
alter table topic_reads drop column since;
drop table new_marks;
drop table reading_ways;
drop table watches;
drop table space_tags;
drop table space_tag_rules;
drop table tag_rules;
drop table topic_tags;
drop table tag_names;
drop table tags;
