-- +goose Up
-- What stands at an address outside, as it was read last: a page that somebody shows in a post or a
-- message. It is the same for everybody, as it was asked for as nobody.

create table previews (
    id          bigint      primary key,
    address     text        not null unique,             -- in its one spelling
    good        boolean     not null default false,      -- whether there is anything to show
    title       text        not null default '',
    about       text        not null default '',
    site        text        not null default '',
    asked_at    timestamptz,                             -- null: not yet
    fresh_until timestamptz                              -- after that it is asked for again, once somebody shows it again
);

-- Where it is shown. A card that was taken away stays so, whoever edits the text later.
create table preview_links (
    subject_id  bigint      not null,                    -- the post or message
    preview_id  bigint      not null references previews (id),
    position    integer     not null,
    dropped_by  bigint      references members (id),
    primary key (subject_id, preview_id)
);
create index preview_links_by_preview on preview_links (preview_id, subject_id);

-- What owners decided of previews; no row means on, for every host.
create table preview_rules (
    id          integer     primary key check (id = 1),
    enabled     boolean     not null,
    hosts       text        not null default ''          -- of which none are made, one to a line
);

-- The cards of a post or message, as JSON, so that a page draws them with the text.
alter table posts add column cards text not null default '';
alter table messages add column cards text not null default '';

-- +goose Down
alter table messages drop column cards;
alter table posts drop column cards;
drop table preview_rules;
drop table preview_links;
drop table previews;
