-- +goose Up
-- The club's own pages, what members agreed to, and what owners announce above every page.

-- A page that owners write. What it says is its latest version; a draft is the owners' alone.
create table pages (
    id         bigint      primary key,
    slug       text        not null unique check (slug <> '' and slug = lower(slug)),
    audience   text        not null default 'everyone' check (audience in ('everyone', 'members')),
    in_footer  boolean     not null default true,
    position   integer     not null,
    published  boolean     not null default false,
    starter    boolean     not null default false,  -- words that came with the program, to be adapted
    latest     integer     not null check (latest > 0),
    changed_at timestamptz not null
);

-- Every version that was saved, for good: what somebody agreed to can be read again.
create table page_versions (
    page_id bigint      not null references pages (id) on delete cascade,
    number  integer     not null check (number > 0),
    title   text        not null check (title <> ''),
    source  text        not null,
    html    text        not null,
    note    text        not null default '',  -- what changed, in the words of whoever changed it
    by_id   bigint      references members (id),
    at      timestamptz not null,
    primary key (page_id, number)
);

-- Which version of the rules a member agreed to, and when. Nothing here is ever changed.
create table consents (
    member_id bigint      not null references members (id),
    version   integer     not null check (version > 0),
    at        timestamptz not null,
    primary key (member_id, version)
);
create index consents_by_version on consents (version, at, member_id);

alter table clubs add column rules_version integer not null default 1;
-- Whoever agreed to no version from this one on is asked before they write; 0 asks nobody.
alter table clubs add column consent_version integer not null default 0;

-- One line above every page, for a while and for some.
create table banners (
    id          bigint      primary key,
    source      text        not null check (source <> ''),
    html        text        not null,
    kind        text        not null check (kind in ('calm', 'urgent')),
    audience    text        not null check (audience in ('all', 'members', 'tier')),
    tier_id     bigint      references tiers (id),
    starts_at   timestamptz not null,
    ends_at     timestamptz,
    dismissible boolean     not null default true,
    by_id       bigint      references members (id),
    changed_at  timestamptz not null,
    check ((audience = 'tier') = (tier_id is not null)),
    check (ends_at is null or ends_at > starts_at)
);
create index banners_by_end on banners (ends_at);

-- Who put which of them away.
create table banner_dismissals (
    member_id bigint not null references members (id),
    banner_id bigint not null references banners (id) on delete cascade,
    primary key (member_id, banner_id)
);

-- Single keys do something, unless a member would rather have them off.
alter table members add column single_keys boolean not null default true;

-- The rules that a club had are the first version of its page of rules, and everybody agreed to them.
insert into pages (id, slug, position, published, latest, changed_at) select 1, 'rules', 1, true, 1, rules_at from clubs;
insert into page_versions (page_id, number, title, source, html, at) select 1, 1, 'House rules', rules, rules_html, rules_at from clubs;
insert into consents (member_id, version, at) select id, 1, rules_at from members;

-- +goose Down
alter table members drop column single_keys;
drop table banner_dismissals;
drop table banners;
alter table clubs drop column consent_version;
alter table clubs drop column rules_version;
drop table consents;
drop table page_versions;
drop table pages;
