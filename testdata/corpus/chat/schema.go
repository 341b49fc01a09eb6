package chat

const schema = `
create table users (id integer primary key, handle text not null unique, seen_at integer not null default 0);
create table rooms (name text primary key, topic text not null);
create table members (room text not null, user_id integer not null, last_read integer not null, primary key (room, user_id));
create table messages (id integer primary key, room text not null, user_id integer not null, body text not null, sent_at integer not null);
create table reactions (message_id integer not null, user_id integer not null, emoji text not null, primary key (message_id, user_id, emoji));
create table attachments (id text primary key, message_id integer not null, bytes integer not null);
create table mentions (message_id integer not null, user_id integer not null, primary key (message_id, user_id));
create table blocks (user_id integer not null, blocked_id integer not null, primary key (user_id, blocked_id));

create table n (i integer primary key);
with recursive c(i) as (select 1 union all select i + 1 from c where i < 60) insert into n select i from c;
insert into users select i * 17, 'user' || i, 1700000000 + i * 60 from n where i <= 14;
insert into rooms select 'room-' || char(96 + i), 'about ' || i from n where i <= 8;
insert into members select r.name, u.id, u.id % 40 from rooms r join users u on (u.id + unicode(substr(r.name, 6))) % 3 <> 0;
insert into messages select i * 3, 'room-' || char(97 + i % 4), 17 * (1 + (i * i) % 14), 'hello ' || i, 1700000000 + i * 30 from n;
insert into reactions select m.id, u.id, case u.id % 2 when 0 then '+1' else 'heart' end from messages m join users u on (m.id + u.id) % 7 = 0;
insert into attachments select printf('%08x', i * 77777), i * 3, i * 1000 from n where i % 2 = 0;
insert into blocks values (17, 34), (17, 68);
`
