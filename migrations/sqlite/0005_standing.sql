-- +goose Up
-- The participation ledger: one row for each act that counts. An act is a fact; what it is
-- worth stands beside it per edition of the rules, so a changed rule is a fold and never a repair.

create table editions (
    id           bigint           primary key,
    number       integer          not null unique,
    half_life    real             not null check (half_life = 0 or half_life between 7 and 3650),  -- days; 0 never fades
    epoch        datetime         not null,            -- the instant at which a weight counts as it is
    published_at datetime         not null,
    mutual       integer          not null default 0,  -- so many each way on a day, and a pair's further acts count half; 0: never
    stamp        bigint           not null unique,     -- anew with any change of weights, ladder or badges: whoever keeps the rules in mind compares it
    current      boolean          not null default false
);
create unique index editions_current on editions (current) where current;

create table edition_weights (
    edition_id bigint           not null references editions (id),
    kind       text             not null,
    weight     real             not null check (weight = 0 or weight between 0.000001 and 1000),
    per_day    integer          not null default 0,    -- how many of a day count; 0: all
    per_giver  integer          not null default 0,    -- how many of a day from one giver count; 0: all
    primary key (edition_id, kind)
);

create table acts (
    id          bigint      primary key,
    member_id   bigint      not null references members (id),
    actor_id    bigint      not null references members (id),
    kind        text        not null,
    subject_id  bigint      not null,
    place_id    bigint      references places (id),
    space_id    bigint      references spaces (id),     -- where it was when it happened
    day         text        not null,                   -- the club's calendar day
    times       integer     not null default 1 check (times > 0),
    at          datetime    not null,
    voided_at   datetime,
    voided_with boolean     not null default false,     -- it went with its subject, and comes back with it
    past_cap    boolean     not null default false,     -- the line on which a day's further acts are counted; its subject is itself
    unique (subject_id, kind, actor_id, member_id)      -- a retry cannot earn twice; taking it up again revives the row
);
create index acts_by_member on acts (member_id, at, id);
create index acts_by_kind on acts (member_id, kind, day);
create unique index acts_past_cap on acts (member_id, actor_id, kind, day) where past_cap;

create table worths (
    edition_id bigint           not null references editions (id),
    act_id     bigint           not null references acts (id),
    weight     real             not null,
    cap        text             not null default '',   -- the rule that cut it, or none
    primary key (act_id, edition_id)  -- in this order: a query goes from lines to their worth
);

-- What a member's acts of one month add up to at the edition's epoch, by kind and space, and
-- beside it the plain weights as they were given. S is the sum of these, and so is the ledger.
create table folds (
    edition_id bigint           not null references editions (id),
    member_id  bigint           not null references members (id),
    month      text             not null,              -- of the club's calendar: 2026-11
    kind       text             not null,
    space_id   bigint           not null,              -- 0: nowhere
    s          real             not null,
    given      real             not null,
    acts       integer          not null check (acts >= 0),   -- lines
    times      integer          not null check (times >= acts),
    primary key (edition_id, member_id, month, kind, space_id)
);

create table standings (
    edition_id bigint           not null references editions (id),
    member_id  bigint           not null references members (id),
    s          real             not null default 0,
    acts       integer          not null default 0,
    last_at    datetime         not null,              -- of the last line; no age is negative
    rung       integer          not null default 1 check (rung between 1 and 6),
    since      datetime         not null,              -- when the rung, or its present term, began
    falls_at   datetime,                               -- when the rung falls by itself if nothing is done
    listed     boolean          not null default true, -- on the boards: not staff, not opted out
    primary key (edition_id, member_id)
);
create index standings_board on standings (edition_id, s desc, member_id) where listed;
create index standings_falls on standings (falls_at);

create table rungs (
    position integer primary key check (position between 1 and 6),
    name     text    not null unique check (name <> ''),
    pin      integer not null check (pin between 1 and 6),
    enter    bigint  not null check (enter >= 0),
    keep     bigint  not null check (keep >= 0),
    term     integer not null default 0 check (term >= 0),   -- days
    rest     integer not null default 0 check (rest >= 0),   -- days a status is held while its member is away
    check (position = 1 or enter > keep)
);

create table badges (
    id       bigint  primary key,
    position integer not null,
    key      text    not null unique,
    name     text    not null unique check (name <> ''),
    words    text    not null,
    icon     text    not null,
    tone     integer not null default 1,
    rule     text    not null check (rule in ('count', 'people', 'streak', 'first', 'within', 'hand')),
    kinds    text    not null default '',              -- of acts, with blanks between
    amount   integer not null default 1 check (amount >= 1),
    days     integer not null default 0,               -- 'within': in so many days of joining
    space_id bigint  references spaces (id)
);

create table badge_holders (
    badge_id  bigint      not null references badges (id),
    member_id bigint      not null references members (id),
    act_id    bigint      references acts (id),        -- the line that earned it
    given_by  bigint      references members (id),
    at        datetime    not null,
    primary key (badge_id, member_id)
);
create index badge_holders_by_member on badge_holders (member_id);

-- Plain points by period, for boards on which everybody starts level.
create table boards (
    edition_id bigint           not null references editions (id),
    period     text             not null,              -- 2026-11, 2026-W47
    space_id   bigint           not null,              -- 0: the whole club
    member_id  bigint           not null references members (id),
    points     real             not null,
    listed     boolean          not null default true,
    primary key (edition_id, period, space_id, member_id)
);
create index boards_top on boards (edition_id, period, space_id, points desc, member_id) where listed;
create index boards_by_member on boards (member_id);

-- +goose Down
drop table boards;
drop table badge_holders;
drop table badges;
drop table rungs;
drop table standings;
drop table folds;
drop table worths;
drop table acts;
drop table edition_weights;
drop table editions;
