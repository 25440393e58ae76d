-- +goose Up
-- The club's own pages and scheduled topics are written as everything else is: with drafts, and with files.

alter table drafts drop constraint drafts_kind_check;
alter table drafts drop constraint drafts_check;
alter table drafts add check (kind in ('reply', 'topic', 'edit', 'message', 'page', 'scheduled'));
alter table drafts add check ((kind in ('reply', 'edit', 'message')) = (place_id is not null) and (kind in ('topic', 'scheduled')) = (space_id is not null));
-- What was typed beside the text: tags, a time, an address.
alter table drafts add column around text not null default '';

-- Files that a page of the club shows, or showed in an earlier version: who may read it may have those that
-- it shows now.
create table page_files (
    page_id bigint  not null references pages (id) on delete cascade,
    file_id bigint  not null references files (id) on delete cascade,
    shown   boolean not null,
    primary key (page_id, file_id)
);
create index page_files_by_file on page_files (file_id);

-- +goose Down
drop table page_files;
delete from drafts where kind in ('page', 'scheduled');
alter table drafts drop column around;
alter table drafts drop constraint drafts_kind_check;
alter table drafts drop constraint drafts_check;
alter table drafts add check (kind in ('reply', 'topic', 'edit', 'message'));
alter table drafts add check ((kind = 'topic') = (place_id is null) and (kind = 'topic') = (space_id is not null));
