-- +goose Up
-- What every later table leans on: the club's settings, who is a member, and where things stand.

-- Numbers that only grow: how often the program started (it seeds the keys), the members' numbers.
create table counters (
    name  text   primary key,
    value bigint not null check (value >= 0)
);
insert into counters (name, value) values ('starts', 0), ('members', 0);

-- The club itself: one row, and none before it is founded.
create table clubs (
    id         integer     primary key check (id = 1),
    name       text        not null check (name <> ''),
    tagline    text        not null default '',
    hue        integer     not null default 162 check (hue between 0 and 360),
    zone       text        not null,          -- IANA name: the club's calendar day is a day there
    rules      text        not null default '',
    rules_html text        not null default '',
    rules_at   datetime    not null,          -- the version that a member agreed to is this instant
    words      text        not null default '{}',  -- the club's own nouns, as JSON
    founded_at datetime    not null
);

-- Opens the first set-up page, once.
create table owner_links (
    id         bigint      primary key,
    hash       text        not null unique,
    created_at datetime    not null,
    expires_at datetime    not null,
    used_at    datetime
);

-- A member is never deleted: leaving empties the row, and posts read "a former member".
create table members (
    id           bigint      primary key,
    number       bigint      not null unique,
    handle       text        not null unique check (handle = lower(handle)),
    name         text        not null,
    bio          text        not null default '',
    zone         text        not null default 'UTC',
    picture      text        not null default '',      -- hash of a row in pictures, or none
    theme        text        not null default 'system' check (theme in ('system', 'light', 'dark')),
    on_boards    boolean     not null default true,
    joined_at    datetime    not null,
    seen_at      datetime    not null,
    caught_up_at datetime    not null,                 -- home counts what is new since then
    rules_at     datetime    not null,                 -- which version of the rules was agreed to
    invited_by   bigint      references members (id),
    left_at      datetime
);

create table pictures (
    hash       text        primary key,                -- of the re-encoded bytes
    member_id  bigint      not null references members (id),
    mime       text        not null check (mime in ('image/jpeg', 'image/png')),
    body       blob        not null,
    created_at datetime    not null
);
create index pictures_by_member on pictures (member_id);

create table sections (
    id       bigint  primary key,
    name     text    not null check (name <> ''),
    position integer not null
);

create table spaces (
    id          bigint      primary key,
    section_id  bigint      not null references sections (id),
    slug        text        not null unique check (slug <> ''),
    name        text        not null check (name <> ''),
    about       text        not null default '',       -- what it is: shown on its page and on its door
    teaser      text        not null default '',       -- the owner's line on the closed door
    icon        text        not null default 'i-chat',
    position    integer     not null,
    kind        text        not null default 'talk' check (kind in ('talk', 'questions')),
    chat        boolean     not null default false,
    scores      boolean     not null default true,     -- whether acts here count towards the public score
    door_titles boolean     not null default false,
    door_counts boolean     not null default false,
    door_people boolean     not null default false,
    door_taster boolean     not null default false,
    created_at  datetime    not null
);

-- Where things hang: every topic, room and letter thread. Whatever hangs on one holds its id,
-- so one condition on this table decides every list.
create table places (
    id         bigint      primary key,
    space_id   bigint      references spaces (id),
    kind       text        not null check (kind in ('topic', 'room')),
    hidden     boolean     not null default false,
    hidden_by  bigint      references members (id),
    hidden_at  datetime,   
    taster     boolean     not null default false,
    unique (id, space_id)
);
create index places_by_space on places (space_id, kind);
create unique index places_taster on places (space_id) where taster;

-- The log of one place: gapless, given in the transaction of each change, kept 30 days.
create table streams (
    place_id bigint primary key references places (id),
    seq      bigint not null default 0 check (seq >= 0)
);
create table changes (
    place_id   bigint      not null references places (id),
    seq        bigint      not null,
    kind       text        not null,
    subject_id bigint      not null,
    at         datetime    not null,
    primary key (place_id, seq)
);
create index changes_by_time on changes (at);

create table audits (
    id         bigint      primary key,
    at         datetime    not null,
    by_id      bigint      references members (id),
    what       text        not null,
    space_id   bigint      references spaces (id),
    subject_id bigint      not null,
    why        text        not null default '',
    detail     text        not null default ''
);
create index audits_by_time on audits (at);

-- Work that must not be lost. A worker that was paused for too long finds its fence raised.
create table jobs (
    id         bigint      primary key,
    kind       text        not null,
    key        text        unique,                     -- the same key twice is one job
    payload    text        not null,
    state      text        not null default 'waiting' check (state in ('waiting', 'running', 'done', 'dead')),
    priority   integer     not null default 5,         -- lower goes first: sign-in mail before digests
    run_at     datetime    not null,
    attempts   integer     not null default 0,
    fence      bigint      not null default 0,
    locked_at  datetime,   
    error      text        not null default '',
    created_at datetime    not null,
    done_at    datetime
);
create index jobs_due on jobs (state, priority, run_at);

-- +goose Down
drop table jobs;
drop table audits;
drop table changes;
drop table streams;
drop table places;
drop table spaces;
drop table sections;
drop table pictures;
drop table members;
drop table owner_links;
drop table clubs;
drop table counters;
