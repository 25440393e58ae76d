-- +goose Up
-- Personal tokens, with which a member's own programs read /api/v1. A token never has more than its
-- member, only reads, and always ends. The secret is shown once; the row keeps a hash.

create table tokens (
    id           bigint      primary key,
    member_id    bigint      not null references members (id),
    name         text        not null check (name <> ''),       -- the member's own word for it
    hash         text        not null unique,
    scopes       text        not null check (scopes <> ''),     -- with blanks between
    space_id     bigint      references spaces (id),            -- null: all that the member may read
    created_at   datetime    not null,
    expires_at   datetime    not null,
    last_used_at datetime,                                      -- to the minute
    revoked_at   datetime,
    check (expires_at > created_at)
);
create index tokens_by_member on tokens (member_id, created_at);

-- +goose Down
drop table tokens;
