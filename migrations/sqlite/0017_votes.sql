-- +goose Up
-- Which answer helps most: one vote of a member for a post in a space of questions. The post carries
-- the count, so that answers are read in its order by an index alone.
create table post_votes (
    post_id    bigint      not null references posts (id),
    member_id  bigint      not null references members (id),
    created_at datetime    not null,
    primary key (post_id, member_id)
);
alter table posts add column votes bigint not null default 0 check (votes >= 0);
create index posts_by_votes on posts (topic_id, votes desc, number);

-- A wiki is a post that whoever may reply may also edit.
alter table posts add column wiki boolean not null default false;

-- Where in a topic a day begins.
create index posts_by_time on posts (topic_id, created_at);

-- What was active last, whatever its space.
create index topics_by_latest on topics (active_at desc, id desc);

-- What of a topic was liked best. Most of it never was.
create index search_rows_liked on search_rows (place_id, likes desc) where likes > 0;

-- A vote is an act from now on: the present rules say what one is worth.
insert into edition_weights (edition_id, kind, weight, per_day, per_giver) select id, 'vote', 2, 20, 5 from editions where current;

-- +goose Down
delete from edition_weights where kind = 'vote';
drop index search_rows_liked;
drop index topics_by_latest;
drop index posts_by_time;
alter table posts drop column wiki;
drop index posts_by_votes;
alter table posts drop column votes;
drop table post_votes;
