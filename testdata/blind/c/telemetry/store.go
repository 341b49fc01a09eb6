package telemetry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

const tables = `
CREATE TABLE sensors (id bigint PRIMARY KEY, site text NOT NULL, kind text NOT NULL, calibrated_by bigint, state text NOT NULL DEFAULT 'unknown');
CREATE TABLE readings (id bigserial PRIMARY KEY, sensor_id bigint NOT NULL, taken_at int NOT NULL, value double precision);
CREATE TABLE alerts (id bigserial PRIMARY KEY, sensor_id bigint NOT NULL, level int NOT NULL);
CREATE TABLE summaries (sensor_id bigint PRIMARY KEY, n int NOT NULL, mean double precision);
CREATE TABLE jobs (id bigserial PRIMARY KEY, sensor_id bigint NOT NULL, status text NOT NULL DEFAULT 'queued');
CREATE TABLE readings_north (sensor_id bigint, value double precision);
CREATE TABLE readings_south (sensor_id bigint, value double precision);
CREATE TABLE readings_east (sensor_id bigint, value double precision);
CREATE TABLE readings_west (sensor_id bigint, value double precision);
INSERT INTO sensors SELECT 500 + n * 17, 'site-' || (n % 4), (ARRAY['temp','humidity','co2'])[1 + n % 3], CASE WHEN n % 5 = 0 THEN NULL ELSE n END FROM generate_series(1, 24) n;
INSERT INTO readings (sensor_id, taken_at, value) SELECT s.id, k * 60, CASE WHEN k % 7 = 0 THEN NULL ELSE (s.id % 10) + k END FROM sensors s, generate_series(1, 12) k WHERE k <= s.id % 12;
INSERT INTO alerts (sensor_id, level) SELECT id, 1 + id % 3 FROM sensors WHERE id % 2 = 1;
INSERT INTO jobs (sensor_id) SELECT id FROM sensors ORDER BY id LIMIT 9;
INSERT INTO readings_north SELECT id, 1 FROM sensors;
INSERT INTO readings_south SELECT id, 2 FROM sensors;
INSERT INTO readings_east SELECT id, 3 FROM sensors;
INSERT INTO readings_west SELECT id, 4 FROM sensors;
`

type sensor struct {
	id   int64
	site string
	kind string
}

type summary struct {
	sensorID int64
	n        int
	mean     sql.NullFloat64
}

type store struct{ db *sql.DB }

func (s *store) sensors(ctx context.Context) ([]sensor, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, site, kind FROM sensors ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []sensor
	for rows.Next() {
		var v sensor
		if err := rows.Scan(&v.id, &v.site, &v.kind); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func (s *store) latest(ctx context.Context, sensorID int64) (float64, error) {
	var v sql.NullFloat64
	err := s.db.QueryRowContext(ctx, `SELECT value FROM readings WHERE sensor_id = $1 ORDER BY taken_at DESC LIMIT 1`, sensorID).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return v.Float64, err
}

func (s *store) summarise(ctx context.Context, sensorID int64) (summary, error) {
	out := summary{sensorID: sensorID}
	err := s.db.QueryRowContext(ctx, `SELECT count(*), avg(value) FROM readings WHERE sensor_id = $1`, sensorID).Scan(&out.n, &out.mean)
	return out, err
}

func (s *store) summariseAll(ctx context.Context, ids []int64) ([]summary, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT sensor_id, count(*), avg(value) FROM readings WHERE sensor_id = ANY($1) GROUP BY sensor_id`, ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []summary
	for rows.Next() {
		var v summary
		if err := rows.Scan(&v.sensorID, &v.n, &v.mean); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func (s *store) saveSummaries(ctx context.Context, list []summary) error {
	if len(list) == 0 {
		return nil
	}
	vals := make([]string, len(list))
	args := make([]any, 0, 3*len(list))
	for i, v := range list {
		vals[i] = fmt.Sprintf("($%d::bigint, $%d::int, $%d::double precision)", 3*i+1, 3*i+2, 3*i+3)
		args = append(args, v.sensorID, v.n, v.mean)
	}
	_, err := s.db.ExecContext(ctx, `INSERT INTO summaries (sensor_id, n, mean) VALUES `+strings.Join(vals, ", ")+` ON CONFLICT (sensor_id) DO UPDATE SET n = excluded.n, mean = excluded.mean`, args...)
	return err
}

func (s *store) alertCount(ctx context.Context, sensorID int64) (n int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT count(*) FROM alerts WHERE sensor_id = $1`, sensorID).Scan(&n)
	return n, err
}

func idsOf(list []sensor) []int64 {
	out := make([]int64, len(list))
	for i, v := range list {
		out[i] = v.id
	}
	return out
}
