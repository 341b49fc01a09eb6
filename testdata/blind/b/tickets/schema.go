package tickets

const schema = `
CREATE TABLE agents (id bigint PRIMARY KEY, email text NOT NULL, team text);
CREATE TABLE permissions (agent_id bigint NOT NULL REFERENCES agents (id), name text NOT NULL, PRIMARY KEY (agent_id, name));
CREATE TABLE tickets (id uuid PRIMARY KEY, subject text NOT NULL, state text NOT NULL, assignee_id bigint REFERENCES agents (id), version int NOT NULL DEFAULT 1, opened_at timestamptz NOT NULL);
CREATE TABLE comments (id bigserial PRIMARY KEY, ticket_id uuid NOT NULL REFERENCES tickets (id), parent_id bigint REFERENCES comments (id), author text NOT NULL, body text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE tags (id bigserial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE ticket_tags (ticket_id uuid NOT NULL, tag_id bigint NOT NULL, PRIMARY KEY (ticket_id, tag_id));
CREATE TABLE outbox (id bigserial PRIMARY KEY, topic text NOT NULL, payload text NOT NULL, sent_at timestamptz);
INSERT INTO agents SELECT 31 + g * g * 17, 'agent' || g || '@example.com', CASE WHEN g % 4 > 0 THEN 'team' || g % 3 END FROM generate_series(1, 12) g;
INSERT INTO permissions SELECT id, p FROM agents, unnest(ARRAY['edit', 'close', 'assign', 'merge']) p WHERE id % 5 <> length(p) % 5;
INSERT INTO tickets (id, subject, state, assignee_id, opened_at)
 SELECT md5('ticket' || g)::uuid, 'Subject ' || g, CASE WHEN g % 4 = 0 THEN 'waiting' ELSE 'open' END, CASE WHEN g % 7 > 0 THEN 31 + (1 + g % 12) * (1 + g % 12) * 17 END, now() - g * interval '17 hours' FROM generate_series(1, 28) g;
INSERT INTO comments (ticket_id, author, body, created_at)
 SELECT t.id, 'user' || n, 'text', t.opened_at + n * interval '1 hour' FROM tickets t, generate_series(1, 4) n WHERE n <= length(t.subject) - 8 OR t.state = 'waiting';
INSERT INTO comments (ticket_id, parent_id, author, body) SELECT ticket_id, id, 'reply', 're: ' || id FROM comments WHERE id % 3 = 1;
INSERT INTO comments (id, ticket_id, author, body) SELECT 5000, id, 'root', 'start' FROM tickets WHERE subject = 'Subject 5';
INSERT INTO comments (id, ticket_id, parent_id, author, body) SELECT 5000 + n * 11, id, CASE WHEN n = 1 THEN 5000 ELSE 5000 + (n / 2) * 11 END, 'user' || n, 'reply ' || n FROM tickets, generate_series(1, 14) n WHERE subject = 'Subject 5' ORDER BY n;
SELECT setval('comments_id_seq', 9000);
INSERT INTO tags (name) VALUES ('billing'), ('login'), ('refund');
INSERT INTO outbox (topic, payload) SELECT 'ticket.' || (ARRAY['opened', 'closed'])[1 + g % 2], g::text FROM generate_series(1, 34) g;
`
