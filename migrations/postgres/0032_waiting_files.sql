-- +goose Up
-- Files that a topic names which is to be published later, or a letter which is to be delivered: they hang on
-- nothing yet, and are kept until it is, however long that takes.
create table waiting_files (
    scheduled_id bigint references scheduled_topics (id) on delete cascade,
    letter_id    bigint references letters (id) on delete cascade,
    file_id      bigint not null references files (id) on delete cascade,
    unique (scheduled_id, file_id),
    unique (letter_id, file_id),
    check ((scheduled_id is null) <> (letter_id is null))
);
create index waiting_files_by_file on waiting_files (file_id);

-- Until now they were kept by the time of their loss alone.
insert into waiting_files (scheduled_id, file_id)
    select scheduled_topics.id, files.id from scheduled_topics join files on files.member_id = scheduled_topics.author_id
    where scheduled_topics.state in ('waiting', 'refused') and files.subject_id is null and files.loose_since = scheduled_topics.publish_at;
insert into waiting_files (letter_id, file_id)
    select letters.id, files.id from letters join files on files.member_id = letters.author_id
    where letters.number is null and files.subject_id is null and files.loose_since = letters.deliver_at;

-- +goose Down
drop table waiting_files;
