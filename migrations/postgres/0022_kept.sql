-- +goose Up
-- A message can be kept as a post can; and a member sees what they uploaded, the latest first.

alter table bookmarks alter column post_id drop not null;
alter table bookmarks add column message_id bigint references messages (id);
alter table bookmarks add check ((post_id is null) <> (message_id is null));
alter table bookmarks add unique (member_id, message_id);

create index files_by_member on files (member_id, created_at desc, id desc);

-- +goose Down
drop index files_by_member;
delete from bookmarks where post_id is null;
alter table bookmarks drop column message_id;
alter table bookmarks alter column post_id set not null;
