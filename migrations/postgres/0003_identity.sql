-- +goose Up
-- Who somebody is: by account elsewhere, by mailbox, by passkey. Secrets are kept as hashes.

create table identities (
    id         bigint      primary key,
    member_id  bigint      not null references members (id),
    provider   text        not null,
    subject    text        not null check (subject <> ''),
    label      text        not null default '',
    created_at timestamptz not null,
    used_at    timestamptz not null,
    unique (provider, subject)
);
create index identities_by_member on identities (member_id);

-- Confirmed by our own mail only. One mailbox opens one member.
create table addresses (
    id           bigint      primary key,
    member_id    bigint      not null references members (id),
    address      text        not null unique check (address = lower(address)),
    confirmed_at timestamptz not null
);
create index addresses_by_member on addresses (member_id);

create table login_sessions (
    id         bigint      primary key,
    member_id  bigint      not null references members (id),
    hash       text        not null unique,
    method     text        not null,
    agent      text        not null default '',
    ip         text        not null default '',
    created_at timestamptz not null,
    seen_at    timestamptz not null,
    expires_at timestamptz not null,
    asked_at   timestamptz                             -- when a passkey was last asked for
);
create index login_sessions_by_member on login_sessions (member_id);
create index login_sessions_by_end on login_sessions (expires_at);

-- A journey to a provider or an authenticator and back, bound to the browser that began it. One
-- that adds a way in is also bound to the login session it began in, and ends with it.
create table handshakes (
    id         bigint      primary key,
    kind       text        not null check (kind in ('oauth', 'passkey_add', 'passkey_use', 'passkey_ask')),
    browser    text        not null,                   -- hash of the cookie of that browser
    state      text        not null unique,            -- hash of what must come back
    provider   text        not null default '',
    detail     text        not null default '',
    return_to  text        not null default '/',
    session_id bigint      references login_sessions (id) on delete cascade,
    member_id  bigint      references members (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    check ((session_id is null) = (member_id is null))
);
create index handshakes_by_session on handshakes (session_id);
create index handshakes_by_end on handshakes (expires_at);

-- Somebody proved who they are and has not yet told us a name: the first-visit page.
create table arrivals (
    id         bigint      primary key,
    hash       text        not null unique,
    provider   text        not null default '',        -- none when they came by e-mail link
    subject    text        not null default '',
    label      text        not null default '',        -- what the provider calls them
    address    text        not null default '' check (address = lower(address)),  -- only if our own mail confirmed it
    claimed    text        not null default '',        -- what the provider says; never trusted
    name       text        not null default '',
    handle     text        not null default '',
    return_to  text        not null default '/',
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    check ((provider = '') = (subject = '') and (provider <> '' or address <> ''))
);
create index arrivals_by_end on arrivals (expires_at);

-- How many links went to a mailbox since a time: one row decides, so no two requests overrun it.
create table mailboxes (
    address text        primary key check (address = lower(address)),
    sent    integer     not null check (sent > 0),
    since   timestamptz not null
);

-- A link by mail. Its secret is made when the letter is written and kept nowhere but in it.
create table sign_in_links (
    id         bigint      primary key,
    hash       text        not null unique,
    address    text        not null check (address = lower(address)),
    purpose    text        not null check (purpose in ('sign_in', 'confirm', 'prove')),
    member_id  bigint      references members (id),                      -- confirm: whose address it is to become
    arrival_id bigint      references arrivals (id) on delete cascade,   -- prove: who says that it is theirs
    return_to  text        not null default '/',
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    check ((member_id is not null) = (purpose = 'confirm') and (arrival_id is not null) = (purpose = 'prove'))
);
create index sign_in_links_by_address on sign_in_links (address, purpose);
create index sign_in_links_by_arrival on sign_in_links (arrival_id);
create index sign_in_links_by_end on sign_in_links (expires_at);

create table passkeys (
    id         bigint      primary key,
    member_id  bigint      not null references members (id),
    credential text        not null unique,            -- the credential id, base64url
    name       text        not null check (name <> ''),
    detail     text        not null,                   -- public key and counter, as JSON
    created_at timestamptz not null,
    used_at    timestamptz
);
create index passkeys_by_member on passkeys (member_id);

create table invitations (
    id           bigint      primary key,
    hash         text        not null unique,
    by_id        bigint      not null references members (id),
    uses_left    integer     not null check (uses_left >= 0),
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    withdrawn_at timestamptz
);
create index invitations_by_member on invitations (by_id);

-- +goose Down
drop table invitations;
drop table passkeys;
drop table sign_in_links;
drop table mailboxes;
drop table arrivals;
drop table handshakes;
drop table login_sessions;
drop table addresses;
drop table identities;
