-- +goose Up
-- Everything that a viewer is made of.

-- Raised in the transaction of any change to what a member may do (member_id 0: to the club's
-- locks, tiers, ladder or sections). Whoever caches a right compares these first.
create table epochs (
    member_id bigint primary key,
    epoch     bigint not null default 0
);
insert into epochs (member_id, epoch) values (0, 1);

-- The lowest rank is everybody's; a grant lifts a member to a higher one between its dates.
create table tiers (
    id     bigint  primary key,
    rank   integer not null unique check (rank >= 1),
    name   text    not null unique check (name <> ''),
    words  text    not null default '',
    terms  text    not null default '',               -- how one comes by it, in the owner's words
    perks  text    not null default '',               -- one a line: "icon text"
    ticket integer not null check (ticket between 1 and 4)
);

create table grants (
    id           bigint      primary key,
    member_id    bigint      not null references members (id),
    tier_id      bigint      not null references tiers (id),
    starts_at    datetime    not null,
    ends_at      datetime,   
    source       text        not null check (source in ('staff', 'purchase', 'earned', 'gift', 'guest', 'import')),
    reason       text        not null check (reason <> ''),  -- of an open-ended one, it says why
    granted_by   bigint      references members (id),
    created_at   datetime    not null,
    withdrawn_at datetime,   
    withdrawn_by bigint      references members (id),
    key          text        not null unique,                -- made by the client: a retry grants once
    check (ends_at is null or ends_at > starts_at)
);
create index grants_by_member on grants (member_id);

create table roles (
    member_id  bigint      primary key references members (id),
    role       text        not null check (role in ('owner')),
    granted_at datetime    not null
);

-- A moderator keeps the spaces of which they hold a seat.
create table seats (
    space_id  bigint      not null references spaces (id),
    member_id bigint      not null references members (id),
    given_by  bigint      references members (id),
    since     datetime    not null,
    primary key (space_id, member_id)
);
create index seats_by_member on seats (member_id);

create table groups (
    id    bigint primary key,
    name  text   not null unique check (name <> ''),
    words text   not null default ''
);
create table group_members (
    group_id  bigint      not null references groups (id),
    member_id bigint      not null references members (id),
    starts_at datetime    not null,
    ends_at   datetime,   
    added_by  bigint      references members (id),
    primary key (group_id, member_id)
);
create index group_members_by_member on group_members (member_id);

create table sanctions (
    id         bigint      primary key,
    member_id  bigint      not null references members (id),
    kind       text        not null check (kind in ('suspended')),
    starts_at  datetime    not null,
    ends_at    datetime,   
    reason     text        not null check (reason <> ''),
    by_id      bigint      references members (id),
    lifted_at  datetime
);
create index sanctions_by_member on sanctions (member_id);

-- A lock is a list of alternatives, an alternative a set of keys all of which are needed. A verb
-- without rows has no lock of its own: the verb above it decides.
create table locks (
    id          bigint  primary key,
    space_id    bigint  not null references spaces (id),
    verb        text    not null check (verb in ('see', 'read', 'start', 'reply', 'chat')),
    alternative integer not null check (alternative >= 1),
    kind        text    not null check (kind in ('anyone', 'signed_in', 'tier', 'status', 'score', 'badge', 'group', 'tenure', 'role', 'member')),
    ref_id      bigint  not null default 0,    -- the tier, badge, group or member
    amount      bigint  not null default 0,    -- the rung, the score, the days; of role: 1 owner, 2 any moderator
    unique (space_id, verb, alternative, kind, ref_id, amount)
);

-- +goose Down
drop table locks;
drop table sanctions;
drop table group_members;
drop table groups;
drop table seats;
drop table roles;
drop table grants;
drop table tiers;
drop table epochs;
