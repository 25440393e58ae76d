-- +goose Up
-- Web push: the club's own key, made when it is first needed, and the browsers that members asked to be
-- told by. A browser goes with the login session in which it was asked for, and ends with it.

create table push_keys (
    id      integer     primary key check (id = 1),
    private text        not null,                     -- the secret by which services know the club
    made_at timestamptz not null
);

create table push_devices (
    id         bigint      primary key,
    member_id  bigint      not null references members (id),
    session_id bigint      not null references login_sessions (id) on delete cascade,
    endpoint   text        not null unique,           -- at the service that the browser named
    key        text        not null,
    secret     text        not null,                  -- with the key it opens what is sent, for that browser alone
    agent      text        not null default '',
    created_at timestamptz not null,
    sent_at    timestamptz
);
create index push_devices_by_member on push_devices (member_id);

-- +goose Down
drop table push_devices;
drop table push_keys;
