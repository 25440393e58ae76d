-- +goose Up
-- An address that takes bounces goes through every mail server on the way, and may post nothing: it has a
-- key of its own. Those that were given out for both take bounces from here on.
alter table return_keys add column kind text not null default 'bounce' check (kind in ('bounce', 'reply'));

-- How many links went to a mailbox since a time, and when the last one did: one row decides, so no two
-- requests overrun it. Links to sign in are counted by themselves: what a member asks for, to add an
-- address, takes none of them from whose mailbox it is. Who was counted before is counted anew.
drop table mailboxes;
create table mailboxes (
    address text        not null check (address = lower(address)),
    purpose text        not null check (purpose in ('sign_in', 'other')),
    sent    integer     not null check (sent > 0),
    since   datetime    not null,
    last_at datetime    not null,
    primary key (address, purpose)
);

-- What is known of a page is known in one topic or room. A card that were there at once, or of a page that
-- is gone, would tell whoever shows it that somebody did before, maybe behind a door. Rows from before are of
-- no place: what shows them goes on, and nothing new does.
create table links_before as select * from preview_links;
create table pages_before as select * from previews;
drop table preview_links;
drop table previews;
create table previews (
    id          bigint      primary key,
    place_id    bigint      not null default 0,          -- the topic or room in which it is shown
    address     text        not null,                     -- in its one spelling
    good        boolean     not null default false,
    title       text        not null default '',
    about       text        not null default '',
    site        text        not null default '',
    asked_at    datetime,
    fresh_until datetime,
    unique (place_id, address)
);
insert into previews (id, address, good, title, about, site, asked_at, fresh_until) select id, address, good, title, about, site, asked_at, fresh_until from pages_before;
drop table pages_before;
create table preview_links (
    subject_id  bigint      not null,                    -- the post or message
    preview_id  bigint      not null references previews (id),
    position    integer     not null,
    dropped_by  bigint      references members (id),
    primary key (subject_id, preview_id)
);
create index preview_links_by_preview on preview_links (preview_id, subject_id);
insert into preview_links (subject_id, preview_id, position, dropped_by) select subject_id, preview_id, position, dropped_by from links_before;
drop table links_before;

-- +goose Down
create table links_before as select * from preview_links where preview_id in (select min(id) from previews group by address);
create table pages_before as select * from previews where id in (select min(id) from previews group by address);
drop table preview_links;
drop table previews;
create table previews (
    id          bigint      primary key,
    address     text        not null unique,
    good        boolean     not null default false,
    title       text        not null default '',
    about       text        not null default '',
    site        text        not null default '',
    asked_at    datetime,
    fresh_until datetime
);
insert into previews (id, address, good, title, about, site, asked_at, fresh_until) select id, address, good, title, about, site, asked_at, fresh_until from pages_before;
drop table pages_before;
create table preview_links (
    subject_id  bigint      not null,                    -- the post or message
    preview_id  bigint      not null references previews (id),
    position    integer     not null,
    dropped_by  bigint      references members (id),
    primary key (subject_id, preview_id)
);
create index preview_links_by_preview on preview_links (preview_id, subject_id);
insert into preview_links (subject_id, preview_id, position, dropped_by) select subject_id, preview_id, position, dropped_by from links_before;
drop table links_before;
drop table mailboxes;
create table mailboxes (
    address text        primary key check (address = lower(address)),
    sent    integer     not null check (sent > 0),
    since   datetime    not null
);
alter table return_keys drop column kind;
