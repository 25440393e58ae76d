-- +goose Up
-- What members report, whom they do not want to hear of, and what staff decide about somebody.

-- Besides a suspension: a warning, which is told and remembered, and a removal, which is for good.
alter table sanctions drop constraint sanctions_kind_check;
alter table sanctions add constraint sanctions_kind_check check (kind in ('warned', 'suspended', 'removed'));

-- Of one who was removed the row is emptied as of one who left, and whoever comes back to it is told.
alter table members add column removed_at timestamptz;

-- A report holds references only: what it is about is looked up, and allowed, when it is drawn.
create table flags (
    id           bigint      primary key,
    place_id     bigint      references places (id),     -- none for a report of a member
    subject_kind text        not null check (subject_kind in ('post', 'message', 'member')),
    subject_id   bigint      not null,
    by_id        bigint      not null references members (id),
    reason       text        not null check (reason in ('spam', 'hostile', 'off_topic', 'other')),
    words        text        not null default '',
    created_at   timestamptz not null,
    decided_at   timestamptz,
    decided_by   bigint      references members (id),
    decision     text        check (decision in ('dismissed', 'warned', 'removed')),
    check ((subject_kind = 'member') = (place_id is null)),
    check ((decided_at is null) = (decision is null))
);
create index flags_open on flags (created_at, id) where decided_at is null;
-- Saying it again changes nothing, until it is decided.
create unique index flags_once on flags (by_id, subject_kind, subject_id) where decided_at is null;
create index flags_by_subject on flags (subject_kind, subject_id, created_at, id);

-- Of whom a member wants to be told nothing. It is nobody else's knowledge.
create table blocks (
    member_id  bigint      not null references members (id),
    blocked_id bigint      not null references members (id),
    since      timestamptz not null,
    primary key (member_id, blocked_id),
    check (member_id <> blocked_id)
);
create index blocks_by_blocked on blocks (blocked_id);

-- +goose Down
drop table blocks;
drop table flags;
alter table members drop column removed_at;
delete from sanctions where kind <> 'suspended';
alter table sanctions drop constraint sanctions_kind_check;
alter table sanctions add constraint sanctions_kind_check check (kind in ('suspended'));
