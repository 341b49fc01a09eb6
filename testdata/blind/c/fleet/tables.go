package fleet

const tables = `
CREATE TABLE depots (code varchar(8) PRIMARY KEY, name varchar(40) NOT NULL, parent varchar(8));
CREATE TABLE drivers (id integer PRIMARY KEY, name varchar(40) NOT NULL, licence varchar(8));
CREATE TABLE vehicles (plate varchar(12) PRIMARY KEY, model varchar(40) NOT NULL, depot varchar(8) NOT NULL, driver_id integer, odometer integer NOT NULL);
CREATE TABLE services (id integer PRIMARY KEY, plate varchar(12) NOT NULL, done_on varchar(10) NOT NULL, cost integer NOT NULL);
INSERT INTO depots VALUES ('EU', 'Europe', NULL), ('NORD', 'Nordics', 'EU'), ('IBER', 'Iberia', 'EU'), ('OSL', 'Oslo', 'NORD'), ('CPH', 'Copenhagen', 'NORD'), ('LIS', 'Lisbon', 'IBER'), ('OSL-N', 'Oslo north', 'OSL'), ('OSL-S', 'Oslo south', 'OSL');
INSERT INTO drivers VALUES (1, 'Aino', 'C'), (2, 'Bo', 'CE'), (3, 'Cleo', NULL), (4, 'Dag', 'C'), (5, 'Elif', 'CE'), (6, 'Finn', 'B'), (7, 'Gia', 'C'), (8, 'Hugo', 'C');
INSERT INTO vehicles VALUES ('AB-1041', 'T450', 'OSL', 3, 120400), ('AB-1077', 'T450', 'OSL', 1, 90411), ('AC-2210', 'F12', 'CPH', 7, 333120), ('AC-2260', 'F12', 'CPH', NULL, 1200), ('BD-3300', 'R500', 'LIS', 5, 71000), ('BD-3318', 'R500', 'LIS', 2, 64050), ('BE-4001', 'T450', 'OSL-N', 8, 51200), ('BE-4002', 'eActros', 'OSL-N', 4, 9100), ('BE-4090', 'eActros', 'OSL-S', 6, 8800), ('CF-5100', 'F12', 'OSL-S', 1, 45100), ('CF-5200', 'R500', 'CPH', 2, 77700), ('CG-6001', 'T450', 'LIS', NULL, 610);
INSERT INTO services VALUES (11, 'AB-1041', '2024-11-02', 400), (12, 'AB-1041', '2025-01-09', 1250), (17, 'AC-2210', '2025-02-01', 80), (21, 'BD-3300', '2024-09-30', 610), (22, 'BD-3318', '2025-03-11', 95), (30, 'BE-4001', '2025-01-20', 300), (31, 'BE-4001', '2025-02-20', 310), (32, 'BE-4001', '2025-03-20', 305), (44, 'CF-5100', '2024-12-12', 990), (45, 'CF-5200', '2025-02-14', 45);
`
