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
    since   timestamptz not null,
    last_at timestamptz not null,
    primary key (address, purpose)
);

-- What is known of a page is known in one topic or room. A card that were there at once, or of a page that
-- is gone, would tell whoever shows it that somebody did before, maybe behind a door. Rows from before are of
-- no place: what shows them goes on, and nothing new does.
alter table previews add column place_id bigint not null default 0;
alter table previews drop constraint previews_address_key;
alter table previews add constraint previews_place_id_address_key unique (place_id, address);

-- +goose Down
alter table previews drop constraint previews_place_id_address_key;
delete from preview_links where preview_id not in (select min(id) from previews group by address);
delete from previews where id not in (select min(id) from previews group by address);
alter table previews add constraint previews_address_key unique (address);
alter table previews drop column place_id;
drop table mailboxes;
create table mailboxes (
    address text        primary key check (address = lower(address)),
    sent    integer     not null check (sent > 0),
    since   timestamptz not null
);
alter table return_keys drop column kind;
