package fleet

const pgSchema = `
CREATE TABLE driver (id uuid PRIMARY KEY, name text NOT NULL, rating int NOT NULL);
CREATE TABLE vehicle (id bigint PRIMARY KEY, plate text NOT NULL UNIQUE, depot text NOT NULL, driver_id uuid REFERENCES driver (id), odometer bigint NOT NULL DEFAULT 0, retired boolean NOT NULL DEFAULT false);
CREATE TABLE position (id bigserial PRIMARY KEY, vehicle_id bigint NOT NULL REFERENCES vehicle (id), lat double precision NOT NULL, lon double precision NOT NULL, at timestamptz NOT NULL);
CREATE TABLE sensor (id bigserial PRIMARY KEY, vehicle_id bigint NOT NULL REFERENCES vehicle (id), kind text NOT NULL, reading double precision);
CREATE TABLE operator (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE trip (id bigserial PRIMARY KEY, vehicle_id bigint NOT NULL, operator_id int NOT NULL, km int NOT NULL);
CREATE TABLE trip_north (LIKE trip);
CREATE TABLE trip_south (LIKE trip);
CREATE TABLE trip_east (LIKE trip);
CREATE TABLE trip_west (LIKE trip);
CREATE TABLE invoice (id bigserial PRIMARY KEY, operator_id int NOT NULL, km bigint NOT NULL);
CREATE SEQUENCE paper_no START WITH 88001;
INSERT INTO driver SELECT md5('driver' || g)::uuid, 'Driver ' || g, g * 31 % 50 FROM generate_series(1, 30) g;
INSERT INTO vehicle SELECT 3000 + g * g * 7, 'AB ' || (g * 137 % 1000) || ' Z', (ARRAY['Harbour', 'Ring', 'Airport'])[1 + g % 3], CASE WHEN g % 6 > 0 THEN md5('driver' || g)::uuid END, g * 1000, g % 3 = 0 FROM generate_series(1, 27) g;
INSERT INTO position (vehicle_id, lat, lon, at) SELECT v.id, 59 + n / 10.0, 10 + n / 20.0, timestamptz '2024-09-01 06:00+00' + n * interval '4 minutes' FROM vehicle v, generate_series(1, 5) n WHERE n <= v.id % 6;
INSERT INTO sensor (vehicle_id, kind, reading) SELECT v.id, k, CASE WHEN k = 'oil' AND v.id % 2 = 0 THEN NULL ELSE v.id % 90 END FROM vehicle v, unnest(ARRAY['oil', 'tyre', 'brake']) k WHERE NOT retired OR k = 'oil';
INSERT INTO operator VALUES (2, 'Nettbuss'), (5, 'Unibuss'), (11, 'Boreal'), (40, 'Tide'), (41, 'Vy');
INSERT INTO trip (vehicle_id, operator_id, km) SELECT v.id, (ARRAY[2, 5, 11, 40, 41])[1 + n % 5], n * 3 FROM vehicle v, generate_series(1, 4) n;
INSERT INTO trip_north SELECT * FROM trip WHERE id % 4 = 0;
INSERT INTO trip_south SELECT * FROM trip WHERE id % 4 = 1;
INSERT INTO trip_east SELECT * FROM trip WHERE id % 4 = 2;
INSERT INTO trip_west SELECT * FROM trip WHERE id % 4 = 3;
`

const liteSchema = `
CREATE TABLE vehicle (id integer PRIMARY KEY, plate text NOT NULL UNIQUE, depot text NOT NULL, odometer integer NOT NULL DEFAULT 0, retired boolean NOT NULL DEFAULT false);
CREATE TABLE device (serial text PRIMARY KEY, vehicle_id integer);
CREATE TABLE booking (id integer PRIMARY KEY, plate text NOT NULL, customer text NOT NULL);
WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < 14)
 INSERT INTO vehicle SELECT n, 'CD-' || (100 + n), CASE n % 2 WHEN 0 THEN 'Ring' ELSE 'Harbour' END, n * 500, 0 FROM g;
INSERT INTO device SELECT 'dev-' || (id * 7), CASE WHEN id % 5 > 0 THEN id END FROM vehicle;
INSERT INTO booking (plate, customer) SELECT plate, 'Customer ' || id FROM vehicle WHERE id % 2 = 0;
`
