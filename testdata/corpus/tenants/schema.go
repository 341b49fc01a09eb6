package tenants

const schema = `
CREATE TABLE tenants (id TEXT PRIMARY KEY, host TEXT NOT NULL UNIQUE, plan TEXT NOT NULL);
CREATE TABLE users (tenant_id TEXT NOT NULL, id INTEGER NOT NULL, email TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (tenant_id, id));
CREATE TABLE sessions (token TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, user_id INTEGER NOT NULL);
CREATE TABLE projects (tenant_id TEXT NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, owner_id INTEGER NOT NULL, PRIMARY KEY (tenant_id, id));
CREATE TABLE tasks (tenant_id TEXT NOT NULL, id INTEGER NOT NULL, project_id INTEGER NOT NULL, assignee_id INTEGER, title TEXT NOT NULL, done INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (tenant_id, id));
CREATE TABLE roles (tenant_id TEXT NOT NULL, user_id INTEGER NOT NULL, project_id INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (tenant_id, user_id, project_id));
CREATE TABLE grants (tenant_id TEXT NOT NULL, user_id INTEGER NOT NULL, permission TEXT NOT NULL, PRIMARY KEY (tenant_id, user_id, permission));
CREATE TABLE features (tenant_id TEXT NOT NULL, name TEXT NOT NULL, enabled INTEGER NOT NULL, PRIMARY KEY (tenant_id, name));
CREATE TABLE plans (name TEXT PRIMARY KEY, max_projects INTEGER NOT NULL, max_users INTEGER NOT NULL);
CREATE TABLE usage (tenant_id TEXT NOT NULL, metric TEXT NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (tenant_id, metric));
CREATE TABLE invites (tenant_id TEXT NOT NULL, email TEXT NOT NULL, PRIMARY KEY (tenant_id, email));
CREATE TABLE idempotency (tenant_id TEXT NOT NULL, key TEXT NOT NULL, response TEXT, PRIMARY KEY (tenant_id, key));

INSERT INTO tenants VALUES ('acme', 'acme.example.com', 'pro'), ('bolt', 'bolt.example.com', 'free'), ('cube', 'cube.example.com', 'free'),
	('dash', 'dash.example.com', 'pro'), ('echo', 'echo.example.com', 'pro'), ('flux', 'flux.example.com', 'free');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)
INSERT INTO users SELECT t.id, i * 5, 'u' || i || '@' || t.host, 'User ' || i FROM n JOIN tenants t;
INSERT INTO sessions VALUES ('s-ann', 'acme', 5), ('s-bob', 'acme', 10);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 7)
INSERT INTO projects SELECT t.id, 40 + i * 3, 'Project ' || i, 5 * i FROM n JOIN tenants t;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 28)
INSERT INTO tasks SELECT t.id, 1000 + i * 7, 40 + 3 * (1 + i % 7), CASE WHEN i % 5 THEN 5 * (1 + i * 7 % 12) END, 'Task ' || i, i % 3 = 0, 1
	FROM n JOIN tenants t WHERE t.id IN ('acme', 'bolt');
INSERT INTO roles SELECT p.tenant_id, u.id, p.id, CASE WHEN u.id = p.owner_id THEN 'owner' ELSE 'reader' END FROM projects p JOIN users u ON u.tenant_id = p.tenant_id;
INSERT INTO grants SELECT tenant_id, id, p FROM users JOIN (SELECT 'read' AS p UNION ALL SELECT 'write' UNION ALL SELECT 'invite');
INSERT INTO features SELECT id, f, 1 FROM tenants JOIN (SELECT 'boards' AS f UNION ALL SELECT 'search' UNION ALL SELECT 'export');
INSERT INTO plans VALUES ('free', 3, 5), ('pro', 100, 100);
INSERT INTO usage SELECT id, m, 3 FROM tenants JOIN (SELECT 'calls' AS m UNION ALL SELECT 'bytes');
`
