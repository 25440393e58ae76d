-- +goose Up
-- What is solved, over all spaces, is read in its order from the first on, however many topics a club has.
create index topics_solved_latest on topics (active_at desc, id desc) where answer_id is not null;

-- +goose Down
drop index topics_solved_latest;
