-- +goose Up
-- Polls stand in the texts of posts; here is what is voted on, and who chose what. They hang on their
-- post, and are read and voted in by whoever may read it.

create table polls (
    id        bigint      primary key,
    post_id   bigint      not null references posts (id),
    number    integer     not null check (number >= 1),            -- in its text
    question  text        not null check (question <> ''),
    most      integer     not null check (most >= 1),              -- options that one member may choose
    closes_at timestamptz,                                         -- null: it stays open
    results   text        not null check (results in ('always', 'voted', 'closed')),
    named     boolean     not null,                                -- everybody sees who voted for what
    voters    bigint      not null default 0,                      -- the fold of poll_votes, as votes below
    unique (post_id, number)
);

create table poll_options (
    poll_id  bigint  not null references polls (id),
    position integer not null check (position >= 1),
    words    text    not null check (words <> ''),
    votes    bigint  not null default 0,
    primary key (poll_id, position)
);

-- A member's choices in one poll take slots from 1 on: where one may be chosen there is one slot, and
-- two requests at once cannot vote twice. A vote outlives its member, as the count does.
create table poll_votes (
    poll_id   bigint      not null,
    member_id bigint      not null references members (id),
    slot      integer     not null check (slot >= 1),
    position  integer     not null,
    at        timestamptz not null,
    primary key (poll_id, member_id, slot),
    unique (poll_id, member_id, position),
    foreign key (poll_id, position) references poll_options (poll_id, position)
);
create index poll_votes_by_option on poll_votes (poll_id, position);

-- +goose Down
drop table poll_votes;
drop table poll_options;
drop table polls;
