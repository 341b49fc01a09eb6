package admin

const schema = `
CREATE TABLE departments (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE staff (id INTEGER PRIMARY KEY, manager_id INTEGER, department_id INTEGER NOT NULL, name TEXT NOT NULL, login TEXT NOT NULL UNIQUE);
CREATE TABLE tickets (id INTEGER PRIMARY KEY, assignee_id INTEGER NOT NULL, requester TEXT NOT NULL, state TEXT NOT NULL, subject TEXT NOT NULL);
CREATE TABLE ticket_notes (id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE customers (login TEXT PRIMARY KEY, name TEXT NOT NULL, vip INTEGER NOT NULL);
CREATE TABLE permissions (staff_id INTEGER NOT NULL, permission TEXT NOT NULL, PRIMARY KEY (staff_id, permission));
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE audit (id INTEGER PRIMARY KEY, who INTEGER NOT NULL, what TEXT NOT NULL, object INTEGER NOT NULL);
CREATE TABLE countries (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE priorities (id INTEGER PRIMARY KEY, name TEXT NOT NULL);

CREATE TABLE devices (id BLOB PRIMARY KEY, label TEXT NOT NULL);
CREATE TABLE sightings (device_id BLOB NOT NULL, place TEXT NOT NULL);
CREATE TABLE old_payroll (number TEXT PRIMARY KEY, cents INTEGER NOT NULL);

CREATE TABLE n (i INTEGER PRIMARY KEY);
WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 40) INSERT INTO n SELECT i FROM c;
INSERT INTO departments SELECT i * 100, 'Department ' || i FROM n WHERE i <= 6;
INSERT INTO staff SELECT i, CASE WHEN i > 1 THEN i / 2 END, 100 * (1 + i % 6), 'Person ' || i, 'person' || i FROM n WHERE i <= 15;
INSERT INTO customers SELECT 'cust' || i, 'Customer ' || i, i % 4 = 0 FROM n WHERE i <= 16;
INSERT INTO tickets SELECT 5000 + i * 3, 1 + (i * 11) % 15, 'cust' || (1 + i % 16), CASE i % 4 WHEN 0 THEN 'closed' ELSE 'open' END, 'Subject ' || i FROM n WHERE i <= 24;
INSERT INTO ticket_notes SELECT NULL, t.id, 'note' FROM tickets t JOIN n ON n.i <= 2;
INSERT INTO permissions SELECT id, 'login' FROM staff;
INSERT INTO settings VALUES ('title', 'Back office'), ('theme', 'dark'), ('page_size', '20'), ('language', 'en'), ('timezone', 'UTC'), ('footer', '-');
INSERT INTO devices SELECT unhex(printf('%032x', i * 314159)), 'Device ' || i FROM n WHERE i <= 9;
INSERT INTO sightings SELECT id, 'gate' FROM devices;
INSERT INTO old_payroll SELECT CAST(id AS TEXT), 1000 * id FROM staff;
INSERT INTO countries VALUES (1, 'Norway'), (2, 'Peru');
INSERT INTO priorities VALUES (1, 'low'), (2, 'high');
`
