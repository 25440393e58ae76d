-- +goose Up
-- The pinned topics of a space stand above its list, so each look at the list asks for them: they are
-- found without going through all the others.
create index topics_pinned on topics (space_id, pinned_at desc) where pinned_at is not null;

-- It says again what topics_latest says.
drop index topics_by_latest;

-- +goose Down
create index topics_by_latest on topics (active_at desc, id desc);
drop index topics_pinned;
