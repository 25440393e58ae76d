-- +goose Up
-- The tags that a topic is to begin with, by name and parted by blanks: one may be there only when it begins.
alter table scheduled_topics add column tag_names text not null default '';

-- +goose Down
alter table scheduled_topics drop column tag_names;
