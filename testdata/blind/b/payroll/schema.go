package payroll

const pgSchema = `
CREATE TABLE sites (code text PRIMARY KEY, country text NOT NULL);
CREATE TABLE departments (id bigserial PRIMARY KEY, name text NOT NULL, site_code text NOT NULL REFERENCES sites (code));
CREATE TABLE employees (id bigserial PRIMARY KEY, badge text NOT NULL UNIQUE, name text NOT NULL, department_id bigint REFERENCES departments (id), manager_id bigint, salary_cents bigint NOT NULL, grade int NOT NULL);
CREATE TABLE timesheets (id bigserial PRIMARY KEY, employee_id bigint NOT NULL REFERENCES employees (id), day date NOT NULL, minutes int NOT NULL, note text);
CREATE TABLE brackets (id bigserial PRIMARY KEY, year int NOT NULL, from_cents bigint NOT NULL, percent int NOT NULL);
CREATE TABLE payslips (id bigserial PRIMARY KEY, employee_id bigint NOT NULL, period text NOT NULL, gross_cents bigint NOT NULL);
INSERT INTO sites VALUES ('OSL', 'NO'), ('BER', 'DE'), ('LIS', 'PT');
INSERT INTO departments (id, name, site_code) VALUES (4, 'Sales', 'OSL'), (19, 'Research', 'BER'), (23, 'Plant', 'LIS');
INSERT INTO employees (id, badge, name, department_id, manager_id, salary_cents, grade)
 SELECT 1100 + g * 7, 'B' || md5(g::text), 'Employee ' || g, CASE WHEN g % 8 = 0 THEN NULL ELSE (ARRAY[4, 19, 23])[1 + g % 3] END,
 CASE WHEN g = 1 THEN NULL WHEN g <= 9 THEN 1100 + (g - 1) * 7 ELSE 1100 + (g / 3) * 7 END, 250000 + g * 3100, 1 + g % 5
 FROM generate_series(1, 26) g;
INSERT INTO timesheets (employee_id, day, minutes, note)
 SELECT e.id, date '2024-04-01' + d, 420 + d * 5, CASE WHEN d = 2 THEN 'remote' END FROM employees e, generate_series(0, 4) d WHERE d < e.id % 6;
INSERT INTO brackets (year, from_cents, percent) VALUES (2024, 0, 0), (2024, 100000, 14), (2024, 300000, 32), (2023, 0, 0), (2023, 95000, 15);
INSERT INTO payslips (employee_id, period, gross_cents) SELECT id, '2024-04', salary_cents FROM employees WHERE id % 4 = 0;
`

const liteSchema = `
CREATE TABLE sites (code text PRIMARY KEY, country text NOT NULL);
CREATE TABLE departments (id integer PRIMARY KEY, name text NOT NULL, site_code text NOT NULL);
CREATE TABLE employees (id integer PRIMARY KEY, badge text NOT NULL UNIQUE, name text NOT NULL, department_id integer, manager_id integer, salary_cents integer NOT NULL, grade integer NOT NULL);
CREATE TABLE timesheets (id integer PRIMARY KEY, employee_id integer NOT NULL, day datetime NOT NULL, minutes integer NOT NULL, note text);
CREATE TABLE brackets (id integer PRIMARY KEY, year integer NOT NULL, from_cents integer NOT NULL, percent integer NOT NULL);
CREATE TABLE payslips (id integer PRIMARY KEY, employee_id integer NOT NULL, period text NOT NULL, gross_cents integer NOT NULL);
INSERT INTO sites VALUES ('OSL', 'NO'), ('BER', 'DE');
INSERT INTO departments VALUES (1, 'Sales', 'OSL'), (2, 'Research', 'BER'), (3, 'Plant', 'BER');
WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < 20)
 INSERT INTO employees SELECT n, 'B' || (n * 31), 'Employee ' || n, CASE WHEN n % 6 = 0 THEN NULL ELSE 1 + n % 3 END, CASE WHEN n > 1 THEN n / 2 END, 200000 + n * 4000, 1 + n % 4 FROM g;
INSERT INTO timesheets (employee_id, day, minutes, note) SELECT id, '2024-04-02 00:00:00', 400 + id, NULL FROM employees WHERE id % 3 > 0;
INSERT INTO brackets (year, from_cents, percent) VALUES (2024, 0, 0), (2024, 100000, 14), (2024, 230000, 32);
`
