-- +goose Up
-- How a member is told: what they chose, when they want quiet, and the letters that went to them. A
-- letter holds references alone: what it says is looked up, and allowed, as it is written.

-- What differs from the defaults that stand in the program.
create table told_choices (
    member_id bigint  not null references members (id),
    kind      text    not null,
    channel   text    not null check (channel in ('bell', 'mail', 'push')),
    wanted    boolean not null,
    primary key (member_id, kind, channel)
);

create table told_settings (
    member_id     bigint   primary key references members (id),
    key           text     not null,                          -- signs the links in letters; a new one ends those
    paused_until  timestamptz,
    mail_pause    integer  not null default 10 check (mail_pause between 0 and 1440),  -- minutes
    digest        text     not null default 'weekly' check (digest in ('never', 'daily', 'weekly', 'monthly')),
    digest_due_at timestamptz,                                   -- none: they have no address, or want none
    mailed_at     timestamptz                                    -- when the last letter of what they were told went
);
create index told_settings_due on told_settings (digest_due_at) where digest_due_at is not null;

-- Minutes of a day in the member's zone. One that ends before it starts reaches into the next day.
create table quiet_hours (
    member_id bigint  not null references members (id),
    weekday   integer not null check (weekday between 0 and 6),  -- 0 is Sunday
    starts    integer not null check (starts between 0 and 1439),
    ends      integer not null check (ends between 0 and 1439),
    primary key (member_id, weekday)
);

create table mailings (
    id         bigint   primary key,
    member_id  bigint   not null references members (id),
    kind       text     not null check (kind in ('told', 'digest')),
    place_id   bigint   references places (id),               -- all of it is of this place
    created_at timestamptz not null,
    sent_at    timestamptz
);
create index mailings_sent on mailings (member_id, sent_at);

-- The secret in the addresses of a letter: replies and bounces come back to it.
create table return_keys (
    hash       text     primary key,
    mailing_id bigint   not null references mailings (id) on delete cascade,
    address_id bigint   not null references addresses (id) on delete cascade,
    expires_at timestamptz not null
);
create index return_keys_by_mailing on return_keys (mailing_id);
create index return_keys_by_address on return_keys (address_id);
create index return_keys_by_end on return_keys (expires_at);

alter table notifications add column on_bell boolean not null default true;
alter table notifications add column mail_at timestamptz;        -- it waits to be mailed
alter table notifications add column mailing_id bigint references mailings (id);
create index notifications_to_mail on notifications (mail_at) where mail_at is not null;
create index notifications_mailed on notifications (mailing_id) where mailing_id is not null;

-- What came back from a mailbox. One that is stopped gets nothing but links to sign in.
alter table addresses add column bounces integer not null default 0;
alter table addresses add column bounced_at timestamptz;
alter table addresses add column stopped_at timestamptz;
alter table addresses add column stopped_why text not null default '' check (stopped_why in ('', 'bounced', 'complained', 'by_hand'));

insert into told_settings (member_id, key, digest_due_at)
select members.id, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), now() + interval '7 days' from members
where left_at is null and exists (select 1 from addresses where addresses.member_id = members.id);

-- +goose Down
alter table addresses drop column stopped_why;
alter table addresses drop column stopped_at;
alter table addresses drop column bounced_at;
alter table addresses drop column bounces;
drop index notifications_mailed;
drop index notifications_to_mail;
alter table notifications drop column mailing_id;
alter table notifications drop column mail_at;
alter table notifications drop column on_bell;
drop table return_keys;
drop table mailings;
drop table quiet_hours;
drop table told_settings;
drop table told_choices;
